"""Milestones: what each unit has still to do and by when, with the extensions on the record."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter

from flask import Blueprint, Response, render_template

from catalogue.blueprints import downloads
from catalogue.blueprints.guard import permission, viewer
from catalogue.blueprints.links import path_before
from catalogue.domain.deadlines import Batch, UnitStanding, burn_down
from catalogue.domain.errors import NotFound
from catalogue.domain.roles import Permission, Viewer
from catalogue.extensions import db
from catalogue.queries import milestones, progress, standings, units
from catalogue.queries.milestones import Deadline
from catalogue.queries.progress import LeftItem, Units

pages = Blueprint("milestones", __name__)

_FEW = 3
_NOT_FOUND = "Không tìm thấy nội dung này."


@pages.get("/moc-thoi-han")
@permission(Permission.READ_MILESTONE)
def index() -> str:
    session, person = db.session(), viewer()
    scope = _scope(person)
    listed = milestones.deadlines(session)
    batches = {
        subject: progress.batches(session, subject, scope, person.on)
        for subject in {each.subject for each in listed}
    }
    rows = [
        (each, standings.standing(each, batches[each.subject], scope, person.on)) for each in listed
    ]
    return render_template("milestones/index.html", rows=rows)


@pages.get("/moc-thoi-han/<key:milestone_id>")
@permission(Permission.READ_MILESTONE)
def show(milestone_id: int) -> str:
    session, person = db.session(), viewer()
    deadline = _deadline(milestone_id)
    batches = progress.batches(session, deadline.subject, _scope(person), person.on)
    rows = standings.by_unit(session, deadline, batches, _scope(person), person.on)
    whole = standings.standing(deadline, batches, _scope(person), person.on)
    return render_template(
        "milestones/show.html",
        deadline=deadline,
        whole=whole,
        points=burn_down(batches, whole.countdown.due_on, person.on),
        rows=rows,
        late=_late(batches, rows, person.on),
        few=_FEW,
        unit_path=path_before("milestones.of_unit", "unit_id", milestone_id=milestone_id),
        position_path=path_before("positions.show", "position_id"),
        record=milestones.record(session, milestone_id),
    )


@pages.get("/moc-thoi-han/<key:milestone_id>.csv")
@permission(Permission.READ_MILESTONE)
def export(milestone_id: int) -> Response:
    session, person = db.session(), viewer()
    deadline = _deadline(milestone_id)
    batches = progress.batches(session, deadline.subject, _scope(person), person.on)
    heads = ("Đơn vị", "Tổng số", "Đã xong", "Còn lại", "Hạn", "Số ngày còn", "Tình trạng")
    rows = (
        (
            unit,
            each.total,
            each.total - each.remaining,
            each.remaining,
            f"{each.countdown.due_on:%d/%m/%Y}",
            each.countdown.days_left,
            each.state,
        )
        for _, unit, each in standings.by_unit(
            session, deadline, batches, _scope(person), person.on
        )
    )
    return downloads.table(f"tiến độ {deadline.name} {person.on:%Y-%m-%d}", heads, rows)


@pages.get("/moc-thoi-han/<key:milestone_id>/don-vi/<key:unit_id>")
@permission(Permission.READ_MILESTONE)
def of_unit(milestone_id: int, unit_id: int) -> str:
    """Name what one unit has still to do."""
    session, person = db.session(), viewer()
    deadline, unit = _deadline(milestone_id), units.page(session, unit_id, person)
    if unit is None:
        raise NotFound(_NOT_FOUND)
    parts = units.parts(session, unit_id, person)
    members = frozenset((unit_id, *(part.unit_id for part in parts)))
    batches = progress.batches(session, deadline.subject, members, person.on)
    left = progress.left(session, batches, person.on)
    standing = standings.standing(deadline, batches, members, person.on)
    return render_template(
        "milestones/of_unit.html",
        deadline=deadline,
        unit=unit,
        whole=standing,
        points=burn_down(batches, standing.countdown.due_on, person.on),
        groups=[(name, list(items)) for name, items in groupby(left, attrgetter("unit"))],
        parts=parts,
        position_path=path_before("positions.show", "position_id"),
    )


def _deadline(milestone_id: int) -> Deadline:
    found = milestones.deadline(db.session(), milestone_id)
    if found is None:
        raise NotFound(_NOT_FOUND)
    return found


def _scope(person: Viewer) -> Units:
    return person.units(Permission.READ_MILESTONE)


def _late(
    batches: Sequence[Batch], rows: Sequence[UnitStanding], day: date
) -> list[tuple[UnitStanding, list[LeftItem]]]:
    """Name what is late, unit by unit."""
    late = {row.unit_id: row for row in rows if row.standing.late}
    if not late:
        return []
    items: dict[int, list[LeftItem]] = defaultdict(list)
    for item in progress.left(db.session(), batches, day):
        above = item.reporting_unit_id
        items[above if above in late else item.unit_id].append(item)
    return [(row, items[unit_id]) for unit_id, row in late.items()]
