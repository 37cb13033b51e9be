"""What was entered from paper, beside its scan, for a second person to confirm."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import clock, downloads
from catalogue.blueprints.guard import permission, viewer
from catalogue.blueprints.offering import offered
from catalogue.blueprints.reviewing import found, review_of
from catalogue.domain.errors import NotFound
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.models import Dossier, Meeting, StoredFile
from catalogue.queries import ballots as read, reviews
from catalogue.queries.reviews import Review
from catalogue.services import meetings, paper_ballots

pages = Blueprint("confirmations", __name__)
_SUFFIXES = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
_NO_BALLOT = "Không tìm thấy phiếu nhập hộ này."
_NO_MEETING = "Không tìm thấy cuộc họp này."


@pages.get("/ho-so/<key:dossier_id>/phieu-giay/<key:ballot_id>")
@permission(Permission.REVIEW)
def ballot(dossier_id: int, ballot_id: int) -> str:
    session, (dossier, review) = db.session(), _inside(dossier_id)
    cast = next((one for one in review.cast if one.ballot_id == ballot_id), None)
    if cast is None or cast.entered_by is None:
        raise NotFound(_NO_BALLOT)
    return render_template(
        "reviews/paper_entry.html",
        dossier=dossier,
        cast=cast,
        said=read.marks(session, ballot_id),
        items=reviews.items(session, dossier_id),
        confirms=_confirms(dossier, review, cast.entered_by_id) and not cast.counts,
    )


@pages.get("/ho-so/<key:dossier_id>/phieu-giay/<key:ballot_id>/ban-quet")
@permission(Permission.REVIEW)
def ballot_scan(dossier_id: int, ballot_id: int) -> Response:
    found(dossier_id)
    return _scan(read.ballot_scan(db.session(), viewer(), dossier_id, ballot_id), _NO_BALLOT)


@pages.post("/ho-so/<key:dossier_id>/phieu-giay/<key:ballot_id>/xac-nhan")
@permission(Permission.REVIEW)
def confirm_ballot(dossier_id: int, ballot_id: int) -> ResponseReturnValue:
    found(dossier_id)
    person = viewer()
    paper_ballots.confirm(
        db.session(), ballot_id, by=person.person_id, at=clock.now(), today=person.on
    )
    return _confirmed(dossier_id)


@pages.get("/ho-so/<key:dossier_id>/cuoc-hop/<key:meeting_id>")
@permission(Permission.REVIEW)
def meeting(dossier_id: int, meeting_id: int) -> str:
    dossier, review = _inside(dossier_id)
    held = _held(review, meeting_id)
    return render_template(
        "reviews/meeting.html",
        dossier=dossier,
        meeting=held,
        counts=read.counts(held),
        items=reviews.items(db.session(), dossier_id),
        confirms=_confirms(dossier, review, held.entered_by_id) and not held.confirmed_at,
    )


@pages.get("/ho-so/<key:dossier_id>/cuoc-hop/<key:meeting_id>/ban-quet")
@permission(Permission.REVIEW)
def meeting_scan(dossier_id: int, meeting_id: int) -> Response:
    _inside(dossier_id)
    return _scan(read.meeting_scan(db.session(), dossier_id, meeting_id), _NO_MEETING)


@pages.post("/ho-so/<key:dossier_id>/cuoc-hop/<key:meeting_id>/xac-nhan")
@permission(Permission.REVIEW)
def confirm_meeting(dossier_id: int, meeting_id: int) -> ResponseReturnValue:
    found(dossier_id)
    person = viewer()
    meetings.confirm(db.session(), meeting_id, by=person.person_id, at=clock.now(), today=person.on)
    return _confirmed(dossier_id)


def _inside(dossier_id: int) -> tuple[Dossier, Review]:
    """Read a dossier with what members said; not there for who may not read that."""
    dossier = found(dossier_id)
    review = review_of(dossier)
    if review is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return dossier, review


def _held(review: Review, meeting_id: int) -> Meeting:
    for held in review.meetings:
        if held.id == meeting_id:
            return held
    raise NotFound(_NO_MEETING)


def _confirms(dossier: Dossier, review: Review, entered_by_id: int | None) -> bool:
    return offered(dossier, review).casts and viewer().person_id != entered_by_id


def _scan(file: StoredFile | None, missing: str) -> Response:
    if file is None:
        raise NotFound(missing)
    name = downloads.file_name("bản quét", file.sha256[:12], suffix=_SUFFIXES[file.media_type])
    return downloads.attachment(file.content, name, file.media_type)


def _confirmed(dossier_id: int) -> ResponseReturnValue:
    flash("Đã xác nhận đúng với bản quét.")
    db.session.commit()
    return redirect(url_for("reviews.show", dossier_id=dossier_id), 303)
