"""Adding a milestone, and extending one on the record."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import clock
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.errors import Conflict, Invalid, NotFound
from catalogue.domain.reviewing import MilestoneSubject
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.forms.milestones import ExtensionForm, MilestoneForm
from catalogue.queries import milestones, units
from catalogue.services import milestones as changing

pages = Blueprint("milestone_changes", __name__)


@pages.get("/moc-thoi-han/them")
@permission(Permission.ADD_MILESTONE)
def add_form() -> str:
    return _add_page(MilestoneForm(formdata=None))


@pages.post("/moc-thoi-han/them")
@permission(Permission.ADD_MILESTONE)
def add() -> ResponseReturnValue:
    form = MilestoneForm()
    if not form.validate():
        return _add_page(form), 422
    try:
        added = changing.add(
            db.session(),
            form.draft(),
            today=clock.today(),
            by=viewer().person_id,
            at=clock.now(),
        )
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _add_page(form), 422
    flash(f"Đã thêm mốc «{added.name}».")
    address = url_for("milestones.show", milestone_id=added.id)
    db.session.commit()
    return redirect(address, 303)


@pages.get("/moc-thoi-han/<key:milestone_id>/gia-han")
@permission(Permission.EXTEND_MILESTONE)
def extend_form(milestone_id: int) -> str:
    return _extend_page(milestone_id, ExtensionForm(formdata=None))


@pages.post("/moc-thoi-han/<key:milestone_id>/gia-han")
@permission(Permission.EXTEND_MILESTONE)
def extend(milestone_id: int) -> ResponseReturnValue:
    """Grant a later day; who did not see another's extension is shown it first."""
    form = ExtensionForm()
    if not form.validate():
        return _extend_page(milestone_id, form), 422
    try:
        granted = changing.extend(
            db.session(), milestone_id, form.draft(), by=viewer().person_id, at=clock.now()
        )
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _extend_page(milestone_id, form), 422
    except Conflict as refusal:
        db.session.rollback()
        form.form_errors.append(str(refusal))
        return _extend_page(milestone_id, form), 409
    flash(f"Đã gia hạn đến {granted.due_on:%d/%m/%Y}.")
    db.session.commit()
    return redirect(url_for("milestones.show", milestone_id=milestone_id), 303)


def _add_page(form: MilestoneForm) -> str:
    subjects = [(subject.value, subject.label) for subject in MilestoneSubject]
    return render_template("milestones/add.html", form=form, subjects=subjects)


def _extend_page(milestone_id: int, form: ExtensionForm) -> str:
    session, person = db.session(), viewer()
    deadline = milestones.deadline(session, milestone_id)
    if deadline is None:
        raise NotFound("Không tìm thấy nội dung này.")
    record = milestones.record(session, milestone_id)
    return render_template(
        "milestones/extend.html",
        deadline=deadline,
        countdown=deadline.countdown(deadline.due_for(None), person.on),
        form=form,
        units=[(str(unit.unit_id), unit.name) for unit in units.units(session, person)],
        record=record,
        seen=record[-1].number if record else 0,
    )
