"""Heads name who judges in their place for a time, and end it before its time."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import clock, confirming
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.errors import Conflict, Invalid
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.forms.deputising import DeputyForm
from catalogue.queries import deputies
from catalogue.services import deputising
from catalogue.services.deputising import Deputising

pages = Blueprint("deputising", __name__)


@pages.get("/uy-quyen")
@permission(Permission.DELEGATE)
def index() -> str:
    return _page(DeputyForm(formdata=None))


@pages.post("/uy-quyen")
@permission(Permission.DELEGATE)
def name() -> ResponseReturnValue:
    """Name a deputy, once the password was given again."""
    confirming.require()
    form = DeputyForm()
    if not form.validate():
        return _page(form), 422
    try:
        deputising.name(db.session(), _wanted(form), viewer(), at=clock.now())
    except (Invalid, Conflict) as refusal:
        db.session.rollback()
        form.refuse(refusal if isinstance(refusal, Invalid) else Invalid(str(refusal)))
        return _page(form), 422
    flash("Đã ghi ủy quyền. Người được ủy quyền thấy danh sách đánh giá từ ngày bắt đầu.")
    db.session.commit()
    return redirect(url_for("deputising.index"), 303)


@pages.post("/uy-quyen/<key:grant_id>/ket-thuc")
@permission(Permission.DELEGATE)
def end(grant_id: int) -> ResponseReturnValue:
    person = viewer()
    deputising.end(db.session(), grant_id, today=person.on, by=person.person_id, at=clock.now())
    flash("Đã kết thúc ủy quyền. Những gì đã đánh giá vẫn giữ nguyên.")
    db.session.commit()
    return redirect(url_for("deputising.index"), 303)


def _wanted(form: DeputyForm) -> Deputising:
    person, unit = form.person.value, form.unit.value
    since, until = form.since.value, form.until.value
    if person is None or unit is None or since is None or until is None:
        raise Invalid("Biểu mẫu này không còn dùng được. Hãy mở lại trang rồi ghi lại.")
    return Deputising(person, unit, since, until)


def _page(form: DeputyForm) -> str:
    session, person = db.session(), viewer()
    return render_template(
        "deputising/index.html",
        given=deputies.named_by(session, person.person_id),
        people=deputies.people(session, person),
        units=deputies.units(session, person),
        today=person.on,
        form=form,
    )
