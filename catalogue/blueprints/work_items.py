"""My work of several days: proposed, worked on day by day, handed in; and the page of one."""

from datetime import date

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import clock, work_page
from catalogue.blueprints.answering import Done, answer
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.errors import Invalid, NotFound
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.forms.work_items import HandInForm, HoursForm, ReasonedForm, WorkForm
from catalogue.queries import assignable, work_items
from catalogue.queries.work_items import Listed, of_person
from catalogue.services import beginning_work, logging_work, work_items as changing

pages = Blueprint("work_items", __name__)


@pages.get("/viec-nhieu-ngay")
@permission(Permission.LOG_OWN_DAY)
def index() -> str:
    whose = of_person(viewer().person_id)
    return work_page.listing("work_items/index.html", whose, work_page.wanted())


@pages.get("/viec-nhieu-ngay.csv")
@permission(Permission.LOG_OWN_DAY)
def export() -> Response:
    whose = of_person(viewer().person_id)
    return work_page.table("việc nhiều ngày của tôi", whose, work_page.wanted())


@pages.get("/viec-nhieu-ngay/moi")
@permission(Permission.LOG_OWN_DAY)
def new() -> str:
    return _new_page(WorkForm(formdata=None))


@pages.post("/viec-nhieu-ngay/moi")
@permission(Permission.LOG_OWN_DAY)
def propose() -> ResponseReturnValue:
    form = WorkForm()

    def do() -> Done:
        item = beginning_work.propose(
            db.session(),
            form.position.value or 0,
            form.draft(),
            today=clock.today(),
            by=viewer().person_id,
            at=clock.now(),
        )
        said = "Đã đề xuất. Trong lúc chờ thủ trưởng đồng ý, bạn vẫn ghi giờ được."
        return said, _address(item.id)

    return answer(form, do, lambda: _new_page(form))


@pages.get("/viec-nhieu-ngay/<key:item_id>")
@permission(Permission.LOG_OWN_DAY)
def show(item_id: int) -> str:
    return work_page.page(item_id)


@pages.post("/viec-nhieu-ngay/<key:item_id>/gio")
@permission(Permission.LOG_OWN_DAY)
def log(item_id: int) -> ResponseReturnValue:
    """Write hours of one day spent on the work; a form sent twice writes once."""
    item, form = _own(item_id), HoursForm()

    def do() -> Done:
        day = form.day.value or clock.today()
        logging_work.log_line(
            db.session(),
            form.draft(_task_on(item, day), item_id),
            day=day,
            today=clock.today(),
            by=viewer().person_id,
            at=clock.now(),
        )
        return "Đã ghi giờ vào ngày và vào việc này.", _address(item_id)

    return answer(form, do, lambda: work_page.page(item_id, logging=form))


@pages.post("/viec-nhieu-ngay/<key:item_id>/nop")
@permission(Permission.LOG_OWN_DAY)
def hand_in(item_id: int) -> ResponseReturnValue:
    _own(item_id)
    form = HandInForm()

    def do() -> Done:
        changing.hand_in(
            db.session(),
            item_id,
            form.given(),
            form.revision.value or 0,
            today=clock.today(),
            by=viewer().person_id,
            at=clock.now(),
        )
        said = "Đã nộp. Thủ trưởng sẽ đánh giá; chậm hay không tính theo ngày nộp và hạn."
        return said, _address(item_id)

    return answer(form, do, lambda: work_page.page(item_id, handing_in=form))


@pages.post("/viec-nhieu-ngay/<key:item_id>/bo")
@permission(Permission.LOG_OWN_DAY)
def drop(item_id: int) -> ResponseReturnValue:
    """Drop what one only proposed."""
    _own(item_id)
    form = ReasonedForm()

    def do() -> Done:
        changing.drop(
            db.session(),
            item_id,
            form.reason.value or "",
            form.revision.value or 0,
            viewer=viewer(),
            at=clock.now(),
        )
        return "Đã bỏ đề xuất này. Giờ đã ghi vẫn ở ngày của bạn.", url_for("work_items.index")

    return answer(form, do, lambda: work_page.page(item_id, deciding=form))


def _address(item_id: int) -> str:
    return url_for("work_items.show", item_id=item_id)


def _own(item_id: int) -> Listed:
    item = work_items.one(db.session(), viewer(), item_id)
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


def _new_page(form: WorkForm) -> str:
    """Draw the form for one of the positions that one holds: the one asked for, else the first."""
    session, person = db.session(), viewer()
    held = assignable.held_by(session, person.person_id, person.on)
    wanted = form.position.data or request.args.get("vi-tri", "")
    chosen = next((each for each in held if str(each.assignment_id) == wanted), None)
    chosen = chosen or (held[0] if held else None)
    tasks = assignable.tasks_of(session, chosen.assignment_id, person.on) if chosen else ()
    return render_template("work_items/new.html", form=form, held=held, chosen=chosen, tasks=tasks)
