"""My work of several days: proposed, worked on day by day, handed in; and the page of one."""

from datetime import date

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock, downloads, work_page
from catalogue.blueprints.guard import permission, viewer
from catalogue.blueprints.pending_lines import show_refusals
from catalogue.blueprints.work_page import HEADS, as_cells
from catalogue.domain.errors import Conflict, Invalid, NotFound
from catalogue.domain.roles import Permission
from catalogue.domain.work_items import WorkItemState
from catalogue.extensions import db
from catalogue.forms.work_items import HandInForm, HoursForm, ReasonedForm, WorkForm
from catalogue.queries import assignable, work_items
from catalogue.queries.work_items import Listed, Wanted, of_person
from catalogue.services import beginning_work, logging_work, work_items as changing

pages = Blueprint("work_items", __name__)


@pages.get("/viec-nhieu-ngay")
@permission(Permission.LOG_OWN_DAY)
def index() -> str:
    session, person, wanted = db.session(), viewer(), _wanted()
    whose = of_person(person.person_id)
    paging = asked.paging(work_items.count(session, whose, wanted))
    return render_template(
        "work_items/index.html",
        rows=work_items.listed(
            session, whose, wanted, offset=paging.offset, limit=asked.ROWS_A_PAGE
        ),
        today=person.on,
        paging=paging,
        wanted=wanted,
        states=[(state.value, state.label) for state in WorkItemState],
        query={name: value for name, value in request.args.items() if name != "trang"},
    )


@pages.get("/viec-nhieu-ngay.csv")
@permission(Permission.LOG_OWN_DAY)
def export() -> Response:
    found = work_items.listed(db.session(), of_person(viewer().person_id), _wanted())
    rows = (as_cells(each, viewer().on) for each in found)
    return downloads.table("việc nhiều ngày của tôi", HEADS, rows)


@pages.get("/viec-nhieu-ngay/moi")
@permission(Permission.LOG_OWN_DAY)
def new() -> str:
    return _new_page(WorkForm(formdata=None))


@pages.post("/viec-nhieu-ngay/moi")
@permission(Permission.LOG_OWN_DAY)
def propose() -> ResponseReturnValue:
    form = WorkForm()
    if not form.validate():
        return _new_page(form), 422
    try:
        item = beginning_work.propose(
            db.session(),
            form.position.value or 0,
            form.draft(),
            today=clock.today(),
            by=viewer().person_id,
            at=clock.now(),
        )
    except (Invalid, Conflict) as refusal:
        db.session.rollback()
        return _new_page(form, refusal), work_page.status_of(refusal)
    address = url_for("work_items.show", item_id=item.id)
    flash("Đã đề xuất. Trong lúc chờ thủ trưởng đồng ý, bạn vẫn ghi giờ được.")
    db.session.commit()
    return redirect(address, 303)


@pages.get("/viec-nhieu-ngay/<key:item_id>")
@permission(Permission.LOG_OWN_DAY)
def show(item_id: int) -> str:
    return work_page.page(item_id)


@pages.post("/viec-nhieu-ngay/<key:item_id>/gio")
@permission(Permission.LOG_OWN_DAY)
def log(item_id: int) -> ResponseReturnValue:
    """Write hours of one day spent on the work; a form sent twice writes once."""
    item, form = _own(item_id), HoursForm()
    if not form.validate() or form.day.value is None:
        return work_page.page(item_id, logging=form), 422
    try:
        logging_work.log_line(
            db.session(),
            form.draft(_task_on(item, form.day.value), item_id),
            day=form.day.value,
            today=clock.today(),
            by=viewer().person_id,
            at=clock.now(),
        )
    except Invalid as refusal:
        db.session.rollback()
        show_refusals(form, refusal)
        return work_page.page(item_id, logging=form), 422
    flash("Đã ghi giờ vào ngày và vào việc này.")
    db.session.commit()
    return redirect(url_for("work_items.show", item_id=item_id), 303)


@pages.post("/viec-nhieu-ngay/<key:item_id>/nop")
@permission(Permission.LOG_OWN_DAY)
def hand_in(item_id: int) -> ResponseReturnValue:
    _own(item_id)
    form = HandInForm()
    if not form.validate():
        return work_page.page(item_id, handing_in=form), 422
    try:
        changing.hand_in(
            db.session(),
            item_id,
            form.given(),
            form.revision.value or 0,
            today=clock.today(),
            by=viewer().person_id,
            at=clock.now(),
        )
    except (Invalid, Conflict) as refusal:
        db.session.rollback()
        work_page.show_refusal(form, refusal)
        return work_page.page(item_id, handing_in=form), work_page.status_of(refusal)
    flash("Đã nộp. Thủ trưởng sẽ đánh giá; chậm hay không tính theo ngày nộp và hạn.")
    db.session.commit()
    return redirect(url_for("work_items.show", item_id=item_id), 303)


@pages.post("/viec-nhieu-ngay/<key:item_id>/bo")
@permission(Permission.LOG_OWN_DAY)
def drop(item_id: int) -> ResponseReturnValue:
    """Drop what one only proposed."""
    _own(item_id)
    form = ReasonedForm()
    if not form.validate():
        return work_page.page(item_id), 422
    changing.drop(
        db.session(),
        item_id,
        form.reason.value or "",
        form.revision.value or 0,
        viewer=viewer(),
        at=clock.now(),
    )
    flash("Đã bỏ đề xuất này. Giờ đã ghi vẫn ở ngày của bạn.")
    db.session.commit()
    return redirect(url_for("work_items.index"), 303)


def _own(item_id: int) -> Listed:
    item = work_items.one(db.session(), item_id)
    if item is None or item.person_id != viewer().person_id:
        raise NotFound("Không tìm thấy nội dung này.")
    return item


def _task_on(item: Listed, day: date) -> int:
    """Find the work's task as the description of the day words it."""
    tasks = assignable.tasks_of(db.session(), item.assignment_id, day)
    found = [task.task_version_id for task in tasks if task.task_id == item.task_id]
    if not found:
        message = (
            f"Ngày: ngày {day:%d/%m/%Y} nhiệm vụ của việc này không có trong bản mô tả của bạn. "
            "Hãy ghi ở «Ngày của tôi» với nhiệm vụ của ngày ấy."
        )
        raise Invalid(message, field="day")
    return found[0]


def _new_page(form: WorkForm, refusal: Invalid | Conflict | None = None) -> str:
    """Draw the form for one of the positions that one holds: the one asked for, else the first."""
    if refusal is not None:
        work_page.show_refusal(form, refusal)
    session, person = db.session(), viewer()
    held = assignable.held_by(session, person.person_id, person.on)
    wanted = form.position.data or request.args.get("vi-tri", "")
    chosen = next((each for each in held if str(each.assignment_id) == wanted), None)
    chosen = chosen or (held[0] if held else None)
    tasks = assignable.tasks_of(session, chosen.assignment_id, person.on) if chosen else ()
    return render_template("work_items/new.html", form=form, held=held, chosen=chosen, tasks=tasks)


def _wanted() -> Wanted:
    return Wanted(state=asked.word("tinh-trang", WorkItemState, label="Tình trạng"))
