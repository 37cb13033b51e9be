"""What the secretary enters from paper: members' ballots and meetings' counts, with their scans."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import clock
from catalogue.blueprints.guard import permission, viewer
from catalogue.blueprints.offering import at_work, offered
from catalogue.blueprints.reviewing import found, review_of
from catalogue.domain.errors import Invalid, NotAllowed
from catalogue.domain.reviewing import Choice, Stage
from catalogue.domain.roles import Permission
from catalogue.domain.voting import Scan
from catalogue.extensions import db
from catalogue.forms.ballots import Marks, read_counts, read_marks
from catalogue.forms.reviews import MinutesForm, PaperForm, stage_of
from catalogue.models import Dossier, DossierItem, Seat
from catalogue.queries import reviews
from catalogue.services import ballots, meetings, paper_ballots
from catalogue.services.meetings import Held
from catalogue.services.paper_ballots import Paper

pages = Blueprint("paper_votes", __name__)
_SAME = "same"


@pages.get("/ho-so/<key:dossier_id>/phieu-giay")
@permission(Permission.REVIEW)
def ballot_form(dossier_id: int) -> str:
    dossier = found(dossier_id)
    stage, _ = _entering(dossier)
    return _ballot_page(dossier, stage, PaperForm(formdata=None), Marks())


@pages.post("/ho-so/<key:dossier_id>/phieu-giay")
@permission(Permission.REVIEW)
def enter_ballot(dossier_id: int) -> ResponseReturnValue:
    dossier, person, form = found(dossier_id), viewer(), PaperForm()
    stage = stage_of(request.form)
    marks = read_marks(request.form, ballots.item_names(db.session(), dossier_id))
    form.form_errors.extend(marks.errors.values())
    if not form.validate() or marks.errors:
        return _ballot_page(dossier, stage, form, marks), 422
    paper = Paper(stage, form.person.value or 0, marks.said, _scan())
    try:
        paper_ballots.enter(
            db.session(),
            dossier_id,
            paper,
            by=person.person_id,
            at=clock.now(),
            today=person.on,
        )
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _ballot_page(dossier, stage, form, marks), 422
    flash("Đã nhập phiếu giấy. Phiếu được tính khi người thứ hai xác nhận.")
    db.session.commit()
    return redirect(url_for("reviews.show", dossier_id=dossier_id), 303)


@pages.get("/ho-so/<key:dossier_id>/cuoc-hop")
@permission(Permission.REVIEW)
def meeting_form(dossier_id: int) -> str:
    dossier = found(dossier_id)
    stage, _ = _entering(dossier)
    return _meeting_page(dossier, stage, MinutesForm(formdata=None))


@pages.post("/ho-so/<key:dossier_id>/cuoc-hop")
@permission(Permission.REVIEW)
def enter_meeting(dossier_id: int) -> ResponseReturnValue:
    dossier, person, form = found(dossier_id), viewer(), MinutesForm()
    stage = stage_of(request.form)
    counts, errors = read_counts(request.form, _groups(dossier_id))
    if not form.validate() or errors:
        form.form_errors.extend(errors)
        return _meeting_page(dossier, stage, form), 422
    try:
        meetings.enter(
            db.session(),
            dossier_id,
            Held(stage, form.minutes(counts), _scan()),
            by=person.person_id,
            at=clock.now(),
            today=person.on,
        )
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _meeting_page(dossier, stage, form), 422
    flash("Đã nhập kết quả cuộc họp. Kết quả được tính khi người thứ hai xác nhận.")
    db.session.commit()
    return redirect(url_for("reviews.show", dossier_id=dossier_id), 303)


def _scan() -> Scan:
    sent = request.files.get("scan")
    return Scan(sent.filename or "", sent.read()) if sent else Scan("", b"")


def _entering(dossier: Dossier) -> tuple[Stage, Sequence[Seat]]:
    """Give the stage whose papers the person keeps, and who votes there."""
    review = review_of(dossier)
    stage = at_work(dossier, review)
    if review is None or not offered(dossier, review).enters:
        raise NotAllowed("Chỉ thư ký của bước này mới nhập phiếu giấy và biên bản họp.")
    return stage, [seat for seat in review.seats if seat.stage is stage and seat.votes]


def _groups(dossier_id: int) -> list[tuple[int, str, str]]:
    """Name the fields that count for each item: those that do not change share one row."""
    return [
        (
            item.id,
            f"Mục {item.ordinal}" if item.differs else "Các mục không thay đổi",
            str(item.id) if item.differs else _SAME,
        )
        for item in reviews.items(db.session(), dossier_id)
    ]


def _ballot_page(dossier: Dossier, stage: Stage, form: PaperForm, marks: Marks) -> str:
    _, voters = _entering(dossier)
    differing, unchanged = _parted(dossier.id)
    return render_template(
        "reviews/paper_ballot.html",
        dossier=dossier,
        stage=stage,
        form=form,
        marks=marks,
        choices=Choice,
        voters=voters,
        differing=differing,
        unchanged=unchanged,
    )


def _meeting_page(dossier: Dossier, stage: Stage, form: MinutesForm) -> str:
    _, voters = _entering(dossier)
    differing, unchanged = _parted(dossier.id)
    return render_template(
        "reviews/meeting_form.html",
        dossier=dossier,
        stage=stage,
        form=form,
        typed=request.form,
        choices=Choice,
        voters=len(voters),
        differing=differing,
        unchanged=unchanged,
    )


def _parted(dossier_id: int) -> tuple[list[DossierItem], list[DossierItem]]:
    items = reviews.items(db.session(), dossier_id)
    return [one for one in items if one.differs], [one for one in items if not one.differs]
