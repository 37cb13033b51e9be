"""The working calendar by year: its days with their sources, and keeping it."""

from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock, downloads
from catalogue.blueprints.filters import day
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.days import FIRST, LAST, parse_day
from catalogue.domain.errors import CatalogueError, Conflict, Invalid, UnreadableFile
from catalogue.domain.hours import Month
from catalogue.domain.limits import UPLOAD_BYTES
from catalogue.domain.problems import Problem
from catalogue.domain.roles import Permission
from catalogue.domain.words import DayKind
from catalogue.domain.working_calendar import counts
from catalogue.extensions import db
from catalogue.forms.base import Form
from catalogue.forms.calendars import DayForm, YearForm
from catalogue.importers import calendar_days, refusals
from catalogue.queries import calendar, closings
from catalogue.services import calendars

pages = Blueprint("working_calendars", __name__)

_KINDS = [(kind.value, kind.label) for kind in DayKind if kind is not DayKind.MADE_UP]

# A day's own name in the address, which names nothing twice.
_MARKED = "bo-"


@pages.get("/lich-lam-viec")
@permission(Permission.READ_CALENDAR)
def index() -> str:
    return _page(_asked_year())


@pages.get("/lich-lam-viec.csv")
@permission(Permission.READ_CALENDAR)
def export() -> Response:
    """Give the year as the import takes it."""
    year = _asked_year()
    rows = (
        (day(each.day), each.kind.label, each.source)
        for each in calendar.of_year(db.session(), year)
    )
    return downloads.table(f"lịch làm việc {year}", ("Ngày", "Loại", "Căn cứ"), rows)


@pages.post("/lich-lam-viec")
@permission(Permission.KEEP_CALENDAR)
def set_day() -> ResponseReturnValue:
    """Add a day, or change what one is."""
    form, year = DayForm(), _asked_year()
    if not form.validate():
        return _page(year, form=form), 422
    fact = form.fact()
    try:
        calendars.set_day(
            db.session(),
            fact,
            made_up=form.made_up.value,
            by=viewer().person_id,
            at=clock.now(),
        )
    except (Invalid, Conflict) as refusal:
        _refuse(form, refusal)
        return _page(year, form=form), 422
    return _done(f"Đã ghi ngày {fact.day:%d/%m/%Y}.", fact.day.year)


@pages.get("/lich-lam-viec/bo")
@permission(Permission.KEEP_CALENDAR)
def chosen() -> str:
    """Show the marked days once more before they go: everybody's standard hours go with them."""
    names = [name for name in request.args if name.startswith(_MARKED)]
    marked = {parse_day(name.removeprefix(_MARKED), label="Ngày") for name in names}
    kinds = calendar.days(db.session())
    return render_template(
        "calendars/remove.html",
        year=_asked_year(),
        days=[(each, kinds[each]) for each in sorted(marked) if each in kinds],
    )


@pages.post("/lich-lam-viec/bo")
@permission(Permission.KEEP_CALENDAR)
def remove() -> ResponseReturnValue:
    """Take the marked days out of the calendar."""
    chosen = [parse_day(text, label="Ngày") for text in request.form.getlist("day")]
    removed = calendars.remove_days(db.session(), chosen, by=viewer().person_id, at=clock.now())
    return _done(f"Đã bỏ {removed} ngày khỏi lịch.", _asked_year())


@pages.post("/lich-lam-viec/nhap")
@permission(Permission.KEEP_CALENDAR)
def import_year() -> ResponseReturnValue:
    """Write a year from pasted lines or a .csv, all its lines or none."""
    form = YearForm()
    if not form.validate() or form.year.value is None:
        return _page(_asked_year(), year_form=form), 422
    year = form.year.value
    try:
        read = calendar_days.read(_text(form), year)
        if read.problems:
            return _page(year, year_form=form, problems=read.problems), 422
        changed = calendars.import_year(
            db.session(), read.days, by=viewer().person_id, at=clock.now()
        )
    except (Invalid, Conflict, UnreadableFile) as refusal:
        _refuse(form, refusal)
        return _page(year, year_form=form), 422
    return _done(f"Đã nhập lịch năm {year}: {changed} ngày được thêm hoặc đổi.", year)


def _done(sentence: str, year: int) -> ResponseReturnValue:
    flash(sentence)
    db.session.commit()
    return redirect(url_for("working_calendars.index", nam=year), 303)


def _text(form: YearForm) -> str:
    content = form.content
    if not content:
        return form.lines.value or ""
    name = form.file.data.filename or "lịch.csv"
    if len(content) > UPLOAD_BYTES:
        raise refusals.too_big(name, len(content))
    return calendar_days.decoded(content, name)


def _refuse(form: Form, refusal: CatalogueError) -> None:
    db.session.rollback()
    form.refuse(refusal if isinstance(refusal, Invalid) else Invalid(str(refusal)))


def _asked_year() -> int:
    year = asked.key("nam", label="Năm") or clock.today().year
    if not FIRST.year <= year <= LAST.year:
        raise Invalid(f"Năm: hãy chọn từ {FIRST.year} đến {LAST.year}.")
    return year


def _page(
    year: int,
    *,
    form: DayForm | None = None,
    year_form: YearForm | None = None,
    problems: Sequence[Problem] = (),
) -> str:
    session = db.session()
    months = [Month(year, number) for number in range(1, 13)]
    return render_template(
        "calendars/index.html",
        year=year,
        days=calendar.of_year(session, year),
        counts=counts(year, calendar.days(session)),
        months=months,
        closed=closings.closed_anywhere(session, [month.first for month in months]),
        keeps=viewer().may(Permission.KEEP_CALENDAR),
        kinds=_KINDS,
        form=form or DayForm(formdata=None),
        year_form=year_form or YearForm(formdata=None, data={"year": str(year)}),
        problems=problems,
    )
