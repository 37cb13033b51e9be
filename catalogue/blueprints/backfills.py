"""Filling in days past the window: asking for consent, and answering as who judges the person."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock, downloads
from catalogue.blueprints.filters import day
from catalogue.blueprints.guard import permission, viewer
from catalogue.blueprints.links import path_before
from catalogue.domain.errors import CatalogueError, Conflict, Invalid, NotFound
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.forms.backfills import AnswerForm, BackfillForm
from catalogue.forms.base import Form
from catalogue.queries import backfills as found
from catalogue.queries.backfills import Listed, Wanted
from catalogue.services import backfills

pages = Blueprint("backfills", __name__)


@pages.get("/ghi-bu")
@permission(Permission.LOG_OWN_DAY)
def index() -> str:
    """List requests; a day that is asked for stands in the form already."""
    chosen = asked.day("ngay", default=clock.today()) if "ngay" in request.args else None
    return _page(BackfillForm(formdata=None, data={"first": chosen, "last": chosen}))


@pages.get("/ghi-bu.csv")
@permission(Permission.LOG_OWN_DAY)
def export() -> Response:
    heads = (
        *("Họ và tên", "Từ ngày", "Đến hết ngày", "Lý do", "Kết quả"),
        *("Được ghi đến hết ngày", "Người trả lời", "Trả lời"),
    )
    rows = (
        (
            each.person,
            day(each.first),
            day(each.last),
            each.reason,
            _outcome(each),
            day(each.open_until) if each.open_until else "",
            each.decided_by,
            each.answer,
        )
        for each in found.listed(db.session(), _wanted())
    )
    return downloads.table("ghi bù", heads, rows)


@pages.post("/ghi-bu")
@permission(Permission.LOG_OWN_DAY)
def ask() -> ResponseReturnValue:
    form, person = BackfillForm(), viewer()
    if not form.validate() or form.first.value is None or form.last.value is None:
        return _page(form), 422
    try:
        backfills.ask(
            db.session(),
            form.first.value,
            form.last.value,
            form.reason.value or "",
            today=clock.today(),
            by=person.person_id,
            at=clock.now(),
        )
    except (Invalid, Conflict) as refusal:
        _refuse(form, refusal)
        return _page(form), 422
    flash("Đã gửi đề nghị ghi bù cho người đánh giá của bạn.")
    db.session.commit()
    return redirect(url_for("backfills.index"), 303)


@pages.get("/ghi-bu/<key:consent_id>")
@permission(Permission.LOG_OWN_DAY)
def show(consent_id: int) -> str:
    return _one_page(consent_id, AnswerForm(formdata=None))


@pages.post("/ghi-bu/<key:consent_id>")
@permission(Permission.JUDGE_WORK)
def decide(consent_id: int) -> ResponseReturnValue:
    """Grant until a day, or refuse."""
    form = AnswerForm()
    if not form.validate():
        return _one_page(consent_id, form), 422
    try:
        backfills.decide(
            db.session(),
            consent_id,
            viewer(),
            open_until=form.open_until.value,
            answer=form.answer.value or "",
            at=clock.now(),
        )
    except (Invalid, Conflict) as refusal:
        _refuse(form, refusal)
        return _one_page(consent_id, form), 422
    flash("Đã trả lời đề nghị ghi bù.")
    db.session.commit()
    return redirect(url_for("backfills.index"), 303)


def _refuse(form: Form, refusal: CatalogueError) -> None:
    db.session.rollback()
    form.refuse(refusal if isinstance(refusal, Invalid) else Invalid(str(refusal)))


def _page(form: BackfillForm) -> str:
    session, wanted = db.session(), _wanted()
    paging = asked.paging(found.count(session, wanted))
    rows = found.listed(session, wanted, offset=paging.offset, limit=asked.ROWS_A_PAGE)
    return render_template(
        "backfills/index.html",
        form=form,
        wanted=wanted,
        paging=paging,
        rows=[(each, _outcome(each)) for each in rows],
        path=path_before("backfills.show", "consent_id"),
        query={name: text for name, text in request.args.items() if name != "trang"},
    )


def _one_page(consent_id: int, form: AnswerForm) -> str:
    session, person = db.session(), viewer()
    judged = found.judged(session, person)
    each = found.one(session, consent_id, {person.person_id, *judged})
    if each is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return render_template(
        "backfills/show.html",
        each=each,
        outcome=_outcome(each),
        decides=each.granted is None and each.person_id in judged,
        form=form,
    )


def _outcome(each: Listed) -> str:
    if each.granted is None:
        return "Chờ trả lời"
    return "Đồng ý" if each.granted else "Không đồng ý"


def _wanted() -> Wanted:
    """Take one's own requests, and those of whom one judges; only waiting ones where asked."""
    person, waiting = viewer(), request.args.get("cho") == "1"
    return Wanted({person.person_id, *found.judged(db.session(), person)}, waiting)
