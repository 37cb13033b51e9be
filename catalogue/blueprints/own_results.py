"""My results: my hours against my own standard, what the head said of each product, objecting."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock, downloads
from catalogue.blueprints.filters import day, hours
from catalogue.blueprints.guard import permission, viewer
from catalogue.blueprints.links import path_before
from catalogue.domain.errors import Invalid, NotFound
from catalogue.domain.hours import Month, months_between
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.forms.judging import ObjectForm
from catalogue.queries import own_months, own_results
from catalogue.queries.own_results import OwnResult, Standing
from catalogue.services import objecting

pages = Blueprint("own_results", __name__)

_MONTHS_BACK = 24


@pages.get("/ket-qua-cua-toi")
@permission(Permission.LOG_OWN_DAY)
def index() -> str:
    session, person_id, month = db.session(), viewer().person_id, _month()
    standing = _standing()
    paging = asked.paging(own_results.count(session, person_id, month, standing))
    return render_template(
        "own_results/index.html",
        month=month,
        months=_months(),
        standing=standing,
        standings=[(each.value, each.label) for each in Standing],
        own=own_months.of_person(session, person_id, month),
        paging=paging,
        lines=own_results.lines(
            session, person_id, month, standing, offset=paging.offset, limit=asked.ROWS_A_PAGE
        ),
        items=own_results.work_items(session, person_id, month),
        query={"thang": month} | ({"danh-gia": standing.value} if standing else {}),
        line_path=path_before("lines.show", "line_id"),
    )


@pages.get("/ket-qua-cua-toi.csv")
@permission(Permission.LOG_OWN_DAY)
def export() -> Response:
    month, person_id = _month(), viewer().person_id
    heads = (
        *("Ngày", "Công việc", "Sản phẩm", "Số lượng", "Giờ", "Đánh giá", "Lý do"),
        *("Người đánh giá", "Ý kiến của tôi", "Kết quả ý kiến", "Trả lời"),
    )
    found = (
        *own_results.lines(db.session(), person_id, month, _standing()),
        *own_results.work_items(db.session(), person_id, month),
    )
    rows = (
        (
            *(day(each.day), each.work, each.product, each.quantity),
            "" if each.minutes is None else hours(each.minutes),
            *(each.verdict.label if each.verdict else "", each.reason, each.judge),
            *(each.objection, each.outcome.label if each.outcome else "", each.answer),
        )
        for each in found
    )
    return downloads.table(f"kết quả của tôi {month}", heads, rows)


@pages.get("/ket-qua-cua-toi/y-kien/<key:judgement_id>")
@permission(Permission.LOG_OWN_DAY)
def objection(judgement_id: int) -> str:
    return _page(judgement_id, ObjectForm(formdata=None))


@pages.post("/ket-qua-cua-toi/y-kien/<key:judgement_id>")
@permission(Permission.LOG_OWN_DAY)
def object_to(judgement_id: int) -> ResponseReturnValue:
    """Send an objection one level above who judged."""
    form, session = ObjectForm(), db.session()
    if not form.validate():
        return _page(judgement_id, form), 422
    try:
        objecting.object_to(
            session,
            judgement_id,
            form.text.value or "",
            today=clock.today(),
            by=viewer().person_id,
            at=clock.now(),
        )
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(judgement_id, form), 422
    month = Month.of(_own(judgement_id).day)
    flash("Đã gửi ý kiến lên cấp trên của người đánh giá. Kết quả hiện ở trang này.")
    db.session.commit()
    return redirect(url_for("own_results.index", thang=month), 303)


def _month() -> Month:
    return asked.month("thang", default=Month.of(clock.today()))


def _months() -> list[Month]:
    last = Month.of(clock.today())
    return months_between(Month(last.year - _MONTHS_BACK // 12, last.number), last)[::-1]


def _standing() -> Standing | None:
    return asked.word("danh-gia", Standing, label="Đánh giá")


def _own(judgement_id: int) -> OwnResult:
    found = own_results.of_judgement(db.session(), judgement_id, viewer().person_id)
    if found is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return found


def _page(judgement_id: int, form: ObjectForm) -> str:
    return render_template(
        "own_results/objection.html",
        each=_own(judgement_id),
        form=form,
    )
