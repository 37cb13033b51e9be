"""Objections to judgements: what waits for the person's decision, and what came of their words."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock, downloads
from catalogue.blueprints.filters import day
from catalogue.blueprints.guard import permission, viewer
from catalogue.blueprints.links import path_before
from catalogue.domain.errors import Invalid, NotFound
from catalogue.domain.judging import Verdict
from catalogue.domain.roles import Permission
from catalogue.domain.words import LabelledWord
from catalogue.extensions import db
from catalogue.forms.judging import DecideForm
from catalogue.queries import objections
from catalogue.queries.objections import Listed, Part, Wanted
from catalogue.services import objecting
from catalogue.services.objecting import Decision

pages = Blueprint("objections", __name__)

_LAPSED = "Dòng đã được sửa, không cần giải quyết"


class Shown(LabelledWord):
    """Which objections a page shows."""

    OPEN = "cho", "Đang chờ giải quyết"
    DECIDED = "xong", "Đã giải quyết"


@pages.get("/y-kien-danh-gia")
@permission(Permission.DECIDE_OBJECTION)
def index() -> str:
    session, (text, shown) = db.session(), _filters()
    mine, wanted = objections.mine(session, viewer()), _wanted(text, shown)
    paging = asked.paging(objections.count(session, mine, wanted))
    return render_template(
        "objections/index.html",
        rows=objections.listed(
            session, mine, wanted, offset=paging.offset, limit=asked.ROWS_A_PAGE
        ),
        paging=paging,
        text=text,
        shown=shown,
        kinds=[(each.value, each.label) for each in Shown],
        query=({"tim": text} if text else {}) | ({"hien": shown.value} if shown else {}),
        standing=_standing,
        objection_path=path_before("objections.show", "objection_id"),
    )


@pages.get("/y-kien-danh-gia.csv")
@permission(Permission.DECIDE_OBJECTION)
def export() -> Response:
    heads = (
        *("Người nêu", "Đơn vị", "Ngày", "Công việc", "Sản phẩm", "Đánh giá", "Lý do"),
        *("Người đánh giá", "Ý kiến", "Kết quả", "Trả lời", "Người giải quyết"),
    )
    session = db.session()
    mine = objections.mine(session, viewer())
    rows = (
        (
            *(each.person, each.unit, day(each.day), each.work, each.product),
            *(each.verdict.label, each.reason, each.judge, each.text, _standing(each)),
            *(each.answer, each.decided_by),
        )
        for each, _ in objections.listed(session, mine, _wanted(*_filters()))
    )
    return downloads.table("ý kiến về đánh giá", heads, rows)


@pages.get("/y-kien-danh-gia/<key:objection_id>")
@permission(Permission.DECIDE_OBJECTION)
def show(objection_id: int) -> str:
    return _page(objection_id, DecideForm(formdata=None))


@pages.post("/y-kien-danh-gia/<key:objection_id>")
@permission(Permission.DECIDE_OBJECTION)
def decide(objection_id: int) -> ResponseReturnValue:
    """Keep or change the judgement; who judged and who objected both read the answer."""
    form = DecideForm()
    if not form.validate():
        return _page(objection_id, form), 422
    decision = Decision(form.answer.value or "", form.verdict.value)
    try:
        objecting.decide(db.session(), objection_id, decision, viewer(), at=clock.now())
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(objection_id, form), 422
    flash(f"Đã ghi: {decision.outcome.label.lower()}.")
    db.session.commit()
    return redirect(url_for("objections.index"), 303)


def _filters() -> tuple[str, Shown | None]:
    return asked.text("tim", label="Tìm theo tên"), asked.word("hien", Shown, label="Hiện")


def _wanted(text: str, shown: Shown | None) -> Wanted:
    return Wanted(text, None if shown is None else shown is Shown.OPEN)


def _page(objection_id: int, form: DecideForm) -> str:
    found = objections.one(db.session(), objection_id, viewer())
    if found is None:
        raise NotFound("Không tìm thấy nội dung này.")
    each, part = found
    return render_template(
        "objections/show.html",
        each=each,
        decides=part is Part.DECIDES,
        standing=_standing(each),
        verdicts=_verdicts(each),
        form=form,
    )


def _standing(each: Listed) -> str:
    if each.outcome is not None:
        return each.outcome.label
    return "Đang chờ giải quyết" if each.current else _LAPSED


def _verdicts(each: Listed) -> list[Verdict]:
    """List what a judgement may be changed into; a work item that was handed in is whole."""
    offered = [verdict for verdict in Verdict if verdict is not each.verdict]
    return [verdict for verdict in offered if each.line_id or verdict is not Verdict.CORRECTION]
