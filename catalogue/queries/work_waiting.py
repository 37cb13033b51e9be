"""What waits for a person around unplanned work and work of several days, in figures."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    false,
    func,
    literal,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from catalogue.domain.judging import Judges
from catalogue.domain.pending import PendingState
from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.work_items import WorkItemState
from catalogue.models import Assignment, Establishment, PendingLine, WorkItem


@dataclass(frozen=True, slots=True)
class WorkWaiting:
    """How much waits: of one's own, for one's judging, and for one's drafting."""

    returned: int = 0
    going_on: int = 0
    to_map: int = 0
    to_agree: int = 0
    to_judge: int = 0
    proposals: int = 0

    def __bool__(self) -> bool:
        return bool(self.of_oneself or self.of_others)

    @property
    def of_oneself(self) -> int:
        return self.returned + self.going_on

    @property
    def of_others(self) -> int:
        return self.to_map + self.to_agree + self.to_judge + self.proposals


def of(session: Session, viewer: Viewer, judging: Judges | None) -> WorkWaiting:
    """Count what waits for the person; `judging` says who judges whom, None where they do not."""
    counted: Counter[str] = Counter()
    for what, person_id, unit_id, number in session.execute(_standing(viewer)):
        over = what not in _JUDGED or (
            judging and viewer.person_id in judging.of(person_id, unit_id)
        )
        counted[what] += number if over else 0
    return WorkWaiting(**counted)


_JUDGED = ("to_map", "to_agree", "to_judge")


def _standing(viewer: Viewer) -> CompoundSelect[Any]:
    """Count by what is asked, person and unit; who asks is held against the judges afterwards."""
    own = Assignment.person_id == viewer.person_id
    judged = _within(viewer, Permission.JUDGE_WORK)
    drafted = _within(viewer, Permission.DRAFT_DESCRIPTION)
    return union_all(
        _counted("returned", PendingLine, own, PendingLine.state == PendingState.RETURNED),
        _counted("going_on", WorkItem, own, WorkItem.state == WorkItemState.OPEN),
        _counted("to_map", PendingLine, judged, PendingLine.state == PendingState.WAITING),
        _counted("to_agree", WorkItem, judged, WorkItem.state == WorkItemState.PROPOSED),
        _counted("to_judge", WorkItem, judged, WorkItem.state == WorkItemState.HANDED_IN),
        _counted("proposals", PendingLine, drafted, PendingLine.state == PendingState.PROPOSED),
    )


def _counted(
    what: str, table: type[PendingLine | WorkItem], *conditions: ColumnElement[bool]
) -> Select[Any]:
    keys = (Assignment.person_id, Establishment.unit_id)
    return (
        select(literal(what), *keys, func.count())
        .select_from(table)
        .join(Assignment, Assignment.id == table.assignment_id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .where(*conditions)
        .group_by(*keys)
    )


def _within(viewer: Viewer, permission: Permission) -> ColumnElement[bool]:
    if not viewer.may(permission):
        return false()
    units = viewer.units(permission)
    return true() if units is None else Establishment.unit_id.in_(units)
