"""A member's own ballot (phiếu lấy ý kiến): marked row by row, changed as one likes, then sent."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import clock, confirming
from catalogue.blueprints.guard import permission, viewer
from catalogue.blueprints.offering import at_work, offered
from catalogue.blueprints.reviewing import found, review_of
from catalogue.domain.errors import CatalogueError, Conflict, Invalid, NotAllowed
from catalogue.domain.reviewing import Choice, Stage
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.forms.ballots import Marks, of_marks, read_marks
from catalogue.forms.reviews import stage_of
from catalogue.models import Ballot
from catalogue.queries import ballots as read, reviews
from catalogue.services import ballots

pages = Blueprint("ballots", __name__)
_SENT = "Đã gửi phiếu. Cảm ơn đồng chí."
_SAVED = "Đã lưu phiếu. Phiếu chưa gửi, còn sửa được."


@dataclass(frozen=True, slots=True)
class Progress:
    """How many items have been marked, of how many."""

    marked: int
    items: int
    refusal: str = ""


@pages.get("/ho-so/<key:dossier_id>/phieu")
@permission(Permission.REVIEW)
def show(dossier_id: int) -> str:
    session, dossier = db.session(), found(dossier_id)
    review = review_of(dossier)
    stage, offer = at_work(dossier, review), offered(dossier, review)
    if not offer.casts:
        raise NotAllowed("Thư ký không biểu quyết. Phiếu giấy được nhập ở «Nhập phiếu giấy».")
    if offer.voted:
        raise Conflict("Phiếu của bạn ở bước này đã gửi nên không sửa được nữa.")
    ballot = read.of_person(session, dossier_id, stage, viewer().person_id)
    saved = read.marks(session, ballot.id) if ballot else {}
    return _page(dossier_id, stage, of_marks(saved))


@pages.post("/ho-so/<key:dossier_id>/phieu")
@permission(Permission.REVIEW)
def write(dossier_id: int) -> ResponseReturnValue:
    """Save the whole page; with its button, agree to the rest, or send."""
    deed = request.form.get("deed", "")
    if deed == "gui":
        confirming.require()
    found(dossier_id)
    stage, person, at = stage_of(request.form), viewer(), clock.now()
    marks = read_marks(request.form, ballots.item_names(db.session(), dossier_id))
    if marks.errors:
        return _page(dossier_id, stage, marks), 422
    ballot = _taken_up(dossier_id, stage)
    ballots.mark(db.session(), ballot, marks.said)
    if deed == "con-lai":
        ballots.agree_to_rest(db.session(), ballot)
    if deed == "gui":
        try:
            ballots.send(db.session(), ballot, by=person.person_id, at=at)
        except Invalid as refusal:
            db.session.rollback()
            return _page(dossier_id, stage, marks, refusal=str(refusal)), 422
    sent = ballot.sent_at is not None
    flash(_SENT if sent else _SAVED)
    db.session.commit()
    onward = "reviews.show" if sent else "ballots.show"
    return redirect(url_for(onward, dossier_id=dossier_id), 303)


@pages.post("/ho-so/<key:dossier_id>/phieu/<key:item_id>")
@permission(Permission.REVIEW)
def mark(dossier_id: int, item_id: int) -> str:
    """Save one row as it is marked; answers the line that says how many are."""
    found(dossier_id)
    names = ballots.item_names(db.session(), dossier_id)
    try:
        saved = _mark_one(dossier_id, item_id, {item_id: names.get(item_id, "mục này")})
    except CatalogueError as refusal:
        db.session.rollback()
        progress = Progress(0, len(names), f"Mục này CHƯA được lưu. {refusal}")
        return render_template("reviews/progress.html", progress=progress)
    answer = render_template("reviews/progress.html", progress=Progress(saved, len(names)))
    db.session.commit()
    return answer


def _mark_one(dossier_id: int, item_id: int, names: dict[int, str]) -> int:
    marks = read_marks(request.form, names)
    if marks.errors:
        raise Invalid(marks.errors[item_id])
    ballot = _taken_up(dossier_id, stage_of(request.form))
    ballots.mark(db.session(), ballot, marks.said)
    return len(ballot.marks)


def _taken_up(dossier_id: int, stage: Stage) -> Ballot:
    person = viewer()
    return ballots.take_up(
        db.session(), dossier_id, stage, by=person.person_id, at=clock.now(), today=person.on
    )


def _page(dossier_id: int, stage: Stage, marks: Marks, *, refusal: str = "") -> str:
    items = reviews.items(db.session(), dossier_id)
    return render_template(
        "reviews/ballot.html",
        dossier=found(dossier_id),
        stage=stage,
        differing=[item for item in items if item.differs],
        unchanged=[item for item in items if not item.differs],
        marks=marks,
        choices=Choice,
        progress=Progress(len(marks.said), len(items)),
        refusals=[refusal, *marks.errors.values()] if refusal else list(marks.errors.values()),
    )
