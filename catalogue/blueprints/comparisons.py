"""The catalogue on any day, to see and to take away, and the difference between two days."""

import json as plain
from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template

from catalogue.blueprints import asked, clock, downloads
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain import as_of as records
from catalogue.domain.roles import Permission
from catalogue.exporters import workbook as workbooks
from catalogue.extensions import db
from catalogue.queries import as_of, catalogue, comparisons, issued, provenance

pages = Blueprint("comparisons", __name__)


@pages.get("/danh-muc/ngay")
@permission(Permission.READ_CATALOGUE)
def day() -> str:
    chosen, agency_id = _asked_day("ngay"), _agency_id()
    session = db.session()
    return render_template(
        "comparisons/day.html",
        chosen=chosen,
        rows=as_of.rows(session, chosen, viewer(), agency_id=agency_id),
        awaiting=issued.awaiting(session),
        agencies=_agencies(),
        agency_id=agency_id,
        query=_query(ngay=chosen),
    )


@pages.get("/danh-muc/ngay.xlsx")
@permission(Permission.READ_CATALOGUE)
def workbook() -> Response:
    chosen = _asked_day("ngay")
    content = workbooks.write(f"Danh mục {chosen:%d-%m-%Y}", records.HEADS, _sheet(chosen))
    return downloads.workbook(content, f"danh mục {chosen:%Y-%m-%d}")


@pages.get("/danh-muc/ngay.csv")
@permission(Permission.READ_CATALOGUE)
def sheet() -> Response:
    chosen = _asked_day("ngay")
    return downloads.table(f"danh mục {chosen:%Y-%m-%d}", records.HEADS, _sheet(chosen))


@pages.get("/danh-muc/ngay.json")
@permission(Permission.READ_CATALOGUE)
def json() -> Response:
    """Give the day's catalogue with the provenance of every row."""
    chosen, agency_id, person = _asked_day("ngay"), _agency_id(), viewer()
    session = db.session()
    laid_out = records.as_json(
        as_of.rows(session, chosen, person, agency_id=agency_id),
        on=chosen,
        origins=as_of.origins(session, chosen, person, agency_id=agency_id),
        decisions=provenance.brought(session),
    )
    content = plain.dumps(laid_out, ensure_ascii=False, indent=1).encode()
    name = _file_name(chosen, ".json")
    return downloads.attachment(content, name, "application/json; charset=utf-8")


@pages.get("/danh-muc/so-sanh")
@permission(Permission.READ_CATALOGUE)
def compare() -> str:
    first, second, agency_id = _asked_day("tu"), _asked_day("den"), _agency_id()
    return render_template(
        "comparisons/compare.html",
        first=first,
        second=second,
        compared=comparisons.between(db.session(), first, second, viewer(), agency_id=agency_id),
        agencies=_agencies(),
        agency_id=agency_id,
        query=_query(tu=first, den=second),
    )


@pages.get("/danh-muc/so-sanh.csv")
@permission(Permission.READ_CATALOGUE)
def compared_sheet() -> Response:
    first, second = _asked_day("tu"), _asked_day("den")
    compared = comparisons.between(db.session(), first, second, viewer(), agency_id=_agency_id())
    heads = ("Thay đổi", "Cơ quan", f"Ngày {first:%d/%m/%Y}", f"Ngày {second:%d/%m/%Y}")
    rows = (
        (
            "; ".join(difference.label for difference in change.differences),
            change.shown.agency,
            change.before.name if change.before else None,
            change.after.name if change.after else None,
            "; ".join(change.neighbours),
            *_decided(change.decision),
        )
        for change in compared.changes
    )
    about = ("Từ hoặc thành vị trí", "Quyết định", "Hiệu lực từ", "Người ban hành", "Lý do")
    return downloads.table("so sánh danh mục", (*heads, *about), rows)


def _decided(decision: records.Decision | None) -> tuple[str, ...]:
    if decision is None:
        return ("", "", "", "")
    from_day = f"{decision.effective_from:%d/%m/%Y}"
    return decision.document, from_day, decision.issued_by, decision.why


def _sheet(chosen: date) -> list[tuple[str | int | None, ...]]:
    rows = as_of.rows(db.session(), chosen, viewer(), agency_id=_agency_id())
    awaiting = issued.awaiting(db.session())
    return [records.cells(place, row, awaiting) for place, row in enumerate(rows, start=1)]


def _asked_day(name: str) -> date:
    return asked.day(name, default=clock.today())


def _agency_id() -> int | None:
    return asked.key("co-quan", label="Cơ quan")


def _agencies() -> list[tuple[int, str]]:
    return [(each.agency_id, each.name) for each in catalogue.agencies(db.session())]


def _query(**days: date) -> dict[str, Any]:
    """Give what a link needs to ask for the same days and agency again."""
    agency_id = _agency_id()
    return dict(days) | ({"co-quan": agency_id} if agency_id else {})


def _file_name(chosen: date, suffix: str) -> str:
    return downloads.file_name(f"danh mục {chosen:%Y-%m-%d}", suffix=suffix)
