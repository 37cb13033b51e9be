"""Lời nhắc: what the program told a person, and how they want to be told."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import clock, push_devices
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.notices import USUAL_QUIET, Channel
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.forms.base import key
from catalogue.forms.notices import NoticeForm
from catalogue.queries import notices
from catalogue.services import noticing

pages = Blueprint("notices", __name__)


@pages.get("/loi-nhac")
@permission(Permission.SIGNED_IN)
def index() -> str:
    session, person = db.session(), viewer()
    wanted = notices.wanted(session, person.person_id)
    quiet = notices.quiet_hours(session, person.person_id) or USUAL_QUIET
    form = NoticeForm(
        formdata=None,
        data={
            "email": wanted[Channel.EMAIL],
            "push": wanted[Channel.PUSH],
            "begin": f"{quiet.begin:%H:%M}",
            "end": f"{quiet.end:%H:%M}",
        },
    )
    return _page(form)


@pages.post("/loi-nhac")
@permission(Permission.SIGNED_IN)
def choose() -> ResponseReturnValue:
    form = NoticeForm()
    if not form.validate():
        return _page(form), 422
    quiet = form.quiet
    noticing.choose(db.session(), form.wanted, quiet.begin, quiet.end, by=viewer().person_id)
    flash("Đã ghi cách nhận lời nhắc.")
    db.session.commit()
    return redirect(url_for("notices.index"), 303)


@pages.post("/loi-nhac/da-doc")
@permission(Permission.SIGNED_IN)
def read() -> ResponseReturnValue:
    """Mark what the page showed; what came after it was opened stays new."""
    last = key(request.form.get("last", ""), message="Hãy mở lại trang rồi đánh dấu lại.")
    noticing.read(db.session(), last, by=viewer().person_id, at=clock.now())
    db.session.commit()
    return redirect(url_for("notices.index"), 303)


def _page(form: NoticeForm) -> str:
    told = notices.of_person(db.session(), viewer().person_id)
    return render_template("notices/index.html", told=told, form=form, **push_devices.shown())
