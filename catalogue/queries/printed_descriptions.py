"""Job descriptions as they are printed to be taken away: with what each task goes on from."""

from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from catalogue.domain import description as records, drafting
from catalogue.domain.roles import Viewer
from catalogue.domain.word_tags import Origin
from catalogue.domain.words import IN_FORCE
from catalogue.models import Description, DescriptionDraft, Establishment
from catalogue.queries import descriptions
from catalogue.queries.description_records import records_of
from catalogue.queries.visible import visible

Printed = tuple[records.Description, Origin]


def version(session: Session, description_id: int, viewer: Viewer) -> Printed | None:
    """Give one version; None where there is none or it may not be seen."""
    stored = descriptions.read(session, description_id, viewer)
    if stored is None:
        return None
    origin = Origin(stored.position_id, stored.version.unit_id, stored.version.number)
    return descriptions.to_go_on_from(stored), origin


def draft(session: Session, draft_id: int, viewer: Viewer) -> Printed | None:
    """Give a draft as it stands; None where there is none or it may not be seen."""
    found = session.scalar(
        select(DescriptionDraft).where(
            DescriptionDraft.id == draft_id, visible(DescriptionDraft, viewer)
        )
    )
    if found is None:
        return None
    origin = Origin(
        found.position_id,
        found.unit_id,
        draft_id=found.id,
        revision=sum(found.revisions.values()),
    )
    return drafting.from_json(found.content).description, origin


def are_there(session: Session, unit_id: int, viewer: Viewer) -> bool:
    """Tell whether any position of a unit has a description in force that may be seen."""
    return session.scalar(_of_unit(unit_id, viewer, viewer.on).limit(1)) is not None


def of_unit(session: Session, unit_id: int, viewer: Viewer) -> list[Printed]:
    """Give what is in force for each position of a unit, its own before the general one."""
    chosen: dict[int, Description] = {}
    for each in session.scalars(_of_unit(unit_id, viewer, viewer.on)):
        chosen.setdefault(each.position_id, each)
    read = records_of(session, chosen.values())
    return [
        (read[each.id], Origin(each.position_id, each.unit_id, each.number))
        for each in chosen.values()
    ]


def _of_unit(unit_id: int, viewer: Viewer, day: date) -> Select[tuple[Description]]:
    return (
        select(Description)
        .join(Establishment, Establishment.position_id == Description.position_id)
        .where(Establishment.unit_id == unit_id, Establishment.holds_on(day))
        .where(Description.state.in_(IN_FORCE), Description.holds_on(day))
        .where(or_(Description.unit_id.is_(None), Description.unit_id == unit_id))
        .where(visible(Description, viewer))
        .order_by(Establishment.id, Description.unit_id.is_(None), Description.id)
    )
