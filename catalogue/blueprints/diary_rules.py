"""The diary's limits with their dates and bases, and the headings of its spreadsheets."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import clock, confirming, downloads
from catalogue.blueprints.filters import day
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.day_rules import DiaryLimit
from catalogue.domain.diary_columns import DiaryColumn
from catalogue.domain.errors import CatalogueError, Conflict, Invalid
from catalogue.domain.roles import Permission
from catalogue.domain.words import TaskKind
from catalogue.extensions import db
from catalogue.forms.base import Form
from catalogue.forms.diary_rules import HeadingForm, LimitForm
from catalogue.queries import diary_limits
from catalogue.services import diary_rules
from catalogue.services.diary_rules import Limited

pages = Blueprint("diary_rules", __name__)

_LIMITS = [(limit.value, limit.label) for limit in DiaryLimit]
_KINDS = [(kind.value, kind.label) for kind in TaskKind if kind is not TaskKind.PRODUCT]
_COLUMNS = [(column.value, column.label) for column in DiaryColumn]


@pages.get("/gioi-han-nhat-ky")
@permission(Permission.READ_CALENDAR)
def index() -> str:
    return _page()


@pages.get("/gioi-han-nhat-ky.csv")
@permission(Permission.READ_CALENDAR)
def export() -> Response:
    heads = ("Giới hạn", "Loại việc", "Giá trị", "Từ ngày", "Đến ngày", "Căn cứ")
    rows = (
        (
            rule.limit.label,
            rule.kind.label if rule.kind else "",
            rule.value,
            day(rule.valid_from),
            day(rule.valid_to) if rule.valid_to else "",
            rule.basis,
        )
        for rule in diary_limits.history(db.session())
    )
    return downloads.table("giới hạn nhật ký", heads, rows)


@pages.post("/gioi-han-nhat-ky")
@permission(Permission.KEEP_DIARY_RULES)
def set_limit() -> ResponseReturnValue:
    """Set a limit from a day on; history stays."""
    confirming.require()
    form, person = LimitForm(), viewer()
    if not form.validate():
        return _page(form=form), 422
    try:
        diary_rules.set_limit(
            db.session(),
            Limited(*form.limited()),
            by=person.person_id,
            at=clock.now(),
            today=person.on,
        )
    except Invalid as refusal:
        _refuse(form, refusal)
        return _page(form=form), 422
    flash("Đã ghi giới hạn mới.")
    db.session.commit()
    return redirect(url_for("diary_rules.index"), 303)


@pages.post("/gioi-han-nhat-ky/cot")
@permission(Permission.KEEP_CALENDAR)
def add_heading() -> ResponseReturnValue:
    """Let a column be known by one more heading."""
    form = HeadingForm()
    if not form.validate() or form.column.value is None:
        return _page(heading_form=form), 422
    try:
        diary_rules.add_heading(
            db.session(),
            form.column.value,
            form.heading.value or "",
            form.heading_basis.value or "",
            by=viewer().person_id,
            at=clock.now(),
        )
    except (Invalid, Conflict) as refusal:
        _refuse(form, refusal)
        return _page(heading_form=form), 422
    flash("Đã thêm tiêu đề cột.")
    db.session.commit()
    return redirect(url_for("diary_rules.index"), 303)


def _refuse(form: Form, refusal: CatalogueError) -> None:
    db.session.rollback()
    form.refuse(refusal if isinstance(refusal, Invalid) else Invalid(str(refusal)))


def _page(*, form: LimitForm | None = None, heading_form: HeadingForm | None = None) -> str:
    session, person = db.session(), viewer()
    return render_template(
        "diary_rules/index.html",
        rules=diary_limits.history(session),
        headings=diary_limits.headings(session),
        sets=person.may(Permission.KEEP_DIARY_RULES),
        adds=person.may(Permission.KEEP_CALENDAR),
        limits=_LIMITS,
        kinds=_KINDS,
        columns=_COLUMNS,
        form=form or LimitForm(formdata=None),
        heading_form=heading_form or HeadingForm(formdata=None),
        today=person.on,
    )
