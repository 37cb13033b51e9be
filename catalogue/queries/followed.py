"""Which version a drafted description follows, and the tasks that it has to go on from."""

from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from catalogue.models import Description, Duty, TaskVersion
from catalogue.queries.in_force import stands


def version_followed(
    session: Session, position_id: int, unit_id: int | None, day: date
) -> int | None:
    """Give the unit's own version, the newest that has not ended; else the general one of the day.

    A version that was approved for a later day counts as the newest: nothing may begin before it.
    """
    return session.scalar(_followed(position_id, unit_id, day))


def former_tasks(
    session: Session,
    position_id: int,
    unit_id: int | None,
    day: date,
    begun_beside_id: int | None = None,
) -> dict[int, str]:
    """Word each task of the version that a draft follows, in its printed order.

    Those of the version that it was begun beside come first: people type a former task by its
    place, which must stay when another version is approved meanwhile.
    """
    followed = _followed(position_id, unit_id, day).scalar_subquery()
    rows = session.execute(
        select(TaskVersion.task_id, TaskVersion.text)
        .join(Duty, Duty.id == TaskVersion.duty_id)
        .where(or_(Duty.description_id == followed, Duty.description_id == begun_beside_id))
        .order_by(
            Duty.description_id.is_distinct_from(begun_beside_id), Duty.ordinal, TaskVersion.ordinal
        )
    )
    return dict(rows.tuples().all())


def _followed(position_id: int, unit_id: int | None, day: date) -> Select[tuple[int]]:
    own = Description.unit_id.is_not_distinct_from(unit_id)
    general_now = Description.unit_id.is_(None) & (Description.valid_from <= day)
    return (
        select(Description.id)
        .where(Description.position_id == position_id, stands(Description.state))
        .where(or_(Description.valid_to.is_(None), Description.valid_to >= day))
        .where(or_(own, general_now))
        .order_by(Description.unit_id.is_(None), Description.valid_from.desc())
        .limit(1)
    )
