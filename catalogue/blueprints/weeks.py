"""Tuần: my week as a grid, tasks by days, saved at once."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock, diary_export, noting, own_day, task_choices
from catalogue.blueprints.guard import permission, viewer
from catalogue.blueprints.links import path_before
from catalogue.blueprints.own_day import Day
from catalogue.domain.errors import Conflict
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.forms import weeks as forms
from catalogue.forms.base import key
from catalogue.forms.diary import new_entry_key
from catalogue.forms.weeks import WeekSheet
from catalogue.queries import diary
from catalogue.services import logging_weeks
from catalogue.services.logging_weeks import WeekRefused
from catalogue.services.logging_work import Saved

pages = Blueprint("weeks", __name__)

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


@pages.get("/tuan-cua-toi")
@permission(Permission.LOG_OWN_DAY)
def week() -> str:
    return _page(_read(_monday()), WeekSheet())


@pages.post("/tuan-cua-toi")
@permission(Permission.LOG_OWN_DAY)
def log() -> ResponseReturnValue:
    """Add rows to the grid as its button says, or write all of its cells: whole or not at all."""
    sheet, days = forms.typed(request.form), _read(_monday())
    if request.form.get("op") in ("add", "copy"):
        sheet.rows += _more_rows(days[0].on)
        return _page(days, sheet)
    drafts = {
        day.on: sheet.drafts(place, day.versions, overtime=not day.standard)
        for place, day in enumerate(days)
        if sheet.of_day(place)
    }
    if not drafts:
        sheet.errors.append("Chưa có ô nào để ghi. Hãy ghi số giờ vào ô của việc và ngày đã làm.")
    if sheet.refusals:
        return _page(days, sheet), 422
    try:
        saved = logging_weeks.save_week(
            db.session(), drafts, today=clock.today(), by=viewer().person_id, at=clock.now()
        )
    except (WeekRefused, Conflict) as refusal:
        return _refused(days[0].on, sheet, refusal)
    noting.unexpected_fields(forms.unexpected(request.form))
    _tell(saved.values())
    db.session.commit()
    last = max(line_id for each in saved.values() for line_id in each.line_ids)
    return redirect(url_for("weeks.week", ngay=days[0].on, ghi=last), 303)


@pages.get("/tuan-cua-toi.csv")
@permission(Permission.LOG_OWN_DAY)
def export() -> Response:
    monday = _monday()
    return diary_export.table(f"nhật ký tuần {monday:%Y-%m-%d}", monday, monday + _WEEK - _DAY)


def _monday() -> date:
    chosen = asked.day("ngay", default=clock.today())
    return chosen - timedelta(days=chosen.weekday())


def _read(monday: date) -> list[Day]:
    return own_day.read_week(db.session(), viewer().person_id, monday, today=clock.today())


def _refused(monday: date, sheet: WeekSheet, refusal: WeekRefused | Conflict) -> tuple[str, int]:
    db.session.rollback()
    if isinstance(refusal, WeekRefused):
        for day, refused in refusal.refusals.items():
            sheet.show((day - monday).days, refused)
        return _page(_read(monday), sheet), 422
    sheet.sheet_key = new_entry_key()  # the keys that were sent belong to other lines
    sheet.errors.append(str(refusal))
    return _page(_read(monday), sheet), 409


def _tell(saved: Collection[Saved]) -> None:
    """Say how much was written now, and what was written before."""
    fresh = [len(each.line_ids) - each.repeated for each in saved]
    if any(fresh):
        flash(f"Đã ghi {sum(fresh)} dòng của {sum(map(bool, fresh))} ngày.")
    if repeated := sum(each.repeated for each in saved):
        flash(f"{repeated} dòng đã được ghi từ lần gửi trước.")
    if gone := sum(len(each.gone) for each in saved):
        flash(f"Trong đó {gone} dòng sau đó được bỏ hoặc sửa nên không ghi lại. Cần thì ghi lại.")


def _more_rows(monday: date) -> list[int]:
    """Give the task that was chosen, or those of last week's lines: their rows, never hours."""
    if request.form.get("op") == "add":
        return [key(request.form.get("more", ""), message="Hãy chọn một việc để thêm.")]
    former = diary.lines(db.session(), viewer().person_id, monday - _WEEK, monday - _DAY)
    return [line.task_id for line in former]


def _page(days: Sequence[Day], sheet: WeekSheet) -> str:
    own = {task.task_id: task for day in reversed(days) for task in day.tasks}
    sheet.names = {task.task_id: task.text for task in own.values()}
    wanted = {*sheet.rows, *(task_id for task_id, _ in sheet.cells)}
    wanted |= {line.task_id for day in days for line in day.lines}
    offered = task_choices.choices(list(own.values()))
    wanted |= {task.task_id for task in (*offered.pinned, *offered.recent)}
    monday = days[0].on
    return render_template(
        "diary/week.html",
        days=days,
        before=monday - _WEEK,
        after=monday + _WEEK,
        standard=sum(day.standard for day in days),
        unknown_year=next((day.on.year for day in days if not day.known), None),
        minutes=sum(day.in_standard_hours for day in days),
        rows=[task for task in own.values() if task.task_id in wanted],
        others=[task for task in own.values() if task.task_id not in wanted],
        sheet=sheet,
        written=own_day.saved_with(days, request.args.get("ghi", "")),
        edit_path=path_before("diary_lines.edit", "line_id"),
    )
