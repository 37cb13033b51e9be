"""Stored job descriptions put together again as records, any number of them at once."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain import description as records
from catalogue.models import Description, Requirement
from catalogue.queries.duties import StoredDuty, duties_of, going_on

Asked = tuple[records.Requirement, ...]


def records_of(session: Session, stored: Collection[Description]) -> dict[int, records.Description]:
    """Read descriptions whole, each task going on from itself."""
    if not stored:
        return {}
    duties = duties_of(session, [each.id for each in stored])
    read = _joined(session, stored, duties)
    return {each: going_on(record, duties.get(each, ())) for each, record in read.items()}


def as_printed(session: Session, stored: Collection[Description]) -> dict[int, records.Description]:
    """Read descriptions whole, as their forms print them, in the order given."""
    return _joined(session, stored, duties_of(session, [each.id for each in stored]))


def asked_of(session: Session, description_ids: Collection[int]) -> dict[int, Asked]:
    """Give what each of these descriptions asks for, in its printed order."""
    query = (
        select(
            Requirement.description_id,
            Requirement.group_heading,
            Requirement.name,
            Requirement.level_min,
            Requirement.level_max,
        )
        .where(Requirement.description_id.in_(description_ids))
        .order_by(Requirement.description_id, Requirement.ordinal)
    )
    asked: dict[int, list[records.Requirement]] = {}
    for description_id, *requirement in session.execute(query):
        asked.setdefault(description_id, []).append(records.Requirement(*requirement))
    return {each: tuple(found) for each, found in asked.items()}


def _joined(
    session: Session,
    stored: Collection[Description],
    duties: Mapping[int, Sequence[StoredDuty]],
) -> dict[int, records.Description]:
    asked = asked_of(session, [each.id for each in stored])
    return {
        each.id: record_of(each, duties.get(each.id, ()), asked.get(each.id, ())) for each in stored
    }


def record_of(
    stored: Description,
    duties: Sequence[StoredDuty],
    requirements: Sequence[records.Requirement],
) -> records.Description:
    """Put the record together again from the rows that keep it."""
    outside = tuple(records.OutsideRelation(**each) for each in stored.relations["outside"])
    inside = {side: tuple(who) for side, who in stored.relations.items() if side != "outside"}
    return records.Description(
        name=stored.name,
        code=stored.code,
        purpose=stored.purpose,
        starts=stored.starts,
        workplace=stored.workplace,
        procedures=stored.procedures,
        particulars=stored.particulars,
        duties=tuple(each.duty for each in duties),
        relations=records.Relations(**inside, outside=outside),
        authority=tuple(records.Authority(**each) for each in stored.authority),
        qualifications={label: tuple(texts) for label, texts in stored.qualifications.items()},
        competencies=tuple(requirements),
        marks=tuple(stored.marks),
        preface=tuple(stored.preface),
    )
