"""Who sits in the standing body and in the committee, and by what rule they decide."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import clock
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.errors import Conflict, Invalid
from catalogue.domain.reviewing import Stage
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.forms.reviews import SeatForm
from catalogue.queries import seats
from catalogue.services import seating

pages = Blueprint("seating", __name__)


@pages.get("/ban-thuong-vu")
@permission(Permission.READ_DOSSIER)
def index() -> str:
    return _page(SeatForm(formdata=None))


@pages.post("/ban-thuong-vu/ghe")
@permission(Permission.DRAFT_DOSSIER)
def add() -> ResponseReturnValue:
    form = SeatForm()
    if not form.validate():
        return _page(form), 422
    try:
        person = viewer()
        seating.add(
            db.session(), form.place(), by=person.person_id, at=clock.now(), today=person.on
        )
    except (Invalid, Conflict) as refusal:
        db.session.rollback()
        form.form_errors.append(str(refusal))
        return _page(form), 422
    flash("Đã ghi thêm một người.")
    db.session.commit()
    return redirect(url_for("seating.index"), 303)


@pages.post("/ban-thuong-vu/ghe/<key:seat_id>/thoi")
@permission(Permission.DRAFT_DOSSIER)
def end(seat_id: int) -> ResponseReturnValue:
    """Today is the seat's last day."""
    person = viewer()
    seating.end(db.session(), seat_id, last=person.on, by=person.person_id, at=clock.now())
    flash("Đã ghi: hôm nay là ngày cuối.")
    db.session.commit()
    return redirect(url_for("seating.index"), 303)


def _page(form: SeatForm) -> str:
    session, person = db.session(), viewer()
    held = seats.on(session, person.on)
    seated = {stage: [seat for seat in held if seat.stage is stage] for stage in Stage}
    return render_template(
        "reviews/seats.html",
        seated=seated,
        rules=seats.rules_on(session, person.on),
        people=seats.reviewers(session, person.on) if _changes() else (),
        stages=[(stage.value, stage.label) for stage in Stage],
        changes=_changes(),
        form=form,
    )


def _changes() -> bool:
    return viewer().may(Permission.DRAFT_DOSSIER)
