"""Hôm nay: what I did today, typed as a sheet of several lines and saved at once."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache, partial

from flask import (
    Blueprint,
    Response,
    flash,
    get_template_attribute,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from catalogue.blueprints import asked, clock, diary_export, noting, own_day, task_choices
from catalogue.blueprints.guard import permission, viewer
from catalogue.blueprints.links import path_before
from catalogue.blueprints.own_day import Day
from catalogue.domain.diary import LineDraft
from catalogue.domain.errors import Conflict, Refusal, SheetRefused
from catalogue.domain.limits import SEARCH_CHARACTERS
from catalogue.domain.roles import Permission
from catalogue.domain.words import WorkPlace
from catalogue.extensions import db
from catalogue.forms import diary as forms
from catalogue.forms.base import key
from catalogue.forms.diary import DaySheet, TypedLine
from catalogue.queries import diary
from catalogue.queries.diary import OpenWork
from catalogue.queries.own_days import absence_entered_by_oneself
from catalogue.services import logging_work, pins
from catalogue.services.logging_work import Saved

pages = Blueprint("diary", __name__)

_ONE_DAY = timedelta(days=1)
_COPIED_BACK = timedelta(days=7)
# The row that scripts copy; its number is put in when they do.
_TO_COPY = 999
_GONE = (
    "Dòng này đã được ghi từ lần gửi trước, sau đó được bỏ hoặc sửa. Bấm Ghi lần nữa nếu vẫn muốn "
    "ghi thêm."
)
_MOVES = ("add", "drop", "copy", "find", "pin", "unpin")


@pages.get("/ngay-cua-toi")
@permission(Permission.LOG_OWN_DAY)
def day() -> str:
    return page_of(asked_day(), DaySheet())


@pages.post("/ngay-cua-toi")
@permission(Permission.LOG_OWN_DAY)
def log() -> ResponseReturnValue:
    """Do to the sheet what its button says, or write all of its lines: whole or not at all."""
    sheet, chosen = forms.typed(request.form), asked_day()
    move, _, what = request.form.get("op", "").partition(":")
    if move in _MOVES:
        return _after_move(sheet, chosen, move, what)
    drafts = sheet.drafts()
    if sheet.refusals:
        return page_of(chosen, sheet), 422
    try:
        saved = _save(sheet, drafts, chosen)
    except (SheetRefused, Conflict) as refusal:
        return _refused(chosen, sheet, refusal)
    noting.unexpected_fields(forms.unexpected(request.form))
    if saved.repeated:
        flash(f"{saved.repeated} dòng đã được ghi từ lần gửi trước.")
    db.session.commit()
    return redirect(url_for("diary.day", ngay=chosen, ghi=max(saved.line_ids)), 303)


@pages.get("/ngay-cua-toi.csv")
@permission(Permission.LOG_OWN_DAY)
def export() -> Response:
    chosen = asked_day()
    return diary_export.table(f"nhật ký {chosen:%Y-%m-%d}", chosen, chosen)


def page_of(chosen: date, sheet: DaySheet) -> str:
    """Draw a day with lines that wait to be written."""
    return _page(_read(chosen), sheet)


def asked_day() -> date:
    return asked.day("ngay", default=clock.today())


def _read(chosen: date) -> Day:
    return own_day.read(db.session(), viewer().person_id, chosen, today=clock.today())


def _save(sheet: DaySheet, drafts: Sequence[LineDraft], chosen: date) -> Saved:
    """Write the lines; asks before writing again what was written, and is there no more."""
    today, by, at = clock.today(), viewer().person_id, clock.now()
    saved = logging_work.save_sheet(db.session(), drafts, day=chosen, today=today, by=by, at=at)
    if saved.gone:
        sheet.renew_keys(saved.gone)
        raise SheetRefused([Refusal(place, "task", _GONE) for place in saved.gone])
    return saved


def _refused(chosen: date, sheet: DaySheet, refusal: SheetRefused | Conflict) -> tuple[str, int]:
    db.session.rollback()
    if isinstance(refusal, SheetRefused):
        sheet.show(refusal.refusals)
        return page_of(chosen, sheet), 422
    sheet.renew_keys(range(len(sheet.lines)))  # those that were sent belong to other lines
    sheet.errors.append(str(refusal))
    return page_of(chosen, sheet), 409


def _after_move(sheet: DaySheet, chosen: date, move: str, what: str) -> str:
    """Draw the page again with all that was typed, its lines or pins changed as asked."""
    if move in ("pin", "unpin"):
        _pin(sheet, what, wanted=move == "pin")
    today = _read(chosen)
    if move == "add":
        sheet.add(task=what, **today.new_line())
    elif move == "drop":
        sheet.drop(what)
    elif move == "copy":
        _copy(sheet, today)
    return _page(today, sheet)


def _pin(sheet: DaySheet, what: str, *, wanted: bool) -> None:
    task_id, by = key(what, message="Không có việc này để ghim."), viewer().person_id
    try:
        if wanted:
            pins.pin(db.session(), task_id, by=by, at=clock.now())
        else:
            pins.unpin(db.session(), task_id, by=by)
    except Conflict as refusal:
        sheet.errors.append(str(refusal))
    db.session.commit()


def _copy(sheet: DaySheet, today: Day) -> None:
    """Add the lines of the last day that has any, as rows to fill in: never their hours.

    Only of tasks that are the person's on this day; what was copied, and from when, is said.
    """
    first, last = today.on - _COPIED_BACK, today.on - _ONE_DAY
    former = diary.lines(db.session(), viewer().person_id, first, last)
    present = {task.task_id: str(task.task_version_id) for task in reversed(today.tasks)}
    if not former:
        flash("Bảy ngày trước ngày này chưa có dòng nào để chép.")
        return
    of_day = [line for line in former if line.day == former[-1].day]
    copied = [line for line in of_day if line.task_id in present]
    for line in copied:
        told = {"product": line.product or "", "content": line.content}
        sheet.add(**today.new_line(), task=present[line.task_id], **told)
    flash(f"Đã chép {len(copied)} dòng của ngày {of_day[0].day:%d/%m/%Y}, không chép giờ.")
    if left := len(of_day) - len(copied):
        flash(f"{left} dòng không chép vì việc ấy không thuộc vị trí của bạn ngày này.")


def _page(today: Day, sheet: DaySheet) -> str:
    person_id, away = viewer().person_id, today.away
    search = request.values.get("tim", "")[:SEARCH_CHARACTERS]
    return render_template(
        "diary/day.html",
        day=today,
        before=today.on - _ONE_DAY,
        after=today.on + _ONE_DAY,
        sheet=sheet,
        row_to_copy=_row_to_copy(today),
        choices=task_choices.choices(today.tasks, search),
        unplanned=task_choices.unplanned_path(today.on, search),
        places=WorkPlace,
        line_path=path_before("lines.show", "line_id"),
        edit_path=path_before("diary_lines.edit", "line_id"),
        written=own_day.saved_with([today], request.args.get("ghi", "")),
        removed=asked.key("bo", label="Dòng vừa bỏ"),
        own_absence=away and absence_entered_by_oneself(db.session(), person_id, today.on),
    )


def _row_to_copy(today: Day) -> Markup:
    """Draw the row that scripts copy: the same for all who have no work of several days."""
    told = today.new_line()
    return _drawn(today.work, **told) if today.work else _drawn_once(**told)


def _drawn(work: Sequence[OpenWork], **told: str) -> Markup:
    line = TypedLine(f"{_TO_COPY}-", told, "")
    row: Markup = get_template_attribute("diary/row.html", "row")(line, None, work, WorkPlace)
    return row


_drawn_once = cache(partial(_drawn, ()))
