"""Asking for an adjustment of one's own closed month: a new line, another, or one to be gone."""

from collections.abc import Callable
from datetime import date

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock
from catalogue.blueprints.filters import hours
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.adjusting import Asked
from catalogue.domain.errors import Conflict, Invalid, NotFound, SheetRefused
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.forms.adjusting import AdjustmentForm, RemovalForm
from catalogue.models import LogLine
from catalogue.queries import adjustments, tasks
from catalogue.services import adjusting, repeats

pages = Blueprint("adjustment_requests", __name__)


@pages.get("/dieu-chinh/moi")
@permission(Permission.LOG_OWN_DAY)
def new() -> str:
    return _new_page(_asked_day(), AdjustmentForm(formdata=None))


@pages.post("/dieu-chinh/moi")
@permission(Permission.LOG_OWN_DAY)
def ask_new() -> ResponseReturnValue:
    """Ask for one more line of a day."""
    chosen, form = _asked_day(), AdjustmentForm()
    if not form.validate():
        return _new_page(chosen, form), 422
    wish = Asked(chosen, form.reason.value or "", form.draft())
    return _asked(wish, form, lambda: _new_page(chosen, form))


@pages.get("/dieu-chinh/dong/<key:line_id>")
@permission(Permission.LOG_OWN_DAY)
def of_line(line_id: int) -> str:
    line, task = _own_line(line_id)
    return _line_page(line, task, _as_it_stands(line), RemovalForm(formdata=None))


@pages.post("/dieu-chinh/dong/<key:line_id>")
@permission(Permission.LOG_OWN_DAY)
def ask_correction(line_id: int) -> ResponseReturnValue:
    """Ask for a line in place of another."""
    (line, task), form, empty = _own_line(line_id), AdjustmentForm(), RemovalForm(formdata=None)
    if not form.validate():
        return _line_page(line, task, form, empty), 422
    draft = form.draft(repeats.draft_of(line))
    wish = Asked(line.day, form.reason.value or "", draft, line_id)
    return _asked(wish, form, lambda: _line_page(*_own_line(line_id), form, empty))


@pages.post("/dieu-chinh/dong/<key:line_id>/bo")
@permission(Permission.LOG_OWN_DAY)
def ask_removal(line_id: int) -> ResponseReturnValue:
    """Ask for a line to be taken away."""
    (line, task), form = _own_line(line_id), RemovalForm()
    if not form.validate():
        return _line_page(line, task, _as_it_stands(line), form), 422
    wish = Asked(line.day, form.removal_reason.value or "", None, line_id)

    def again() -> str:
        line, task = _own_line(line_id)
        return _line_page(line, task, _as_it_stands(line), form)

    return _asked(wish, form, again)


def _asked(
    wish: Asked, form: AdjustmentForm | RemovalForm, again: Callable[[], str]
) -> ResponseReturnValue:
    """Ask, and go on to the request; what is refused shows its page again, all reasons at once."""
    person = viewer()
    try:
        made = adjusting.ask(
            db.session(), wish, today=clock.today(), by=person.person_id, at=clock.now()
        )
    except (Invalid, Conflict) as refusal:
        db.session.rollback()
        for reason in _reasons(refusal):
            form.refuse(reason)
        return again(), 422
    address = url_for("adjustments.show", adjustment_id=made.id)
    flash("Đã gửi đề nghị điều chỉnh. Nhật ký chỉ đổi khi người đánh giá đồng ý.")
    db.session.commit()
    return redirect(address, 303)


def _reasons(refusal: Invalid | Conflict) -> list[Invalid]:
    if isinstance(refusal, SheetRefused):
        return [Invalid(each.message, field=each.field) for each in refusal.refusals]
    return [refusal if isinstance(refusal, Invalid) else Invalid(str(refusal))]


def _asked_day() -> date:
    return asked.day("ngay", default=clock.today().replace(day=1))


def _own_line(line_id: int) -> tuple[LogLine, str]:
    found = adjustments.own_line(db.session(), line_id, viewer().person_id)
    if found is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return found


def _as_it_stands(line: LogLine) -> AdjustmentForm:
    told = {
        "task": str(line.task_version_id),
        "hours": hours(line.minutes),
        "product": line.product or "",
        "quantity": str(line.quantity or ""),
        "content": line.content,
        "overtime": line.overtime,
    }
    return AdjustmentForm(formdata=None, data=told)


def _new_page(chosen: date, form: AdjustmentForm) -> str:
    return render_template(
        "adjustments/new.html", chosen=chosen, form=form, choices=_choices(chosen)
    )


def _line_page(line: LogLine, task: str, form: AdjustmentForm, removal: RemovalForm) -> str:
    return render_template(
        "adjustments/of_line.html",
        line=line,
        task=task,
        form=form,
        removal=removal,
        choices=_choices(line.day),
    )


def _choices(chosen: date) -> list[tuple[str, str]]:
    own = tasks.own_tasks(db.session(), viewer().person_id, chosen)
    return [(str(task.task_version_id), f"{task.duty}: {task.text}") for task in own]
