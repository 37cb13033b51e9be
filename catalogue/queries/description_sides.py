"""The two sides of a comparison of job descriptions: what each says, who wrote it, when and why."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from catalogue.domain import description as records, drafting
from catalogue.domain.going_on import carried
from catalogue.domain.roles import Viewer
from catalogue.domain.states import DraftMove
from catalogue.domain.task_endings import Ending
from catalogue.domain.text import fold
from catalogue.domain.words import VersionState
from catalogue.models import (
    Description,
    DescriptionDraft,
    DraftStep,
    Person,
    PositionVersion,
    Submission,
    Unit,
)
from catalogue.queries import task_endings
from catalogue.queries.descent import descended
from catalogue.queries.description_records import records_of
from catalogue.queries.drafting_bases import in_force
from catalogue.queries.visible import visible

_MOST = 200


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done to one side: what, by whom, when and with which words."""

    what: str
    by: str
    at: datetime
    why: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One side; tasks of one position go on from themselves, so that each is known again.

    `endings` tells what it makes of the tasks of the version before it.
    """

    title: str
    position_id: int
    record: records.Description
    deeds: tuple[Deed, ...]
    endings: Sequence[Ending] = ()


@dataclass(frozen=True, slots=True)
class Pick:
    """One version that a page offers to compare."""

    description_id: int
    name: str
    number: int
    unit: str | None
    state: VersionState
    valid_from: date

    @property
    def words(self) -> str:
        place = f", riêng của {self.unit}" if self.unit else ""
        since = f"{self.valid_from:%d/%m/%Y}"
        return f"{self.name} – lần {self.number}{place}, từ {since} ({self.state.of_description})"


def of_versions(
    session: Session, description_ids: Collection[int], viewer: Viewer
) -> dict[int, Side]:
    """Read versions that the person may see, each with what was done to it."""
    rows = session.execute(
        select(Description, Unit.name)
        .outerjoin(Unit, Unit.id == Description.unit_id)
        .where(Description.id.in_(description_ids), visible(Description, viewer))
    ).all()
    stored = {each.id: each for each, _ in rows}
    read, deeds = _records(session, stored), _deeds_of(session, stored.keys())
    endings = task_endings.of_descriptions(session, stored.keys())
    return {
        each.id: Side(
            _title(each, unit),
            each.position_id,
            read[each.id],
            tuple(deeds.get(each.id, ())) or (_read_from(each),),
            endings.get(each.id, ()),
        )
        for each, unit in rows
    }


def picks(session: Session, position_ids: Collection[int], text: str, viewer: Viewer) -> list[Pick]:
    """List versions to compare: those of the positions at hand, and of those whose name is like."""
    words = [PositionVersion.name_folded.contains(word) for word in fold(text).split()]
    wanted = Description.position_id.in_(position_ids)
    query = (
        select(
            Description.id,
            Description.name,
            Description.number,
            Unit.name,
            Description.state,
            Description.valid_from,
        )
        .join(PositionVersion, PositionVersion.id == Description.position_version_id)
        .outerjoin(Unit, Unit.id == Description.unit_id)
        .where(visible(Description, viewer))
        .order_by(PositionVersion.name_folded, Description.number.desc(), Description.id.desc())
        .limit(_MOST)
    )
    for word in words:
        query = query.where(or_(wanted, word))
    query = query if words else query.where(wanted)
    return [Pick(*row) for row in session.execute(query)]


def of_draft(
    session: Session, draft_id: int, number: int | None, viewer: Viewer
) -> tuple[Side, Side] | None:
    """Give what is in force and the draft beside it, or one of the draft's submissions."""
    query = select(DescriptionDraft).where(
        DescriptionDraft.id == draft_id, visible(DescriptionDraft, viewer)
    )
    draft = session.scalars(query).first()
    plain = draft and (draft.content if number is None else _sent(session, draft_id, number))
    if not draft or not plain:
        return None
    content = drafting.from_json(plain)
    record = content.description
    present = in_force(session, [draft.position_id], draft.unit_id, viewer.on)
    base = present.get(draft.position_id)
    empty = records.Description(record.name)
    title = f"Bản đang có hiệu lực, lần {base.number}" if base else "Chưa có bản nào"
    sent = "" if number is None else f", bản trình lần {number}"
    return (
        Side(title, draft.position_id, base.record if base else empty, ()),
        Side(
            f"Bản soạn{sent}: {draft.state.label}",
            draft.position_id,
            record,
            _steps_of(session, draft),
            task_endings.of_draft(session, draft, content, viewer.on),
        ),
    )


def submissions(session: Session, draft_id: int) -> list[int]:
    """List the numbers of a draft's submissions."""
    query = select(Submission.number).where(Submission.draft_id == draft_id)
    return list(session.scalars(query.order_by(Submission.number)))


def _records(session: Session, stored: dict[int, Description]) -> dict[int, records.Description]:
    """Read versions whole; of two positions no task is the other's, whatever its identity."""
    read = records_of(session, stored.values())
    if len({each.position_id for each in stored.values()}) > 1:
        return {each: carried(record, ()) for each, record in read.items()}
    return descended(session, read)


def _sent(session: Session, draft_id: int, number: int) -> dict[str, object] | None:
    return session.scalars(
        select(Submission.content).where(
            Submission.draft_id == draft_id, Submission.number == number
        )
    ).first()


def _steps_of(session: Session, draft: DescriptionDraft) -> tuple[Deed, ...]:
    steps = session.execute(
        select(DraftStep.move, Person.name, DraftStep.at, DraftStep.note)
        .join(Person, Person.id == DraftStep.person_id)
        .where(DraftStep.draft_id == draft.id)
        .order_by(DraftStep.id)
    )
    return tuple(Deed(move.label, name, at, note) for move, name, at, note in steps)


def _deeds_of(session: Session, description_ids: Collection[int]) -> dict[int, list[Deed]]:
    """Tell of versions that were drafted here who sent, appraised and approved them."""
    sender = aliased(Person)
    rows = session.execute(
        select(
            Submission.description_id,
            sender.name,
            Submission.submitted_at,
            DraftStep.move,
            Person.name,
            DraftStep.at,
            DraftStep.note,
        )
        .join(sender, sender.id == Submission.submitted_by_id)
        .outerjoin(DraftStep, DraftStep.submission_id == Submission.id)
        .outerjoin(Person, Person.id == DraftStep.person_id)
        .where(Submission.description_id.in_(description_ids))
        .order_by(DraftStep.id)
    )
    found: dict[int, list[Deed]] = {}
    for description_id, sent_by, sent_at, move, name, at, note in rows:
        sent = Deed(DraftMove.SUBMIT.label, sent_by, sent_at)
        deeds = found.setdefault(description_id, [sent])
        if move not in (None, DraftMove.SUBMIT):
            deeds.append(Deed(move.label, name, at, note))
    return found


def _title(each: Description, unit: str | None) -> str:
    place = f", riêng của {unit}" if unit else ""
    until = f"{each.valid_to:%d/%m/%Y}" if each.valid_to else "nay"
    return f"{each.name}, lần {each.number}{place}, {each.valid_from:%d/%m/%Y} – {until}"


def _read_from(each: Description) -> Deed:
    return Deed("Đọc từ tệp", each.file_name, each.created_at)
