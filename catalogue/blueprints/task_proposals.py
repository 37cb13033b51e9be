"""Work that heads propose for job descriptions, by position, for the officers who draft these."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement

from catalogue.blueprints import asked, clock, downloads
from catalogue.blueprints.answering import Done, answer
from catalogue.blueprints.guard import permission, viewer
from catalogue.blueprints.pending_lines import HEADS, as_cells
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.forms.pending import ReasonForm
from catalogue.queries import pending_lines
from catalogue.queries.drafts import on_their_way
from catalogue.queries.pending_lines import Listed, Wanted
from catalogue.services import mapping_pending

pages = Blueprint("task_proposals", __name__)


class Group(NamedTuple):
    """What is proposed for one position of one unit; `draft_id` is its draft on its way."""

    unit_id: int
    unit: str
    position_id: int
    position: str | None
    draft_id: int | None
    lines: Sequence[Listed]


@pages.get("/de-xuat-nhiem-vu")
@permission(Permission.DRAFT_DESCRIPTION)
def index() -> str:
    return _page()


@pages.get("/de-xuat-nhiem-vu.csv")
@permission(Permission.DRAFT_DESCRIPTION)
def export() -> Response:
    found = pending_lines.by_position(db.session(), viewer(), _whose())
    rows = ((each.position, *as_cells(each)) for each in found)
    return downloads.table("đề xuất nhiệm vụ", ("Vị trí", *HEADS), rows)


@pages.post("/de-xuat-nhiem-vu/<key:pending_id>/tra-lai")
@permission(Permission.DRAFT_DESCRIPTION)
def decline(pending_id: int) -> ResponseReturnValue:
    """Send a proposal back to the head, with the reason."""
    form = ReasonForm()

    def do() -> Done:
        mapping_pending.decline(
            db.session(),
            pending_id,
            form.reason.value or "",
            form.seen.value or 0,
            viewer=viewer(),
            at=clock.now(),
        )
        said = "Đã gửi lại thủ trưởng. Giờ này chờ gắn vào nhiệm vụ khác hoặc trả lại."
        return said, url_for("task_proposals.index")

    return answer(form, do, lambda: _page(pending_id, form))


def _whose() -> ColumnElement[bool]:
    return pending_lines.proposed_in(viewer().units(Permission.DRAFT_DESCRIPTION))


def _page(refused: int | None = None, form: ReasonForm | None = None) -> str:
    session, whose = db.session(), _whose()
    paging = asked.paging(pending_lines.count(session, viewer(), whose, Wanted()))
    rows = pending_lines.by_position(
        session, viewer(), whose, offset=paging.offset, limit=asked.ROWS_A_PAGE
    )
    return render_template(
        "pending/proposals.html",
        groups=_groups(rows),
        paging=paging,
        refused=refused,
        form=form or ReasonForm(formdata=None),
    )


def _groups(rows: Sequence[Listed]) -> list[Group]:
    drafts = on_their_way(db.session(), {each.position_id for each in rows}, viewer())
    found = []
    for (unit_id, position_id), lines in groupby(rows, lambda row: (row.unit_id, row.position_id)):
        own = list(lines)
        draft = drafts.get((position_id, unit_id)) or drafts.get((position_id, None))
        found.append(Group(unit_id, own[0].unit, position_id, own[0].position, draft, own))
    return found
