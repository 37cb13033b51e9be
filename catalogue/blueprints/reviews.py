"""The committee's page of one dossier (hồ sơ trình), and what is done to it as a whole."""

from datetime import date, datetime
from typing import Protocol

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from catalogue.blueprints import clock, confirming
from catalogue.blueprints.guard import permission, viewer
from catalogue.blueprints.offering import offered
from catalogue.blueprints.reviewing import found, review_of, shown
from catalogue.domain.errors import Invalid
from catalogue.domain.reviewing import Stage
from catalogue.domain.roles import Permission
from catalogue.domain.states import OPEN_TO_EDIT
from catalogue.extensions import db
from catalogue.forms.reviews import CommentForm, ReturnForm
from catalogue.models import Dossier
from catalogue.queries import comments, reviews as read
from catalogue.services import reviews
from catalogue.services.reviews import StillOpen

pages = Blueprint("reviews", __name__)


class Step(Protocol):
    """A service that moves a dossier on."""

    def __call__(
        self, session: Session, dossier_id: int, *, by: int, at: datetime, today: date
    ) -> Dossier: ...


@pages.get("/ho-so/<key:dossier_id>")
@permission(Permission.READ_DOSSIER)
def show(dossier_id: int) -> str:
    return _page(dossier_id, ReturnForm(formdata=None))


@pages.post("/ho-so/<key:dossier_id>/nhan")
@permission(Permission.REVIEW)
def take_up(dossier_id: int) -> ResponseReturnValue:
    return _move(dossier_id, reviews.take_up, "Đã nhận xem xét hồ sơ.")


@pages.post("/ho-so/<key:dossier_id>/chuyen")
@permission(Permission.REVIEW)
def forward(dossier_id: int) -> ResponseReturnValue:
    confirming.require()
    return _move(dossier_id, reviews.forward, "Đã chuyển Ban Thường vụ.")


@pages.post("/ho-so/<key:dossier_id>/thong-qua")
@permission(Permission.REVIEW)
def conclude(dossier_id: int) -> ResponseReturnValue:
    confirming.require()
    return _move(dossier_id, reviews.conclude, "Đã thông qua từng mục của hồ sơ.")


@pages.post("/ho-so/<key:dossier_id>/tra-lai")
@permission(Permission.REVIEW)
def give_back(dossier_id: int) -> ResponseReturnValue:
    """Return the dossier; the officer goes on with its next numbered draft."""
    found(dossier_id)
    form, person = ReturnForm(), viewer()
    if not form.validate():
        return _page(dossier_id, form), 422
    try:
        reviews.give_back(
            db.session(),
            dossier_id,
            form.reason.value or "",
            by=person.person_id,
            at=clock.now(),
            today=person.on,
        )
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(dossier_id, form), 422
    flash("Đã trả lại hồ sơ. Người soạn có bản tiếp theo để sửa.")
    db.session.commit()
    return redirect(url_for("reviews.show", dossier_id=dossier_id), 303)


def _move(dossier_id: int, step: Step, done: str) -> ResponseReturnValue:
    found(dossier_id)
    person = viewer()
    try:
        step(db.session(), dossier_id, by=person.person_id, at=clock.now(), today=person.on)
    except StillOpen as refusal:
        db.session.rollback()
        return _page(dossier_id, ReturnForm(formdata=None), refusal=str(refusal)), 409
    flash(done)
    db.session.commit()
    return redirect(url_for("reviews.show", dossier_id=dossier_id), 303)


def _page(dossier_id: int, form: ReturnForm, *, refusal: str = "") -> str:
    session, person, dossier = db.session(), viewer(), found(dossier_id)
    review = review_of(dossier)
    remarks = comments.of_dossier(session, person, dossier_id)
    items = shown(dossier, read.items(session, dossier_id), review, remarks)
    drafted_by, submitted_by = read.writers(session, dossier)
    return render_template(
        "reviews/show.html",
        dossier=dossier,
        drafted_by=drafted_by,
        submitted_by=submitted_by,
        days_left=(dossier.due_on - person.on).days if dossier.due_on else None,
        others=read.series(session, person, dossier),
        review=review,
        results={stage: review.result(stage) for stage in Stage} if review else {},
        differing=[one for one in items if one.item.differs],
        unchanged=[one for one in items if not one.item.differs],
        offer=offered(dossier, review),
        drafts=dossier.state in OPEN_TO_EDIT and person.may(Permission.DRAFT_DOSSIER),
        general=[one for one in remarks if one.item_id is None],
        audiences=comments.writes_to(person),
        comment_form=CommentForm(formdata=None),
        form=form,
        refusal=refusal,
    )
