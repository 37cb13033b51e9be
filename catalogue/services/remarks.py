"""Writing down the remarks of a Word file that came back: each once, on its item, none lost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, Invalid, NotAllowed
from catalogue.domain.limits import NAME_CHARACTERS
from catalogue.domain.remarks import Remark, ReturnedPack
from catalogue.domain.reviewing import Audience
from catalogue.domain.roles import Viewer
from catalogue.domain.states import UNDER_REVIEW, DossierState
from catalogue.models import Comment, Dossier, DossierItem
from catalogue.queries import remarks
from catalogue.queries.visible import audiences
from catalogue.services import auditing, dossiers

# What the dossier asks for is settled, and nothing of it was issued yet.
_DISCUSSED = UNDER_REVIEW | {DossierState.SUBMITTED, DossierState.CONCLUDED}
_UNNAMED = "Không ghi tên"
# What Word and we write, folded, where a name was taken away.
_ANONYMOUS = frozenset(("author", "tac gia", "khong ghi ten"))
_NAME = 200


@dataclass(frozen=True, slots=True)
class Source:
    """The file that came, and the thread that its sender chose for it."""

    file_name: str
    audience: Audience


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a file's remarks; those on the whole dossier are counted among the added."""

    added: int
    known: int
    on_the_whole: int


def from_file(
    session: Session,
    dossier_id: int,
    pack: ReturnedPack,
    source: Source,
    *,
    by: Viewer,
    at: datetime,
) -> Written:
    """Write the remarks that are not known yet as sent comments; refuses another dossier's file.

    A remark on an item that the dossier does not have becomes one on the dossier as a whole.
    """
    dossier = dossiers.locked(session, dossier_id)
    _refuse(dossier, pack, source, by)
    items = dict(
        session.execute(
            select(DossierItem.ordinal, DossierItem.id).where(DossierItem.dossier_id == dossier.id)
        )
        .tuples()
        .all()
    )
    parts = [part for remark in pack.remarks for part in _parts(remark, items)]
    new = list(_unknown(session, dossier_id, parts))
    session.add_all(_comment(each, dossier_id, items, source, by, at) for each in new)
    auditing.record(
        session,
        "dossier.remarks_from_file",
        f"dossier:{dossier.id}",
        by=by.person_id,
        at=at,
        file=source.file_name[:_NAME],
        added=len(new),
    )
    session.flush()
    whole = sum(each.ordinal is None for each in new)
    return Written(len(new), len(parts) - len(new), whole)


def _refuse(dossier: Dossier, pack: ReturnedPack, source: Source, by: Viewer) -> None:
    if source.audience not in audiences(by):
        raise NotAllowed("Bạn không tham gia luồng ý kiến này. Hãy chọn luồng khác.")
    if dossier.state not in _DISCUSSED:
        message = (
            f"Hồ sơ đang ở trạng thái «{dossier.state.label}» nên không nhận thêm ý kiến. "
            "Chưa có gì thay đổi."
        )
        raise Conflict(message)
    if pack.dossier_id is None:
        message = (
            f"Tệp «{source.file_name}» không cho biết là bản xem xét của hồ sơ nào. "
            "Hãy tải bản xem xét của hồ sơ này, chép ý kiến sang đó rồi gửi lại."
        )
        raise Invalid(message, field="file")
    if (pack.dossier_id, pack.sha256) != (dossier.id, dossier.sha256):
        message = (
            f"Tệp «{source.file_name}» là bản xem xét của hồ sơ khác hoặc của lần trình khác. "
            "Hãy mở đúng hồ sơ rồi gửi lại. Chưa có gì được ghi."
        )
        raise Conflict(message)


def _parts(remark: Remark, items: Mapping[int, int]) -> Iterator[Remark]:
    """Divide what is longer than a comment may be; an empty remark has nothing to keep."""
    ordinal = remark.ordinal if remark.ordinal in items else None
    # The mark between author and file must stay the only one of its kind.
    author = remark.author.replace(remarks.ORIGIN_MARK, " ")[:_NAME] or _UNNAMED
    for start in range(0, len(remark.text), NAME_CHARACTERS):
        text = remark.text[start : start + NAME_CHARACTERS]
        yield replace(remark, ordinal=ordinal, author=author, text=text)


def _unknown(session: Session, dossier_id: int, parts: list[Remark]) -> Iterator[Remark]:
    """Leave out what the dossier has already: the pack went out with it, or it came before."""
    before = (each.remark for each in remarks.said(session, dossier_id, None))
    known = {sign for each in before for sign in _signs(each)}
    for part in parts:
        author, words = part.said
        sign = (part.ordinal, "" if author in _ANONYMOUS else author, words)
        if sign not in known:
            known.add(sign)
            yield part


def _signs(remark: Remark) -> set[tuple[int | None, str, str]]:
    """Give the ways in which a remark may come back.

    Off its row, where the pack left its item out; nameless, where a program took names away.
    """
    author, words = remark.said
    return {(ordinal, name, words) for ordinal in (remark.ordinal, None) for name in (author, "")}


def _comment(
    remark: Remark,
    dossier_id: int,
    items: Mapping[int, int],
    source: Source,
    by: Viewer,
    at: datetime,
) -> Comment:
    return Comment(
        dossier_id=dossier_id,
        item_id=None if remark.ordinal is None else items[remark.ordinal],
        audience=source.audience,
        author_id=by.person_id,
        text=remark.text,
        origin=_origin(remark, source),
        written_at=at,
        sent_at=at,
    )


def _origin(remark: Remark, source: Source) -> str:
    """Name author and file; on no item's row also the place, for whoever knows the item."""
    place = remark.where if remark.ordinal is None else ""
    told = (remark.author, source.file_name[:_NAME], place[:_NAME])
    return remarks.ORIGIN_MARK.join(part for part in told if part)
