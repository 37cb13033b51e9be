"""Work of several days as both sides see it: their lists, and the page of one piece."""

from datetime import date

from flask import Response, render_template, request
from sqlalchemy import ColumnElement

from catalogue.blueprints import asked, downloads
from catalogue.blueprints.filters import day as printed_day, hours
from catalogue.blueprints.guard import viewer
from catalogue.domain.errors import NotFound
from catalogue.domain.work_items import MOVES, OPEN_WORK, WorkItemState
from catalogue.extensions import db
from catalogue.forms.work_items import ExtendForm, HandInForm, HoursForm, ReasonedForm
from catalogue.queries import judges, work_items
from catalogue.queries.work_items import Listed, Wanted

_HEADS = (
    *("Việc", "Nhiệm vụ", "Họ và tên", "Đơn vị", "Người giao", "Ngày giao", "Hạn"),
    *("Sản phẩm", "Số lượng", "Trạng thái", "Ngày nộp", "Đã nộp", "Chậm (ngày)", "Giờ"),
)


def page(
    item_id: int,
    *,
    logging: HoursForm | None = None,
    handing_in: HandInForm | None = None,
    deciding: ReasonedForm | None = None,
    extending: ExtendForm | None = None,
) -> str:
    """Draw the page for its holder or for who judges it; 404 for anybody else."""
    session, person = db.session(), viewer()
    item = work_items.one(session, viewer(), item_id)
    own = item is not None and item.person_id == person.person_id
    if item is None or not (own or judges.judge_of(session, person, item.assignment_id)[0]):
        raise NotFound("Không tìm thấy nội dung này.")
    return render_template(
        "work_items/show.html",
        item=item,
        own=own,
        moves={move.value for state, move in MOVES if state is item.state},
        takes_hours=own and item.state in OPEN_WORK,
        late=item.days_late(person.on),
        lines=work_items.lines(session, item_id),
        steps=work_items.steps(session, item_id),
        logging=logging or HoursForm(formdata=None, data={"day": person.on.isoformat()}),
        handing_in=handing_in or HandInForm(formdata=None, data=_handed(item)),
        deciding=deciding or ReasonedForm(formdata=None),
        extending=extending or ExtendForm(formdata=None, data={"due_on": item.due_on.isoformat()}),
    )


def listing(template: str, whose: ColumnElement[bool], wanted: Wanted) -> str:
    """Draw a list of work with its filters, one page of it."""
    session = db.session()
    paging = asked.paging(work_items.count(session, viewer(), whose, wanted))
    return render_template(
        template,
        rows=work_items.listed(
            session, viewer(), whose, wanted, offset=paging.offset, limit=asked.ROWS_A_PAGE
        ),
        today=viewer().on,
        paging=paging,
        wanted=wanted,
        states=[(state.value, state.label) for state in WorkItemState],
        query={name: value for name, value in request.args.items() if name != "trang"},
    )


def table(name: str, whose: ColumnElement[bool], wanted: Wanted) -> Response:
    """Answer the same list as a file."""
    found = work_items.listed(db.session(), viewer(), whose, wanted)
    return downloads.table(name, _HEADS, (_as_cells(each, viewer().on) for each in found))


def wanted() -> Wanted:
    """Read which work is asked for."""
    return Wanted(
        state=asked.word("tinh-trang", WorkItemState, label="Tình trạng"),
        text=asked.text("tim", label="Tìm"),
    )


def _as_cells(item: Listed, today: date) -> tuple[object, ...]:
    """Give a row of the exported list."""
    return (
        item.title,
        item.task,
        item.person,
        item.unit,
        item.assigned_by,
        printed_day(item.assigned_on),
        printed_day(item.due_on),
        item.product,
        item.quantity,
        item.state.label,
        printed_day(item.handed_in_on) if item.handed_in_on else "",
        item.handed_quantity,
        item.days_late(today),
        hours(item.minutes),
    )


def _handed(item: Listed) -> dict[str, str]:
    return {
        "result": item.result or "",
        "quantity": str(item.handed_quantity or item.quantity),
        "evidence": item.evidence or "",
    }
