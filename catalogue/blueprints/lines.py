"""One line of a diary, followed back to its decision."""

from flask import Blueprint, render_template

from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.errors import NotFound
from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.trace import Trace
from catalogue.extensions import db
from catalogue.queries import (
    adjustments,
    diary,
    judgements,
    line_ties,
    successions,
    task_today,
    trace,
)

pages = Blueprint("lines", __name__)


@pages.get("/dong/<key:line_id>")
@permission(Permission.READ_LINE)
def show(line_id: int) -> str:
    session, person = db.session(), viewer()
    found = trace.of_line(session, line_id) if diary.may_be_read(session, line_id, person) else None
    if found is None:
        raise NotFound("Không tìm thấy nội dung này.")
    reads_notes = _reads_notes(found, person)
    return render_template(
        "lines/show.html",
        trace=found,
        own=found.person_id == person.person_id,
        reads_notes=reads_notes,
        note=found.content if reads_notes else "",
        asks=adjustments.own_line(session, line_id, person.person_id) is not None,
        adjustment=adjustments.of_line(session, line_id),
        ties=line_ties.of_line(session, line_id),
        successor=diary.successor(session, line_id),
        now=successions.of_line(session, line_id, person.on),
        words=judgements.of_line(session, line_id)
        if judgements.may_be_read(person, found.person_id, found.unit_id)
        else (),
        task_now=task_today.of_line(session, found, person.on),
    )


def _reads_notes(found: Trace, person: Viewer) -> bool:
    """Colleagues read tasks and products; notes are for the author and who answers for the unit."""
    units = person.units(Permission.READ_HISTORY)
    return found.person_id == person.person_id or units is None or found.unit_id in units
