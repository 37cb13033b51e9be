"""Finding or adding what a file claims to be: its document and the agency that it is for."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Invalid, NotFound
from catalogue.domain.text import clean, fold, forbidden_character
from catalogue.domain.words import Level, SourceState
from catalogue.models import Agency, SourceDocument
from catalogue.queries import agencies, sources

NUMBER_CHARACTERS = 200


def document(
    session: Session, number: str, *, title: str = "", issued_on: date | None = None
) -> SourceDocument:
    """Find the document of that number, or add it unsigned: what was read of it settles that."""
    number = clean(number)
    if not 0 < len(number) <= NUMBER_CHARACTERS or forbidden_character(number):
        message = (
            f"Số, ký hiệu văn bản: từ 1 đến {NUMBER_CHARACTERS} ký tự, không có ký tự điều khiển."
        )
        raise Invalid(message)
    if known := sources.numbered(session, number):
        return known
    added = SourceDocument(
        number=number, issuer="", issued_on=issued_on, title=title, state=SourceState.UNSIGNED
    )
    session.add(added)
    session.flush()
    return added


def agency(session: Session, name: str, *, add: bool = False) -> Agency:
    """Find the agency that people call so; `add` allows a new one under that name.

    Raises NotFound with the nearest names otherwise.
    """
    if found := agencies.find(session, name):
        return found
    if not add:
        raise NotFound(_unknown(name, agencies.like(session, name)))
    name = clean(name)
    added = Agency(
        code=_free_code(session, name),
        name=name,
        name_folded=fold(name),
        short_name=name,
        level=Level.PROVINCE,
        basis="do người nhập thêm",
    )
    session.add(added)
    session.flush()
    return added


def _unknown(name: str, like: list[str]) -> str:
    nearest = f" Có phải: {'; '.join(like)}?" if like else ""
    return (
        f"Không có loại cơ quan «{name}».{nearest} "
        "Hãy ghi đúng tên, hoặc thêm --add-agency để lập loại cơ quan mới."
    )


def _free_code(session: Session, name: str) -> str:
    """Make a code of the name's initials, numbered when another agency has it."""
    initials = "".join(word[0] for word in fold(name).split()).upper() or "CQ"
    taken = set(session.scalars(select(Agency.code).where(Agency.code.startswith(initials))))
    numbered = (f"{initials}{n}" for n in range(2, len(taken) + 3))
    return initials if initials not in taken else next(c for c in numbered if c not in taken)
