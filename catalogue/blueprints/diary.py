"""My day: the tasks of my positions, what I log against them, and how I correct it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock, downloads
from catalogue.blueprints.filters import hours
from catalogue.blueprints.guard import permission, viewer
from catalogue.blueprints.links import path_before
from catalogue.domain.errors import Invalid, NotFound
from catalogue.domain.hours import STANDARD_HOURS_PER_DAY, is_working_day
from catalogue.domain.roles import Permission
from catalogue.domain.text import fold
from catalogue.extensions import db
from catalogue.forms.diary import LineForm
from catalogue.queries import calendar, diary, tasks
from catalogue.queries.diary import DayLine
from catalogue.queries.tasks import OwnTask
from catalogue.services import auditing, logging_work

pages = Blueprint("diary", __name__)

_PINNED = 5


@dataclass(frozen=True, slots=True)
class Choices:
    """The tasks to choose from: the ones used most, and the others by duty.

    `folded` keeps the others out of sight until they are wanted.
    """

    pinned: Sequence[OwnTask]
    groups: Sequence[tuple[str, Sequence[OwnTask]]]
    search: str
    of_day: int

    @property
    def others(self) -> int:
        return sum(len(tasks) for _, tasks in self.groups)

    def folded(self, chosen: str | None) -> bool:
        pinned = {str(task.task_version_id) for task in self.pinned}
        return bool(pinned) and not self.search and (not chosen or chosen in pinned)


@pages.get("/ngay-cua-toi")
@permission(Permission.LOG_OWN_DAY)
def day() -> str:
    return _day_page(_asked_day(), LineForm(formdata=None))


@pages.post("/ngay-cua-toi")
@permission(Permission.LOG_OWN_DAY)
def log() -> ResponseReturnValue:
    """Write one line; a form sent twice writes once and shows the day both times."""
    chosen, form, at = _asked_day(), LineForm(), clock.now()
    if not form.validate():
        return _day_page(chosen, form), 422
    try:
        line = logging_work.log_line(
            db.session(),
            form.draft(),
            day=chosen,
            today=clock.today(),
            by=viewer().person_id,
            at=at,
        )
    except Invalid as refusal:
        return _refused(chosen, form, refusal)
    flash("Đã ghi." if line.written_at == at else "Dòng này đã được ghi từ lần gửi trước.")
    _note_unexpected(form)
    db.session.commit()
    return redirect(url_for("diary.day", ngay=chosen), 303)


@pages.get("/ngay-cua-toi/sua/<key:line_id>")
@permission(Permission.LOG_OWN_DAY)
def edit(line_id: int) -> str:
    chosen, line = _own_line(line_id)
    return _edit_page(chosen, line, LineForm(formdata=None, data=_as_typed(line)))


@pages.post("/ngay-cua-toi/sua/<key:line_id>")
@permission(Permission.LOG_OWN_DAY)
def correct(line_id: int) -> ResponseReturnValue:
    """Write a line in place of another, which stays to be read."""
    form, person = LineForm(), viewer()
    if not form.validate():
        return _edit_page(*_own_line(line_id), form), 422
    try:
        line = logging_work.correct_line(
            db.session(),
            line_id,
            form.draft(),
            today=clock.today(),
            by=person.person_id,
            at=clock.now(),
        )
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _edit_page(*_own_line(line_id), form), 422
    chosen = line.day
    flash("Đã ghi dòng sửa. Dòng trước vẫn được giữ để đối chiếu.")
    _note_unexpected(form)
    db.session.commit()
    return redirect(url_for("diary.day", ngay=chosen), 303)


@pages.get("/ngay-cua-toi.csv")
@permission(Permission.LOG_OWN_DAY)
def export() -> Response:
    chosen = _asked_day()
    heads = ("Ngày", "Nhiệm vụ", "Công việc", "Giờ", "Ngoài giờ", "Sản phẩm", "Số lượng", "Ghi chú")
    rows = (
        (
            f"{chosen:%d/%m/%Y}",
            line.duty,
            line.task,
            hours(line.minutes),
            "có" if line.overtime else "",
            line.product,
            line.quantity,
            line.content,
        )
        for line in diary.lines(db.session(), viewer().person_id, chosen)
    )
    return downloads.table(f"nhật ký {chosen:%Y-%m-%d}", heads, rows)


def _asked_day() -> date:
    return asked.day("ngay", default=clock.today())


def _day_page(chosen: date, form: LineForm) -> str:
    session, person = db.session(), viewer()
    lines = diary.lines(session, person.person_id, chosen)
    working = is_working_day(chosen, calendar.days(session))
    return render_template(
        "diary/day.html",
        chosen=chosen,
        before=chosen - timedelta(days=1),
        after=chosen + timedelta(days=1),
        open=chosen <= person.on,
        lines=lines,
        line_path=path_before("lines.show", "line_id"),
        edit_path=path_before("diary.edit", "line_id"),
        minutes=sum(line.minutes for line in lines),
        standard=STANDARD_HOURS_PER_DAY * working,
        choices=_choices(person.person_id, chosen),
        form=form,
    )


def _edit_page(chosen: date, line: DayLine, form: LineForm) -> str:
    choices = _choices(viewer().person_id, chosen)
    return render_template("diary/edit.html", chosen=chosen, line=line, form=form, choices=choices)


def _refused(chosen: date, form: LineForm, refusal: Invalid) -> tuple[str, int]:
    db.session.rollback()
    form.refuse(refusal)
    return _day_page(chosen, form), 422


def _choices(person_id: int, chosen: date) -> Choices:
    search = asked.text("tim", label="Tìm nhiệm vụ")
    words = fold(search).split()
    own = tasks.own_tasks(db.session(), person_id, chosen)
    used = diary.used_lately(db.session(), person_id, chosen)
    found = [task for task in own if _says(task, words)]
    by_use = sorted(found, key=lambda task: -used.get(task.task_version_id, 0))
    pinned = [task for task in by_use[:_PINNED] if task.task_version_id in used]
    several = len({task.assignment_id for task in own}) > 1
    groups: dict[str, list[OwnTask]] = {}
    for task in found:
        if task not in pinned:
            heading = f"{task.position}: {task.duty}" if several else task.duty
            groups.setdefault(heading, []).append(task)
    return Choices(pinned, list(groups.items()), search, len(own))


def _says(task: OwnTask, words: Sequence[str]) -> bool:
    folded = fold(f"{task.duty} {task.text} {task.product or ''}")
    return all(word in folded for word in words)


def _own_line(line_id: int) -> tuple[date, DayLine]:
    found = diary.own_line(db.session(), line_id, viewer().person_id)
    if found is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return found


def _as_typed(line: DayLine) -> dict[str, object]:
    return {
        "task": str(line.task_version_id),
        "hours": hours(line.minutes),
        "product": line.product or "",
        "quantity": str(line.quantity or ""),
        "content": line.content,
        "overtime": line.overtime,
    }


def _note_unexpected(form: LineForm) -> None:
    """Write down fields that the page does not have: somebody tried to set more than is theirs."""
    if unexpected := form.unexpected(list(request.form)):
        auditing.record(
            db.session(),
            "unexpected_field",
            request.path,
            by=viewer().person_id,
            at=clock.now(),
            fields=[name[:100] for name in unexpected[:20]],
        )
