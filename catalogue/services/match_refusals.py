"""Why a ruling cannot be made or taken back now, told with what stands in its way."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from catalogue.domain.diary import checked_text
from catalogue.domain.errors import Conflict, Invalid
from catalogue.domain.limits import NAME_CHARACTERS
from catalogue.domain.matching import Entry, Ruled
from catalogue.domain.reviewing import MatchKind
from catalogue.domain.states import OPEN_TO_EDIT
from catalogue.domain.text import fold
from catalogue.models import Agency, AnnexFile, Match, Person, Unit
from catalogue.queries import matches, reconciliations
from catalogue.queries.reconciliations import Lists

_UNCHANGED = "Chưa có gì thay đổi."


def checked_why(why: str) -> str:
    """Clean a reason that a person typed; raises Invalid where it cannot be kept."""
    why = checked_text(why, field="why", label="Vì sao")
    if len(why) > NAME_CHARACTERS:
        message = f"Vì sao: dài {len(why)} ký tự, vượt giới hạn {NAME_CHARACTERS}."
        raise Invalid(message, field="why")
    return why


def refuse_unlike(session: Session, lists: Lists) -> None:
    """Refuse lists that are not all of one kind of agency, or not the chosen unit's own."""
    agency = session.get(Agency, lists.agency_id)
    for field, label, column, key in _given(lists):
        of_agency = select(column).filter_by(id=key)
        if key is not None and session.scalar(of_agency) != lists.agency_id:
            name = agency.name if agency else "đã chọn"
            message = f"{label}: không phải của loại cơ quan {name}. Hãy chọn lại."
            raise Invalid(message, field=field)
    sent_by = select(AnnexFile.unit_id).where(AnnexFile.id == lists.own_file_id)
    if lists.own_file_id is not None and session.scalar(sent_by) != lists.unit_id:
        message = "Danh sách của đơn vị: phải là danh sách mà chính đơn vị đã chọn gửi."
        raise Invalid(message, field="own_file")
    if session.scalar(select(AnnexFile.unit_id).where(AnnexFile.id == lists.official_file_id)):
        raise Invalid("Tệp của văn bản: đây là danh sách của một đơn vị.", field="official_file")


def _given(lists: Lists) -> Iterator[tuple[str, str, InstrumentedAttribute[Any], int | None]]:
    yield "official_file", "Tệp của văn bản", AnnexFile.agency_id, lists.official_file_id
    yield "unit", "Đơn vị", Unit.agency_id, lists.unit_id
    yield "own_file", "Danh sách của đơn vị", AnnexFile.agency_id, lists.own_file_id


def refuse_followed(session: Session, reconciliation_id: int) -> None:
    """Refuse to rule on a file that a newer one has taken the place of."""
    if reconciliations.follower(session, reconciliation_id) is not None:
        message = f"Đã có tệp mới hơn của văn bản này. Hãy đối chiếu ở tệp mới. {_UNCHANGED}"
        raise Conflict(message)


def refuse_other_name(kind: MatchKind, own: Sequence[Entry], rows: Sequence[Entry]) -> None:
    """Keep “the same” for what is called the same; another name is a renaming."""
    if kind is MatchKind.SAME and {fold(one.name) for one in own} != {
        fold(one.name) for one in rows
    }:
        message = (
            f"Trùng khớp chỉ dùng khi tên giống nhau; «{own[0].name}» và «{rows[0].name}» khác "
            "tên. Hãy chọn «Đổi tên» nếu là một vị trí."
        )
        raise Invalid(message, field="kind")


def picked(keys: Collection[int], entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Give the lines of these keys; refuse where the list no longer holds one of them."""
    wanted = set(keys)
    found = tuple(entry for entry in entries if entry.key in wanted)
    if len(found) != len(wanted):
        message = f"Dòng đã chọn không còn trong danh sách. Hãy mở lại trang. {_UNCHANGED}"
        raise Conflict(message)
    return found


def refuse_ruled(made: Iterable[Ruled], own: Sequence[Entry], rows: Sequence[Entry]) -> None:
    """Refuse what is ruled on already, telling who did and how."""
    positions, row_keys = {each.owner for each in own}, {each.key for each in rows}
    for ruled in made:
        held = [each for each in ruled.own if each.owner in positions]
        held += [each for each in ruled.rows if each.key in row_keys]
        if held:
            message = f"{_told(held[0], ruled)} {_UNCHANGED}"
            raise Conflict(message)


def refuse_undone(session: Session, match: Match) -> None:
    """Refuse to take back twice."""
    if match.undone_at is not None:
        person = session.get(Person, match.undone_by_id) if match.undone_by_id else None
        message = f"Kết luận này đã được {_name(person.name if person else None)} bỏ. {_UNCHANGED}"
        raise Conflict(message)


def refuse_held(session: Session, match: Match) -> None:
    """Refuse to take back what a dossier rests on; a returned or withdrawn one no longer counts."""
    for held in matches.holding(session, select(Match.id).where(Match.id == match.id)):
        advice = (
            "Hãy lấy mục này ra khỏi hồ sơ đang soạn trước."
            if held.state in OPEN_TO_EDIT
            else f"Hồ sơ ở trạng thái «{held.state.label}», chỉ bỏ được sau khi hồ sơ bị trả lại."
        )
        message = f"Kết luận đang nằm trong hồ sơ «{held.title}». {advice} {_UNCHANGED}"
        raise Conflict(message)


def _told(entry: Entry, ruled: Ruled) -> str:
    names = (", ".join(f"«{each.name}»" for each in side) for side in (ruled.own, ruled.rows))
    joined = " với ".join(side for side in names if side)
    by, kind = _name(ruled.by), ruled.kind.label
    told = f"«{entry.name}» đã được {by} kết luận «{kind}»: {joined}."
    if ruled.dossier:
        return f"{told} Kết luận này đang nằm trong hồ sơ «{ruled.dossier}»."
    return f"{told} Nếu chưa đúng, hãy bỏ kết luận đó rồi chọn lại."


def _name(person: str | None) -> str:
    return person or "chương trình"
