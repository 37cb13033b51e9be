"""Job descriptions in the making: what is to be done, one draft's editor, putting one aside."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock, downloads, draft_editor
from catalogue.blueprints.filters import moment
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain import draft_work
from catalogue.domain.draft_work import Stage, Wanted, WorkRow
from catalogue.domain.errors import NotAllowed
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.queries import draft_progress
from catalogue.services import drafting

pages = Blueprint("drafts", __name__)


@pages.get("/soan-mo-ta")
@permission(Permission.READ_DRAFT)
def index() -> str:
    """Show each unit's positions by stage, and the list of them, what was returned first."""
    found = draft_progress.rows(db.session(), viewer())
    wanted = _wanted()
    rows = draft_work.narrowed(found, wanted)
    paging = asked.paging(len(rows))
    units = draft_work.by_unit(found)
    return render_template(
        "drafts/index.html",
        units=units,
        stages=Stage,
        unit_choices=[(unit.unit_id, unit.unit) for unit in units],
        stage_choices=[(stage.value, stage.label) for stage in Stage],
        total=draft_work.whole(units),
        rows=rows[paging.offset :][: asked.ROWS_A_PAGE],
        wanted=wanted,
        paging=paging,
        query={name: value for name, value in request.args.items() if name != "trang"},
    )


@pages.get("/soan-mo-ta.csv")
@permission(Permission.READ_DRAFT)
def export() -> Response:
    heads = ("Đơn vị", "Vị trí", "Mã", "Trạng thái", "Đang có hiệu lực", "Sửa gần nhất")
    found = draft_work.narrowed(draft_progress.rows(db.session(), viewer()), _wanted())
    return downloads.table("việc soạn mô tả", heads, map(_cells, found))


@pages.get("/soan-mo-ta/<key:draft_id>")
@permission(Permission.READ_DRAFT)
def show(draft_id: int) -> str:
    return draft_editor.page(draft_editor.opened(draft_id))


@pages.post("/soan-mo-ta/<key:draft_id>/bo")
@permission(Permission.DRAFT_DESCRIPTION)
def drop(draft_id: int) -> ResponseReturnValue:
    """Put a draft aside; what is in force stays."""
    opened = draft_editor.opened(draft_id)
    drafting.open_to_write(db.session(), draft_id)
    if not opened.may_edit:
        raise NotAllowed("Bạn không soạn bản này nên không bỏ được nó. Chưa có gì thay đổi.")
    drafting.drop(db.session(), draft_id, by=viewer().person_id, at=clock.now())
    flash("Đã bỏ bản soạn. Bản đang có hiệu lực (nếu có) vẫn giữ nguyên.")
    db.session.commit()
    return redirect(url_for("drafts.index"), 303)


def _wanted() -> Wanted:
    return Wanted(
        text=asked.text("tim", label="Tìm"),
        unit_id=asked.key("don-vi", label="Đơn vị"),
        stage=asked.word("trang-thai", Stage, label="Trạng thái"),
    )


def _cells(row: WorkRow) -> tuple[object, ...]:
    return (
        row.body.unit,
        row.position,
        row.code,
        row.stage.label,
        "bản tạm thời" if row.provisional else "",
        moment(row.changed_at) if row.changed_at else "",
    )
