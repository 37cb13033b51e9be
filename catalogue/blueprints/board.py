"""Bảng công khai: a unit's day read by its members from the day after, with questions."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock, downloads
from catalogue.blueprints.filters import hours
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.board import BoardLine, Span
from catalogue.domain.errors import Invalid, NotFound
from catalogue.domain.hours import is_working_day
from catalogue.domain.roles import Permission
from catalogue.domain.words import DayKind
from catalogue.extensions import db
from catalogue.forms.board import WordsForm
from catalogue.queries import board, calendar, line_questions
from catalogue.services import auditing, questioning

pages = Blueprint("board", __name__)

_HEADS = (
    "Họ và tên",
    "Vị trí",
    "Công việc",
    "Sản phẩm",
    "Số lượng",
    "Giờ",
    "Ngoài giờ",
    "Ghi bù",
)
_KEPT = ("don-vi", "ngay")
_A_DAY = timedelta(days=1)


@pages.get("/bang-cong-khai/in", alias=True)  # a print's address, opened later: its day
@pages.get("/bang-cong-khai")
@permission(Permission.READ_BOARD)
def day() -> str:
    session, person = db.session(), viewer()
    days = board.span(session, person)
    unit_id, unit, choices = _unit()
    kinds = calendar.days(session)
    chosen = _day(days, kinds)
    return render_template(
        "board/day.html",
        unit_id=unit_id,
        unit=unit,
        choices=choices,
        chosen=chosen,
        days=days,
        months=days.months(),
        **_content(unit_id, chosen, kinds),
        before=chosen - _A_DAY,
        after=chosen + _A_DAY,
        printed_at=clock.now(),
        asking=person.may_in(Permission.ASK_ON_BOARD, unit_id),
        own_questions=line_questions.asked_of(session, person),
        questions=line_questions.asked_in(session, unit_id, chosen, person),
    )


@pages.post("/bang-cong-khai/in")
@permission(Permission.READ_BOARD)
def printed() -> str:
    """Draw the day for paper, with who printed it and when; that it was printed is written down."""
    session, person, at = db.session(), viewer(), clock.now()
    unit_id, unit, _ = _unit()
    kinds = calendar.days(session)
    chosen = _day(board.span(session, person), kinds)
    page = render_template(
        "board/printed.html",
        unit_id=unit_id,
        unit=unit,
        chosen=chosen,
        printed_at=at,
        **_content(unit_id, chosen, kinds),
    )
    auditing.record(
        session, "board.printed", f"{unit} {chosen:%d/%m/%Y}", by=person.person_id, at=at
    )
    db.session.commit()
    return page


@pages.post("/bang-cong-khai.csv")
@permission(Permission.READ_BOARD)
def export() -> Response:
    """Answer the day as a table to take away; that it was taken is written down, as a print is."""
    session, person = db.session(), viewer()
    unit_id, unit, _ = _unit()
    chosen = _day(board.span(session, person), calendar.days(session))
    lines = board.lines(session, unit_id, chosen)
    table = downloads.table(f"bảng công khai {unit} {chosen}", _HEADS, map(_cells, lines))
    auditing.record(
        session, "board.exported", f"{unit} {chosen:%d/%m/%Y}", by=person.person_id, at=clock.now()
    )
    db.session.commit()
    return table


@pages.get("/bang-cong-khai/thang")
@permission(Permission.READ_BOARD)
def month() -> str:
    """Show a month in sums, from when its days are no longer read one by one."""
    unit_id, unit, choices = _unit()
    months = board.span(db.session(), viewer()).months()
    chosen = asked.month("thang", default=months[0])
    if chosen not in months:
        raise NotFound("Tháng này chưa xem theo tổng được. Hãy chọn một tháng trong danh sách.")
    return render_template(
        "board/month.html",
        unit_id=unit_id,
        unit=unit,
        choices=choices,
        months=months,
        chosen=chosen,
        rows=board.month_sums(db.session(), unit_id, chosen),
        printed_at=clock.now(),
    )


@pages.post("/bang-cong-khai/dong/<key:line_id>/y-kien")
@permission(Permission.ASK_ON_BOARD)
def ask(line_id: int) -> ResponseReturnValue:
    form, person = WordsForm(), viewer()
    if not form.validate():
        raise Invalid(form.refusals[0][1], field="text")
    questioning.ask(db.session(), line_id, form.text.value or "", by=person, at=clock.now())
    flash("Đã gửi ý kiến. Người ghi dòng này không thấy tên bạn; ai đánh giá người ấy thì thấy.")
    db.session.commit()
    return redirect(_back(), 303)


@pages.post("/bang-cong-khai/y-kien/<key:question_id>")
@permission(Permission.LOG_OWN_DAY)
def answer(question_id: int) -> ResponseReturnValue:
    form = WordsForm()
    if not form.validate():
        raise Invalid(form.refusals[0][1], field="text")
    questioning.answer(
        db.session(), question_id, form.text.value or "", by=viewer(), at=clock.now()
    )
    flash("Đã gửi trả lời.")
    db.session.commit()
    return redirect(_back(), 303)


def _content(unit_id: int, chosen: date, kinds: Mapping[date, DayKind]) -> dict[str, object]:
    session = db.session()
    return {
        "lines": board.lines(session, unit_id, chosen),
        "silent": board.without_lines(session, unit_id, chosen),
        "working": is_working_day(chosen, kinds),
    }


def _cells(line: BoardLine) -> tuple[object, ...]:
    told = (None, None) if line.restricted else (line.product, line.quantity)
    return (
        *(line.person, line.position, line.work, *told, hours(line.minutes)),
        *("có" if each else "" for each in (line.overtime, line.backfilled)),
    )


def _unit() -> tuple[int, str, Sequence[tuple[int, str]]]:
    """Give the unit asked for, by default the first whose board the person reads."""
    choices = board.units(db.session(), viewer())
    if not choices:
        raise NotFound("Bạn chưa thuộc đơn vị nào nên chưa có bảng công khai để xem.")
    chosen = asked.key("don-vi", label="Đơn vị") or choices[0][0]
    found = [name for unit_id, name in choices if unit_id == chosen]
    if not found:
        raise NotFound("Không tìm thấy nội dung này.")
    return chosen, found[0], choices


def _day(days: Span, kinds: Mapping[date, DayKind]) -> date:
    chosen = asked.day("ngay", default=days.opening(kinds))
    if chosen not in days:
        message = (
            f"Bảng công khai có chi tiết từ {days.first:%d/%m/%Y} đến {days.last:%d/%m/%Y}; "
            "ngày khác chỉ còn tổng theo tháng."
        )
        raise NotFound(message)
    return chosen


def _back() -> str:
    """Give the board that the question was asked on."""
    kept = urlencode({name: request.args[name] for name in _KEPT if name in request.args})
    return f"{url_for('board.day')}?{kept}" if kept else url_for("board.day")
