"""The cross-walk from former to official positions, holders' choices, and hours along it."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock, downloads
from catalogue.blueprints.filters import day, hours
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.errors import Invalid, NotFound
from catalogue.domain.hours import Month
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.forms.issuing import ChoiceForm
from catalogue.queries import hours_by_position, successions, successor_choices
from catalogue.queries.hours_by_position import PositionHours
from catalogue.services import succeeding

pages = Blueprint("successions", __name__)


@pages.get("/chuyen-doi")
@permission(Permission.READ_CATALOGUE)
def index() -> str:
    return _page(ChoiceForm(formdata=None), None)


@pages.get("/chuyen-doi.csv")
@permission(Permission.READ_CATALOGUE)
def export() -> Response:
    heads = ("Vị trí trước đây", "Vị trí chính thức", "Loại", "Từ ngày", "Đến ngày", "Quyết định")
    session, person = db.session(), viewer()
    renamed = (
        (each.former, each.name, "Đổi tên", day(each.valid_from), "", each.document)
        for each in successions.renamings(session, person)
    )
    steps = (
        (
            each.former,
            each.successor,
            each.kind.label,
            day(each.valid_from),
            day(each.valid_to) if each.valid_to else "",
            each.document,
        )
        for each in successions.steps(session, person)
    )
    return downloads.table("bảng chuyển đổi vị trí", heads, (*steps, *renamed))


@pages.post("/chuyen-doi/<key:assignment_id>")
@permission(Permission.CHOOSE_SUCCESSOR)
def choose(assignment_id: int) -> ResponseReturnValue:
    """Write in which part of a split position its holder goes on."""
    session, person, form = db.session(), viewer(), ChoiceForm()
    if not successor_choices.may_choose(session, assignment_id, person):
        raise NotFound("Không tìm thấy nội dung này.")
    if not form.validate():
        return _page(form, assignment_id), 422
    try:
        succeeding.choose(
            session,
            assignment_id,
            form.succession.value or 0,
            on=person.on,
            by=person.person_id,
            at=clock.now(),
        )
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(form, assignment_id), 422
    flash("Đã ghi vị trí tiếp theo. Giờ đã ghi trước đây được tính theo vị trí này.")
    db.session.commit()
    return redirect(url_for("successions.index") + f"#nguoi-{assignment_id}", 303)


@pages.get("/gio/theo-vi-tri")
@permission(Permission.READ_HOURS)
def hours_index() -> str:
    month = _asked_month()
    rows = _hours(month)
    return render_template(
        "successions/hours.html",
        month=month,
        rows=rows,
        minutes=sum(row.minutes for row in rows),
    )


@pages.get("/gio/theo-vi-tri.csv")
@permission(Permission.READ_HOURS)
def hours_export() -> Response:
    month = _asked_month()
    heads = ("Vị trí chính thức", "Cơ quan", "Số người", "Số phút", "Giờ", "Ghi chú")
    rows = (
        (
            row.name,
            row.agency,
            row.people,
            row.minutes,
            hours(row.minutes),
            "chưa chọn vị trí tiếp theo" if row.undecided else "",
        )
        for row in _hours(month)
    )
    return downloads.table(f"giờ theo vị trí {month}", heads, rows)


def _page(form: ChoiceForm, refused: int | None) -> str:
    session, person = db.session(), viewer()
    may_choose = person.may(Permission.CHOOSE_SUCCESSOR)
    return render_template(
        "successions/index.html",
        steps=successions.steps(session, person),
        renamings=successions.renamings(session, person),
        holders=successor_choices.holders(session, person) if may_choose else (),
        may_choose=may_choose,
        form=form,
        refused=refused,
    )


def _asked_month() -> Month:
    return asked.month("thang", default=Month.of(clock.today()))


def _hours(month: Month) -> list[PositionHours]:
    return list(
        hours_by_position.of_period(
            db.session(), month.first, month.last, viewer(), as_of=clock.today()
        )
    )
