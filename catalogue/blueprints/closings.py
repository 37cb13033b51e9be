"""Closing months: what each unit still lacks, who closed it and when, and closing itself."""

from collections import Counter
from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock, confirming, downloads
from catalogue.blueprints.filters import day
from catalogue.blueprints.guard import permission, viewer
from catalogue.blueprints.links import path_before
from catalogue.domain.closing import Lacking
from catalogue.domain.errors import CatalogueError, Conflict, Invalid, NotAllowed, NotFound
from catalogue.domain.hours import Month
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.forms.closing import ClosingForm
from catalogue.queries import closings, month_lacks
from catalogue.queries.closings import UnitClosing
from catalogue.services import closing_months

pages = Blueprint("closings", __name__)

_MONTHS_BACK = 15
_HEADS = (
    *("Đơn vị", "Họ và tên", "Ngày làm việc chưa ghi", "Dòng chờ gắn"),
    *("Dòng chưa đánh giá", "Dòng của việc nhiều ngày chưa đánh giá"),
    *("Việc đã nộp chưa đánh giá", "Ý kiến chưa giải quyết"),
)


@pages.get("/khoa-thang")
@permission(Permission.READ_HOURS)
def index() -> str:
    return _page(_asked_month(), ClosingForm(formdata=None))


@pages.post("/khoa-thang")
@permission(Permission.CLOSE_MONTH)
def close_all() -> ResponseReturnValue:
    """Close the month of every unit that has not closed it."""
    confirming.require()
    if viewer().units(Permission.CLOSE_MONTH) is not None:
        raise NotAllowed("Chỉ cán bộ tổ chức cấp tỉnh khóa tháng cho toàn tỉnh.")
    month, form = _asked_month(), ClosingForm()
    try:
        closed = closing_months.close_all(
            db.session(),
            month,
            acknowledged=form.acknowledged.data,
            today=clock.today(),
            by=viewer().person_id,
            at=clock.now(),
        )
    except Conflict as refusal:
        _refuse(form, refusal)
        return _page(month, form), 422
    flash(f"Đã khóa {month.label} của {len(closed)} đơn vị.")
    db.session.commit()
    return redirect(url_for("closings.index", thang=month), 303)


@pages.get("/khoa-thang.csv")
@permission(Permission.READ_HOURS)
def export() -> Response:
    month = _asked_month()
    units = {each.unit_id: each.unit for each in _units(month)}
    return _table(f"còn thiếu {month}", units, _lacking(month, list(units)))


@pages.get("/khoa-thang/<key:unit_id>")
@permission(Permission.READ_HOURS)
def of_unit(unit_id: int) -> str:
    return _unit_page(unit_id, _asked_month(), ClosingForm(formdata=None))


@pages.post("/khoa-thang/<key:unit_id>")
@permission(Permission.CLOSE_MONTH)
def close(unit_id: int) -> ResponseReturnValue:
    """Close the month of one unit."""
    confirming.require()
    month, form = _asked_month(), ClosingForm()
    _unit(unit_id, month)
    if not _may_close(unit_id):
        raise NotAllowed("Thủ trưởng của đơn vị báo cáo mới khóa tháng được.")
    try:
        closing_months.close_unit(
            db.session(),
            unit_id,
            month,
            acknowledged=form.acknowledged.data,
            today=clock.today(),
            by=viewer().person_id,
            at=clock.now(),
        )
    except Conflict as refusal:
        _refuse(form, refusal)
        return _unit_page(unit_id, month, form), 422
    flash(f"Đã khóa {month.label}.")
    db.session.commit()
    return redirect(url_for("closings.of_unit", unit_id=unit_id, thang=month), 303)


@pages.get("/khoa-thang/<key:unit_id>.csv")
@permission(Permission.READ_HOURS)
def export_unit(unit_id: int) -> Response:
    month = _asked_month()
    unit = _unit(unit_id, month).unit
    return _table(f"còn thiếu {unit} {month}", {unit_id: unit}, _lacking(month, [unit_id]))


def _page(month: Month, form: ClosingForm) -> str:
    units = _units(month)
    opened = [each.unit_id for each in units if each.closed_at is None]
    lacking = _lacking(month, opened)
    return render_template(
        "closings/index.html",
        month=month,
        months=_months(),
        units=units,
        lacking=Counter(each.unit_id for each in lacking),
        opened=len(opened),
        over=clock.today() > month.last,
        unit_path=path_before("closings.of_unit", "unit_id"),
        closes_all=viewer().may(Permission.CLOSE_MONTH)
        and viewer().units(Permission.CLOSE_MONTH) is None,
        form=form,
    )


def _unit_page(unit_id: int, month: Month, form: ClosingForm) -> str:
    unit = _unit(unit_id, month)
    lacking = [] if unit.closed_at else _lacking(month, [unit_id])
    paging = asked.paging(len(lacking))
    return render_template(
        "closings/of_unit.html",
        month=month,
        months=_months(),
        unit=unit,
        paging=paging,
        rows=lacking[paging.offset : paging.offset + asked.ROWS_A_PAGE],
        over=clock.today() > month.last,
        closes=unit.closed_at is None and _may_close(unit_id),
        form=form,
    )


def _refuse(form: ClosingForm, refusal: CatalogueError) -> None:
    db.session.rollback()
    form.refuse(Invalid(str(refusal)))


def _asked_month() -> Month:
    """Give the month asked for, by default the last one that is over."""
    return asked.month("thang", default=Month.of(clock.today()).previous)


def _months() -> list[Month]:
    months = [Month.of(clock.today())]
    while len(months) < _MONTHS_BACK:
        months.append(months[-1].previous)
    return months


def _units(month: Month) -> Sequence[UnitClosing]:
    return closings.of_month(db.session(), month, viewer())


def _unit(unit_id: int, month: Month) -> UnitClosing:
    for each in _units(month):
        if each.unit_id == unit_id:
            return each
    raise NotFound("Không tìm thấy nội dung này.")


def _may_close(unit_id: int) -> bool:
    units = viewer().units(Permission.CLOSE_MONTH) if viewer().may(Permission.CLOSE_MONTH) else ()
    return units is None or unit_id in units


def _lacking(month: Month, units: Sequence[int]) -> list[Lacking]:
    return month_lacks.lacking(db.session(), month, units, today=clock.today())


def _table(name: str, units: dict[int, str], lacking: Sequence[Lacking]) -> Response:
    rows = (
        (
            units[each.unit_id],
            each.person,
            ", ".join(day(empty) for empty in each.empty),
            each.waiting,
            each.unjudged,
            each.of_work,
            each.handed_in,
            each.objections,
        )
        for each in lacking
    )
    return downloads.table(name, _HEADS, rows)
