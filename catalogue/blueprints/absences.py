"""Absences: one's own, and those of the people of one's units; by kind, without a reason."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock, downloads
from catalogue.blueprints.filters import day
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.absences import AbsenceKind
from catalogue.domain.errors import CatalogueError, Conflict, Invalid, NotFound
from catalogue.domain.hours import Month
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.forms.absences import AbsenceForm
from catalogue.queries import absences as found
from catalogue.queries.absences import Wanted
from catalogue.services import absences

pages = Blueprint("absences", __name__)

_NOT_FOUND = "Không tìm thấy nội dung này."
_KINDS = [(kind.value, kind.label) for kind in AbsenceKind]


@pages.get("/vang-mat")
@permission(Permission.LOG_OWN_DAY)
def index() -> str:
    """List absences; a day that is asked for stands in the form already."""
    chosen = asked.day("ngay", default=clock.today()) if "ngay" in request.args else None
    return _page(AbsenceForm(formdata=None, data={"first": chosen, "last": chosen}))


@pages.get("/vang-mat.csv")
@permission(Permission.LOG_OWN_DAY)
def export() -> Response:
    heads = ("Họ và tên", "Loại", "Từ ngày", "Đến hết ngày", "Nửa ngày", "Người ghi", "Đã rút")
    rows = (
        (
            each.person,
            each.kind.label,
            day(each.first),
            day(each.last),
            "có" if each.half else "",
            each.entered_by,
            "có" if each.withdrawn_at else "",
        )
        for each in found.listed(db.session(), _wanted(), viewer())
    )
    return downloads.table("vắng mặt", heads, rows)


@pages.post("/vang-mat")
@permission(Permission.LOG_OWN_DAY)
def enter() -> ResponseReturnValue:
    form, person = AbsenceForm(), viewer()
    if not form.validate():
        return _page(form), 422
    whose = form.person.value or person.person_id
    if whose != person.person_id and whose not in dict(found.people(db.session(), person)):
        raise NotFound(_NOT_FOUND)
    kind, first, last = form.away()
    try:
        absences.enter(
            db.session(),
            whose,
            kind,
            first,
            last,
            half=form.half.data,
            by=person.person_id,
            at=clock.now(),
        )
    except (Invalid, Conflict) as refusal:
        return _refused(form, refusal)
    flash("Đã ghi vắng mặt.")
    db.session.commit()
    return redirect(url_for("absences.index"), 303)


@pages.post("/vang-mat/<key:absence_id>/rut")
@permission(Permission.LOG_OWN_DAY)
def withdraw(absence_id: int) -> ResponseReturnValue:
    """Take an absence back; it stays in the list of withdrawn ones."""
    if not found.is_seen(db.session(), absence_id, viewer()):
        raise NotFound(_NOT_FOUND)
    absences.withdraw(db.session(), absence_id, by=viewer().person_id, at=clock.now())
    flash("Đã rút lần vắng mặt.")
    db.session.commit()
    return redirect(url_for("absences.index"), 303)


def _refused(form: AbsenceForm, refusal: CatalogueError) -> tuple[str, int]:
    db.session.rollback()
    form.refuse(refusal if isinstance(refusal, Invalid) else Invalid(str(refusal)))
    return _page(form), 422


def _page(form: AbsenceForm) -> str:
    session, person, wanted = db.session(), viewer(), _wanted()
    paging = asked.paging(found.count(session, wanted, person))
    keeps = person.may(Permission.KEEP_ABSENCES)
    return render_template(
        "absences/index.html",
        form=form,
        wanted=wanted,
        paging=paging,
        rows=found.listed(session, wanted, person, offset=paging.offset, limit=asked.ROWS_A_PAGE),
        people=found.people(session, person) if keeps else (),
        keeps=keeps,
        kinds=_KINDS,
        query={name: text for name, text in request.args.items() if name != "trang"},
    )


def _wanted() -> Wanted:
    month = asked.month("thang", default=Month.of(clock.today()))
    return Wanted(
        mine=not viewer().may(Permission.KEEP_ABSENCES),
        text=asked.text("tim", label="Tìm"),
        month=month if request.args.get("thang") else None,
        kind=asked.word("loai", AbsenceKind, label="Loại"),
        withdrawn=request.args.get("ca-da-rut") == "1",
    )
