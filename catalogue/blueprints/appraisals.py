"""Submitted descriptions: what waits for whom, the frozen content, and what is decided of it."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock, confirming, downloads, judgements
from catalogue.blueprints.filters import moment
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.errors import Invalid, NotFound
from catalogue.domain.roles import Permission
from catalogue.domain.states import DraftState
from catalogue.extensions import db
from catalogue.forms.approving import AppraiseForm, ApproveForm, ReturnForm
from catalogue.models import Submission
from catalogue.queries import approvals, units
from catalogue.queries.approvals import Wanted, Whose
from catalogue.services import approving

pages = Blueprint("appraisals", __name__)

_STATES = [(each.value, each.label) for each in DraftState if each is not DraftState.DROPPED]


@pages.get("/tham-dinh-mo-ta")
@permission(Permission.READ_DRAFT)
def index() -> str:
    session, person, wanted = db.session(), viewer(), _wanted()
    rows = approvals.listed(session, wanted, person)
    paging = asked.paging(len(rows))
    return render_template(
        "approving/index.html",
        rows=rows[paging.offset : paging.offset + asked.ROWS_A_PAGE],
        paging=paging,
        wanted=wanted,
        units=[(each.unit_id, each.name) for each in units.units(session, person)],
        states=_STATES,
        query={name: value for name, value in request.args.items() if name != "trang"},
    )


@pages.get("/tham-dinh-mo-ta.csv")
@permission(Permission.READ_DRAFT)
def export() -> Response:
    heads = ("Vị trí", "Đơn vị", "Lần trình", "Trạng thái", "Người gửi", "Gửi lúc")
    rows = (
        (
            each.position,
            each.unit or "Mọi đơn vị",
            each.number,
            each.state.label,
            each.submitted_by,
            moment(each.submitted_at),
        )
        for each in approvals.listed(db.session(), _wanted(), viewer())
    )
    return downloads.table("thẩm định mô tả", heads, rows)


@pages.get("/tham-dinh-mo-ta/<key:submission_id>")
@permission(Permission.READ_DRAFT)
def show(submission_id: int) -> str:
    return judgements.page(_submission(submission_id))


@pages.post("/tham-dinh-mo-ta/<key:submission_id>/rut-lai")
@permission(Permission.DRAFT_DESCRIPTION)
def take_back(submission_id: int) -> ResponseReturnValue:
    submission = _submission(submission_id)
    approving.take_back(db.session(), submission.id, viewer(), at=clock.now())
    flash("Đã rút lại. Bạn sửa tiếp được bản soạn này.")
    db.session.commit()
    return redirect(url_for("drafts.show", draft_id=submission.draft_id), 303)


@pages.post("/tham-dinh-mo-ta/<key:submission_id>/tra-lai")
@permission(Permission.APPROVE_DESCRIPTION)
def send_back(submission_id: int) -> ResponseReturnValue:
    submission, form = _submission(submission_id), ReturnForm()
    if not form.validate():
        return judgements.page(submission, returning=form), 422
    verdict = form.verdict()
    try:
        approving.send_back(db.session(), submission_id, verdict, viewer(), at=clock.now())
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return judgements.page(_submission(submission_id), returning=form), 422
    flash("Đã trả lại. Người soạn thấy lý do và góp ý ngay tại từng mục.")
    return _done(submission_id)


@pages.post("/tham-dinh-mo-ta/<key:submission_id>/tham-dinh")
@permission(Permission.APPRAISE_DESCRIPTION)
def appraise(submission_id: int) -> ResponseReturnValue:
    submission, form = _submission(submission_id), AppraiseForm()
    if not form.validate():
        return judgements.page(submission, appraising=form), 422
    note = form.note.value or ""
    approving.appraise(db.session(), submission_id, note, viewer(), at=clock.now())
    flash("Đã ghi thẩm định đạt. Bản này chuyển sang chờ phê duyệt.")
    return _done(submission_id)


@pages.post("/tham-dinh-mo-ta/<key:submission_id>/phe-duyet")
@permission(Permission.APPROVE_DESCRIPTION)
def approve(submission_id: int) -> ResponseReturnValue:
    """Put the content that the page showed in force from a day on."""
    confirming.require()
    submission, form = _submission(submission_id), ApproveForm()
    if not form.validate():
        return judgements.page(submission, approving=form), 422
    try:
        described = approving.approve(
            db.session(), submission_id, form.approval(), viewer(), at=clock.now()
        )
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return judgements.page(_submission(submission_id), approving=form), 422
    flash(f"Đã phê duyệt. Bản mô tả có hiệu lực từ {described.valid_from:%d/%m/%Y}.")
    db.session.commit()
    return redirect(url_for("descriptions.show", description_id=described.id), 303)


def _done(submission_id: int) -> ResponseReturnValue:
    db.session.commit()
    return redirect(url_for("appraisals.show", submission_id=submission_id), 303)


def _submission(submission_id: int) -> Submission:
    submission = approvals.one(db.session(), submission_id, viewer())
    if submission is None:
        raise NotFound("Không tìm thấy bản trình này.")
    return submission


def _wanted() -> Wanted:
    return Wanted(
        unit_id=asked.key("don-vi", label="Đơn vị"),
        state=asked.word("trang-thai", DraftState, label="Trạng thái"),
        mine=asked.word("viec", Whose, label="Việc") is Whose.MINE,
    )
