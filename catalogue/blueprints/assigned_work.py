"""Giving work of several days to the people whom one judges, and judging what they hand in."""

from collections.abc import Callable
from datetime import date

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement

from catalogue.blueprints import asked, clock, work_page
from catalogue.blueprints.answering import Done, answer
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.days import FIRST
from catalogue.domain.errors import NotFound
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.forms.work_items import ExtendForm, ReasonedForm, WorkForm
from catalogue.queries import assignable, judges
from catalogue.queries.work_items import of_assignments
from catalogue.services import beginning_work, work_items as changing, work_judgements

pages = Blueprint("assigned_work", __name__)

_ACCEPT = "dat"


@pages.get("/giao-viec")
@permission(Permission.JUDGE_WORK)
def index() -> str:
    return work_page.listing("work_items/assigned.html", _whose(), work_page.wanted())


@pages.get("/giao-viec.csv")
@permission(Permission.JUDGE_WORK)
def export() -> Response:
    return work_page.table("việc đã giao", _whose(), work_page.wanted())


@pages.get("/giao-viec/moi")
@permission(Permission.JUDGE_WORK)
def new() -> str:
    chosen = asked.key("nguoi", label="Người làm")
    return _new_page(WorkForm(formdata=None), chosen)


@pages.post("/giao-viec/moi")
@permission(Permission.JUDGE_WORK)
def assign() -> ResponseReturnValue:
    form = WorkForm()

    def do() -> Done:
        item = beginning_work.assign(
            db.session(), form.position.value or 0, form.draft(), viewer=viewer(), at=clock.now()
        )
        return "Đã giao việc. Người làm thấy việc này ở «Việc nhiều ngày».", _address(item.id)

    return answer(form, do, lambda: _new_page(form, form.position.value))


@pages.post("/giao-viec/<key:item_id>/dong-y")
@permission(Permission.JUDGE_WORK)
def agree(item_id: int) -> ResponseReturnValue:
    form = ReasonedForm()

    def do() -> Done:
        changing.agree(
            db.session(), item_id, form.revision.value or 0, viewer=viewer(), at=clock.now()
        )
        return "Đã đồng ý.", _address(item_id)

    return answer(form, do, lambda: work_page.page(item_id, deciding=form))


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
    form, accepted = ReasonedForm(), request.form.get("deed") == _ACCEPT

    def do() -> Done:
        judged = work_judgements.judge(
            db.session(),
            item_id,
            form.reason.value or "",
            form.revision.value or 0,
            accepted=accepted,
            viewer=viewer(),
            at=clock.now(),
        )
        said = f"Đã đánh giá «{judged.verdict.label}», kèm {judged.lines} dòng nhật ký."
        if judged.left_out:
            said += f" {judged.left_out} dòng thuộc tháng đã khóa giữ nguyên."
        return said, _address(item_id)

    return answer(form, do, lambda: work_page.page(item_id, deciding=form))


@pages.post("/giao-viec/<key:item_id>/doi-han")
@permission(Permission.JUDGE_WORK)
def extend(item_id: int) -> ResponseReturnValue:
    form = ExtendForm()

    def do() -> Done:
        item = changing.extend(
            db.session(),
            item_id,
            form.due_on.value or clock.today(),
            form.reason.value or "",
            form.revision.value or 0,
            viewer=viewer(),
            at=clock.now(),
        )
        return f"Đã đổi hạn thành {item.due_on:%d/%m/%Y}.", _address(item_id)

    return answer(form, do, lambda: work_page.page(item_id, extending=form))


def _reasoned(item_id: int, change: Callable[..., object], said: str) -> ResponseReturnValue:
    form = ReasonedForm()

    def do() -> Done:
        change(
            db.session(),
            item_id,
            form.reason.value or "",
            form.revision.value or 0,
            viewer=viewer(),
            at=clock.now(),
        )
        return said, _address(item_id)

    return answer(form, do, lambda: work_page.page(item_id, deciding=form))


def _address(item_id: int) -> str:
    return url_for("work_items.show", item_id=item_id)


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
