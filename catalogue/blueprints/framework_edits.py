"""Changing the frameworks of many positions: looked at position by position, then written."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import clock, frameworks, matrices
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.errors import NotAllowed, NotFound
from catalogue.domain.framework_edits import Edit, Outcome, fingerprint
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.forms.frameworks import EditForm
from catalogue.queries import competencies, drafting_rights, framework_plans, framework_reports
from catalogue.queries.framework_plans import Chosen
from catalogue.services import framework_edits
from catalogue.services.framework_edits import PlanChanged

pages = Blueprint("framework_edits", __name__)


@pages.post("/khung-nang-luc/cap-do")
@permission(Permission.DRAFT_DESCRIPTION)
def levels() -> ResponseReturnValue:
    """Tell beside the pick what each level of the competency means; nothing is written."""
    form = EditForm()
    picked = form.competency.validate(form)
    if "HX-Request" in request.headers:
        return render_template("frameworks/levels.html", form=form, **frameworks.meaning(form))
    return frameworks.page(form), 200 if picked else 422


@pages.post("/khung-nang-luc/xem-truoc")
@permission(Permission.DRAFT_DESCRIPTION)
def preview() -> ResponseReturnValue:
    """Show what the change would do to each position; nothing is written."""
    form = EditForm()
    if not form.validate():
        return frameworks.page(form), 422
    return _preview_page(form)


@pages.post("/khung-nang-luc/sua")
@permission(Permission.DRAFT_DESCRIPTION)
def write() -> ResponseReturnValue:
    """Carry out what was shown, in the draft of each position."""
    form = EditForm()
    if not form.validate():
        return frameworks.page(form), 422
    edit, chosen = _edit(form), _chosen(form)
    try:
        entry = framework_edits.carry_out(
            db.session(), edit, chosen, form.seen.value or "", by=viewer(), at=clock.now()
        )
    except PlanChanged as refusal:
        db.session.rollback()
        return _preview_page(form, str(refusal)), 409
    db.session.commit()
    return redirect(url_for("framework_edits.report", entry_id=entry.seq), 303)


@pages.get("/khung-nang-luc/sua/<key:entry_id>")
@permission(Permission.DRAFT_DESCRIPTION)
def report(entry_id: int) -> str:
    """Tell row by row what a change did; who made it reads it."""
    done = framework_reports.one(db.session(), entry_id, framework_edits.ACTION, viewer().person_id)
    if done is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return render_template("frameworks/report.html", done=done)


def _preview_page(form: EditForm, warning: str = "") -> str:
    session, person, chosen = db.session(), viewer(), _chosen(form)
    if not drafting_rights.may_draft(session, person, chosen.unit_id):
        raise NotAllowed(framework_edits.NOT_YOURS)
    edit = _edit(form)
    planned = framework_plans.plan(session, edit, chosen, person, at=clock.now())
    context: dict[str, Any] = {
        "form": form,
        "edit": edit,
        "planned": planned,
        "missing": len(chosen.position_ids) - len(planned),
        "counts": [
            (outcome.label, number)
            for outcome in Outcome
            if (number := sum(each.outcome is outcome for each in planned))
        ],
        "seen": fingerprint(planned),
        "warning": warning,
        "query": dict(request.args),
        **frameworks.meaning(form),
    }
    return render_template("frameworks/preview.html", **context)


def _chosen(form: EditForm) -> Chosen:
    wanted, _ = matrices.wanted(db.session())
    return Chosen(wanted.unit_id, form.position_ids)


def _edit(form: EditForm) -> Edit:
    session = db.session()
    for competency in competencies.choices(session):
        if competency.competency_id == form.competency.value and form.kind.value:
            return framework_plans.edit_of(session, form.kind.value, competency, form.levels)
    raise NotFound("Không tìm thấy năng lực này. Hãy chọn lại trong danh sách.")
