"""One line of a diary, followed back to its decision."""

from flask import Blueprint, render_template

from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.errors import NotFound
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.queries import (
    adjustments,
    diary,
    judged_lines,
    judgements,
    line_reading,
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
    in_full = line_reading.in_full(session, line_id, person)
    found = None
    if in_full or line_reading.as_colleague(session, line_id, person):
        found = trace.of_line(session, line_id)
    if found is None:
        raise NotFound("Không tìm thấy nội dung này.")
    own = found.person_id == person.person_id
    return render_template(
        "lines/show.html",
        trace=found,
        own=own,
        line=judged_lines.line(session, line_id, found.day) if in_full else None,
        asks=own and adjustments.own_line(session, line_id, person.person_id) is not None,
        adjustment=adjustments.of_line(session, line_id) if in_full else None,
        ties=line_ties.of_line(session, line_id) if in_full else None,
        successor=diary.successor(session, line_id),
        now=successions.of_line(session, line_id, person.on),
        words=judgements.of_line(session, line_id)
        if judgements.may_be_read(person, found.person_id, found.unit_id)
        else (),
        task_now=task_today.of_line(session, found, person.on),
    )
