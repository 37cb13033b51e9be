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


def provincial_committee(on: date, number: int | None = None) -> Letterhead:
    """Give the heading under which the standing committee decides."""
    return Letterhead("", "TỈNH ỦY HẬU GIANG", "TU", "Hậu Giang", on, number)


def organisation_board(on: date) -> Letterhead:
    """Give the heading of the board that submits dossiers and answers remarks."""
    return Letterhead("TỈNH ỦY HẬU GIANG", "BAN TỔ CHỨC", "BTCTU", "Hậu Giang", on)


def committee_office(on: date) -> Letterhead:
    """Give the heading of the office that sends ballots out and gathers them."""
    return Letterhead("TỈNH ỦY HẬU GIANG", "VĂN PHÒNG", "VPTU", "Hậu Giang", on)
