"""Hours by unit and month, and by person of a unit."""

from collections.abc import Sequence

from flask import Blueprint, Response, render_template

from catalogue.blueprints import asked, clock, downloads, drawn
from catalogue.blueprints.filters import hours as in_hours
from catalogue.blueprints.guard import permission, viewer
from catalogue.blueprints.links import path_before
from catalogue.demonstration.printed import NOTES
from catalogue.domain.errors import NotFound
from catalogue.domain.hours import (
    Month,
    MonthlyHours,
    UnitMonth,
    combined,
    months_between,
    vietnamese_decimal,
)
from catalogue.domain.issuer import letterhead
from catalogue.domain.layout import layout_on
from catalogue.domain.roles import Permission
from catalogue.exporters import hours_report
from catalogue.extensions import db
from catalogue.queries import hours, reports, standard_hours, units

pages = Blueprint("hours", __name__)

_PERSON = drawn.once("hours/person.html", "row")
_FIRST_MONTH = Month(2024, 1)
_HEADS = (
    "Số người",
    "Số người có ghi",
    "Tổng số phút",
    "Giờ mỗi người",
    "Giờ mỗi người mỗi ngày",
    "Phần trăm giờ chuẩn",
    "Giờ chuẩn riêng",
    "Phần trăm giờ chuẩn riêng",
)


@pages.get("/gio")
@permission(Permission.READ_HOURS)
def index() -> str:
    month, person = _asked_month(), viewer()
    ranked = _ranked(month)
    return render_template(
        "hours/index.html",
        month=month,
        months=_months(),
        rows=[(*_row(each), *own) for each, own in _units_with_own(ranked, month)],
        unit_path=path_before("hours.of_unit", "unit_id"),
        whole=combined([each.hours for each in ranked]),
        parts=() if ranked else units.units(db.session(), person),
    )


@pages.get("/gio.csv")
@permission(Permission.READ_HOURS)
def export() -> Response:
    month = _asked_month()
    rows = (
        (each.unit, *_figures(each.hours), *own)
        for each, own in _units_with_own(_ranked(month), month)
    )
    return downloads.table(f"giờ theo đơn vị {month}", ("Đơn vị", *_HEADS), rows)


@pages.get("/gio/bao-cao.docx")
@permission(Permission.READ_REPORT)
def report() -> Response:
    """Print the month's report of the whole province."""
    month, today = _asked_month(), clock.today()
    demonstration = clock.fixed_day() is not None
    gathered = reports.hours_report(
        db.session(),
        [month],
        letterhead(today),
        notes=NOTES if demonstration else {},
        demonstration=demonstration,
    )
    content = hours_report.write(gathered, layout=layout_on(today))
    return downloads.word(content, "báo cáo giờ làm việc", str(month))


@pages.get("/gio/<key:unit_id>")
@permission(Permission.READ_HOURS)
def of_unit(unit_id: int) -> str:
    month, unit = _asked_month(), _unit(unit_id)
    people = _people(unit_id, month)
    return render_template(
        "hours/of_unit.html",
        month=month,
        months=_months(),
        unit_id=unit_id,
        unit=unit,
        people=drawn.rows(
            _PERSON,
            ((each.person, each.unit, each.hours, owed) for each, owed in _with_own(people, month)),
        ),
        whole=combined([each.hours for each in people]),
    )


@pages.get("/gio/<key:unit_id>.csv")
@permission(Permission.READ_HOURS)
def export_people(unit_id: int) -> Response:
    month, unit = _asked_month(), _unit(unit_id)
    rows = (
        (
            each.person,
            each.unit,
            each.hours.minutes,
            vietnamese_decimal(each.hours.hours_per_person),
            vietnamese_decimal(each.hours.hours_per_person_day),
            vietnamese_decimal(each.hours.share_of_standard),
            *_own(each.hours, owed),
        )
        for each, owed in _with_own(_people(unit_id, month), month)
    )
    heads = (
        *("Họ và tên", "Đơn vị", "Tổng số phút", "Số giờ", "Giờ mỗi ngày"),
        *("Phần trăm giờ chuẩn", "Giờ chuẩn riêng", "Phần trăm giờ chuẩn riêng"),
    )
    return downloads.table(f"giờ {unit} {month}", heads, rows)


def _asked_month() -> Month:
    """Give the month asked for, by default the last one that is over."""
    this_month = clock.today().replace(day=1)
    return asked.month("thang", default=Month.of(this_month).previous)


def _months() -> list[Month]:
    return months_between(_FIRST_MONTH, Month.of(clock.today()))[::-1]


def _ranked(month: Month) -> Sequence[UnitMonth]:
    """List the units that the person may read, those with most hours a day first."""
    scope = viewer().units(Permission.READ_HOURS)
    found = hours.by_unit(db.session(), [month], units=scope)
    return sorted(found, key=lambda each: -(each.hours.hours_per_person_day or 0))


def _people(unit_id: int, month: Month) -> Sequence[hours.PersonMonth]:
    scope = viewer().units(Permission.READ_HOURS)
    return hours.by_person(db.session(), unit_id, month, within=scope)


def _with_own(
    people: Sequence[hours.PersonMonth], month: Month
) -> list[tuple[hours.PersonMonth, int]]:
    """Put beside each person their own standard minutes: less leave, only while in office."""
    own = standard_hours.of_people(db.session(), people, month) if people else ()
    return list(zip(people, own, strict=True))


def _units_with_own(
    units: Sequence[UnitMonth], month: Month
) -> list[tuple[UnitMonth, tuple[str, str]]]:
    """Put beside each unit the own standard hours of its people."""
    own = standard_hours.of_units(db.session(), units, month) if units else ()
    return [(each, _own(each.hours, owed)) for each, owed in zip(units, own, strict=True)]


def _own(month: MonthlyHours, standard: int) -> tuple[str, str]:
    return in_hours(standard), vietnamese_decimal(month.share_of(standard))


def _row(each: UnitMonth) -> tuple[object, ...]:
    month = each.hours
    return (
        each.unit_id,
        each.unit,
        month.people,
        month.logged_people,
        vietnamese_decimal(month.hours_per_person),
        vietnamese_decimal(month.hours_per_person_day),
        vietnamese_decimal(month.share_of_standard),
        vietnamese_decimal(month.share_with_product),
    )


def _figures(month: MonthlyHours) -> tuple[object, ...]:
    return (
        month.people,
        month.logged_people,
        month.minutes,
        vietnamese_decimal(month.hours_per_person),
        vietnamese_decimal(month.hours_per_person_day),
        vietnamese_decimal(month.share_of_standard),
    )


def _unit(unit_id: int) -> str:
    name = units.counted(db.session(), unit_id, viewer())
    if name is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return name
