"""Giving work of several days to the people whom one judges, and judging what they hand in."""

from collections.abc import Callable
from datetime import date

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement

from catalogue.blueprints import asked, clock, downloads, work_page
from catalogue.blueprints.guard import permission, viewer
from catalogue.blueprints.work_page import HEADS, as_cells
from catalogue.domain.days import FIRST
from catalogue.domain.errors import Conflict, Invalid, NotFound
from catalogue.domain.roles import Permission
from catalogue.domain.work_items import WorkItemState
from catalogue.extensions import db
from catalogue.forms.work_items import ExtendForm, ReasonedForm, WorkForm
from catalogue.queries import assignable, judges, work_items
from catalogue.queries.work_items import Wanted, of_assignments
from catalogue.services import beginning_work, work_items as changing, work_judgements

pages = Blueprint("assigned_work", __name__)

_ACCEPT = "dat"


@pages.get("/giao-viec")
@permission(Permission.JUDGE_WORK)
def index() -> str:
    session, wanted, whose = db.session(), _wanted(), _whose()
    paging = asked.paging(work_items.count(session, whose, wanted))
    return render_template(
        "work_items/assigned.html",
        rows=work_items.listed(
            session, whose, wanted, offset=paging.offset, limit=asked.ROWS_A_PAGE
        ),
        today=viewer().on,
        paging=paging,
        wanted=wanted,
        states=[(state.value, state.label) for state in WorkItemState],
        query={name: value for name, value in request.args.items() if name != "trang"},
    )


@pages.get("/giao-viec.csv")
@permission(Permission.JUDGE_WORK)
def export() -> Response:
    found = work_items.listed(db.session(), _whose(), _wanted())
    rows = (as_cells(each, viewer().on) for each in found)
    return downloads.table("việc đã giao", HEADS, rows)


@pages.get("/giao-viec/moi")
@permission(Permission.JUDGE_WORK)
def new() -> str:
    chosen = asked.key("nguoi", label="Người làm")
    return _new_page(WorkForm(formdata=None), chosen)


@pages.post("/giao-viec/moi")
@permission(Permission.JUDGE_WORK)
def assign() -> ResponseReturnValue:
    form = WorkForm()
    if not form.validate():
        return _new_page(form, form.position.value), 422
    try:
        item = beginning_work.assign(
            db.session(), form.position.value or 0, form.draft(), viewer=viewer(), at=clock.now()
        )
    except (Invalid, Conflict) as refusal:
        db.session.rollback()
        work_page.show_refusal(form, refusal)
        return _new_page(form, form.position.value), work_page.status_of(refusal)
    address = url_for("work_items.show", item_id=item.id)
    flash("Đã giao việc. Người làm thấy việc này ở «Việc nhiều ngày».")
    db.session.commit()
    return redirect(address, 303)


@pages.post("/giao-viec/<key:item_id>/dong-y")
@permission(Permission.JUDGE_WORK)
def agree(item_id: int) -> ResponseReturnValue:
    return _decide(
        item_id,
        ReasonedForm(),
        lambda form: changing.agree(
            db.session(), item_id, form.revision.value or 0, viewer=viewer(), at=clock.now()
        ),
        "Đã đồng ý.",
    )


@pages.post("/giao-viec/<key:item_id>/lam-tiep")
@permission(Permission.JUDGE_WORK)
def send_back(item_id: int) -> ResponseReturnValue:
    return _reasoned(item_id, changing.send_back, "Đã yêu cầu làm tiếp. Hạn không đổi.")


@pages.post("/giao-viec/<key:item_id>/bo")
@permission(Permission.JUDGE_WORK)
def drop(item_id: int) -> ResponseReturnValue:
    return _reasoned(item_id, changing.drop, "Đã bỏ việc này. Giờ đã ghi được đánh giá theo ngày.")


@pages.post("/giao-viec/<key:item_id>/danh-gia")
@permission(Permission.JUDGE_WORK)
def judge(item_id: int) -> ResponseReturnValue:
    """Say whether what was handed in is good; late or not is not for anybody to say."""
    accepted = request.form.get("deed") == _ACCEPT
    said: list[str] = []

    def deed(form: ReasonedForm) -> None:
        judged = work_judgements.judge(
            db.session(),
            item_id,
            form.reason.value or "",
            form.revision.value or 0,
            accepted=accepted,
            viewer=viewer(),
            at=clock.now(),
        )
        said.append(f"Đã đánh giá «{judged.verdict.label}», kèm {judged.lines} dòng nhật ký.")
        if judged.left_out:
            said.append(f"{judged.left_out} dòng thuộc tháng đã khóa giữ nguyên.")

    return _decide(item_id, ReasonedForm(), deed, said)


@pages.post("/giao-viec/<key:item_id>/doi-han")
@permission(Permission.JUDGE_WORK)
def extend(item_id: int) -> ResponseReturnValue:
    form = ExtendForm()
    due_on = form.due_on.value if form.validate() else None
    if due_on is None:
        return work_page.page(item_id, extending=form), 422
    try:
        changing.extend(
            db.session(),
            item_id,
            due_on,
            form.reason.value or "",
            form.revision.value or 0,
            viewer=viewer(),
            at=clock.now(),
        )
    except (Invalid, Conflict) as refusal:
        db.session.rollback()
        work_page.show_refusal(form, refusal)
        return work_page.page(item_id, extending=form), work_page.status_of(refusal)
    flash(f"Đã đổi hạn thành {due_on:%d/%m/%Y}.")
    db.session.commit()
    return redirect(url_for("work_items.show", item_id=item_id), 303)


def _reasoned(item_id: int, change: Callable[..., object], said: str) -> ResponseReturnValue:
    return _decide(
        item_id,
        ReasonedForm(),
        lambda form: change(
            db.session(),
            item_id,
            form.reason.value or "",
            form.revision.value or 0,
            viewer=viewer(),
            at=clock.now(),
        ),
        said,
    )


def _decide(
    item_id: int,
    form: ReasonedForm,
    deed: Callable[[ReasonedForm], object],
    said: str | list[str],
) -> ResponseReturnValue:
    """Do what was decided and show the work again; with every refusal what was typed stays."""
    if not form.validate():
        return work_page.page(item_id, deciding=form), 422
    try:
        deed(form)
    except (Invalid, Conflict) as refusal:
        db.session.rollback()
        work_page.show_refusal(form, refusal)
        return work_page.page(item_id, deciding=form), work_page.status_of(refusal)
    flash(said if isinstance(said, str) else " ".join(said))
    db.session.commit()
    return redirect(url_for("work_items.show", item_id=item_id), 303)


def _whose() -> ColumnElement[bool]:
    judged = judges.judged_by(db.session(), viewer(), FIRST, date.max)
    return of_assignments([each.assignment_id for each in judged])


def _new_page(form: WorkForm, chosen: int | None) -> str:
    """Ask whom the work is for, then what it is; nobody else's position can be chosen."""
    session, person = db.session(), viewer()
    judged = judges.judged_by(session, person, person.on, person.on)
    who = next((each for each in judged if each.assignment_id == chosen), None)
    if chosen is not None and who is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return render_template(
        "work_items/assign.html",
        form=form,
        people=[(each.assignment_id, f"{each.person}, {each.unit}") for each in judged],
        who=who,
        tasks=assignable.tasks_of(session, who.assignment_id, person.on) if who else (),
    )


def _wanted() -> Wanted:
    return Wanted(
        state=asked.word("tinh-trang", WorkItemState, label="Tình trạng"),
        text=asked.text("tim", label="Tìm"),
    )
