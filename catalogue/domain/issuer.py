"""Who issues the province's documents on job positions."""

from datetime import date

from catalogue.domain.layout import Letterhead


def letterhead(on: date) -> Letterhead:
    """Give the heading of a document of that day, its number left to be filled in."""
    return Letterhead(
        superior="TỈNH ỦY HẬU GIANG",
        issuer="BAN CHỈ ĐẠO XÂY DỰNG VỊ TRÍ VIỆC LÀM",
        code="BCĐ",
        place="Hậu Giang",
        on=on,
    )
