"""Adjustments of closed months: the lists, and deciding them as a second person."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock, confirming, downloads
from catalogue.blueprints.filters import day, hours
from catalogue.blueprints.guard import permission, viewer
from catalogue.blueprints.links import path_before
from catalogue.domain.adjusting import AdjustmentState
from catalogue.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.forms.adjusting import DecisionForm
from catalogue.queries import adjustments, judges
from catalogue.queries.adjustments import Listed, Wanted
from catalogue.services import adjusting

pages = Blueprint("adjustments", __name__)


@pages.get("/dieu-chinh")
@permission(Permission.READ_LINE)
def index() -> str:
    if request.args.get("doi-ung") == "1":
        return _reciprocal()
    session, person, wanted = db.session(), viewer(), _wanted()
    paging = asked.paging(adjustments.count(session, wanted, person))
    rows = adjustments.listed(
        session, wanted, person, offset=paging.offset, limit=asked.ROWS_A_PAGE
    )
    return render_template(
        "adjustments/index.html",
        wanted=wanted,
        paging=paging,
        rows=rows,
        tasks=adjustments.tasks(session, rows),
        path=path_before("adjustments.show", "adjustment_id"),
        states=[(state.value, state.label) for state in AdjustmentState],
        query={name: text for name, text in request.args.items() if name != "trang"},
    )


@pages.get("/dieu-chinh.csv")
@permission(Permission.READ_LINE)
def export() -> Response:
    heads = (
        *("Ngày", "Họ và tên", "Đơn vị", "Đề nghị", "Công việc", "Giờ", "Lý do"),
        *("Tình trạng", "Người quyết định", "Lý do quyết định"),
    )
    found = adjustments.listed(db.session(), _wanted(), viewer())
    texts = adjustments.tasks(db.session(), found)
    rows = (
        (
            day(each.day),
            each.person,
            each.unit,
            each.kind.label,
            texts.get(each.draft.task_version_id, "") if each.draft else each.former_task,
            hours(each.draft.minutes) if each.draft else "",
            each.reason,
            each.state.label,
            each.decided_by,
            each.answer,
        )
        for each in found
    )
    return downloads.table("điều chỉnh", heads, rows)


@pages.get("/dieu-chinh/<key:adjustment_id>")
@permission(Permission.READ_LINE)
def show(adjustment_id: int) -> str:
    return _page(_found(adjustment_id), DecisionForm(formdata=None))


@pages.post("/dieu-chinh/<key:adjustment_id>")
@permission(Permission.JUDGE_WORK)
def decide(adjustment_id: int) -> ResponseReturnValue:
    """Accept or refuse; what is accepted is written at once."""
    confirming.require()
    found, form = _found(adjustment_id), DecisionForm()
    if not form.validate():
        return _page(found, form), 422
    accepted = bool(form.accepted.value)
    try:
        adjusting.decide(
            db.session(),
            adjustment_id,
            viewer(),
            accepted=accepted,
            answer=form.answer.value or "",
            at=clock.now(),
        )
    except (Invalid, Conflict) as refusal:
        db.session.rollback()
        form.refuse(Invalid(str(refusal)))
        return _page(_found(adjustment_id), form), 422
    flash("Đã ghi điều chỉnh vào nhật ký." if accepted else "Đã ghi là không đồng ý.")
    db.session.commit()
    return redirect(url_for("adjustments.show", adjustment_id=adjustment_id), 303)


def _reciprocal() -> str:
    """Show the auditor who decided for each other."""
    if not viewer().may(Permission.READ_AUDIT):
        raise NotAllowed("Danh sách này dành cho người kiểm tra, giám sát.")
    return render_template(
        "adjustments/reciprocal.html", pairs=adjustments.reciprocal(db.session())
    )


def _found(adjustment_id: int) -> Listed:
    found = adjustments.one(db.session(), adjustment_id, viewer())
    if found is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return found


def _page(found: Listed, form: DecisionForm) -> str:
    session, person = db.session(), viewer()
    decides = (
        found.accepted is None
        and found.person_id != person.person_id
        and judges.judges_in_own_right(session, person, found.assignment_id)
    )
    return render_template(
        "adjustments/show.html",
        found=found,
        form=form,
        tasks=adjustments.tasks(session, [found]),
        decides=decides,
    )


def _wanted() -> Wanted:
    return Wanted(
        mine=request.args.get("cua-toi") == "1",
        text=asked.text("tim", label="Tìm"),
        state=asked.word("tinh-trang", AdjustmentState, label="Tình trạng"),
    )
