"""Work of mine that has no task yet: told, mended, taken back, followed to what became of it."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock, downloads
from catalogue.blueprints.answering import Done, answer
from catalogue.blueprints.filters import day as printed_day, hours
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.errors import Conflict, NotFound, Refusal, SheetRefused
from catalogue.domain.pending import Choice, PendingState
from catalogue.domain.roles import Permission
from catalogue.domain.words import WorkPlace
from catalogue.extensions import db
from catalogue.forms.pending import STALE, PendingForm, read_choices
from catalogue.queries import assignable, pending_lines
from catalogue.queries.pending_lines import Listed, Wanted, of_person
from catalogue.services import mapping_pending, pending_lines as telling

pages = Blueprint("pending_lines", __name__)

HEADS = (
    *("Ngày", "Họ và tên", "Đơn vị", "Loại", "Nội dung", "Ai giao", "Giờ", "Ngoài giờ"),
    *("Sản phẩm", "Số lượng", "Trạng thái", "Lý do", "Nguồn tệp"),
)


@pages.get("/viec-phat-sinh")
@permission(Permission.LOG_OWN_DAY)
def index() -> str:
    session, whose, wanted = db.session(), of_person(viewer().person_id), _wanted()
    paging = asked.paging(pending_lines.count(session, viewer(), whose, wanted))
    return render_template(
        "pending/index.html",
        rows=pending_lines.listed(
            session, viewer(), whose, wanted, offset=paging.offset, limit=asked.ROWS_A_PAGE
        ),
        paging=paging,
        wanted=wanted,
        states=[(state.value, state.label) for state in PendingState],
        query={name: value for name, value in request.args.items() if name != "trang"},
    )


@pages.get("/viec-phat-sinh.csv")
@permission(Permission.LOG_OWN_DAY)
def export() -> Response:
    found = pending_lines.listed(db.session(), viewer(), of_person(viewer().person_id), _wanted())
    return downloads.table("việc phát sinh của tôi", HEADS, map(as_cells, found))


@pages.get("/viec-phat-sinh/moi")
@permission(Permission.LOG_OWN_DAY)
def new() -> str:
    chosen = asked.day("ngay", default=clock.today())
    told = {"day": chosen.isoformat(), "content": asked.text("noi-dung", label="Nội dung")}
    return _new_page(PendingForm(formdata=None, data=told), chosen)


@pages.post("/viec-phat-sinh/moi")
@permission(Permission.LOG_OWN_DAY)
def tell() -> ResponseReturnValue:
    """Write the hours down; a form sent twice writes once and shows the list both times."""
    form, today = PendingForm(), clock.today()

    def do() -> Done:
        telling.tell(
            db.session(),
            form.draft(),
            day=form.day.value or today,
            today=today,
            by=viewer().person_id,
            at=clock.now(),
        )
        said = "Đã ghi việc phát sinh. Giờ này chờ thủ trưởng gắn nhiệm vụ, chưa tính vào tổng."
        return said, url_for("pending_lines.index")

    return answer(form, do, lambda: _new_page(form, form.day.value or today))


@pages.get("/viec-phat-sinh/<key:pending_id>")
@permission(Permission.LOG_OWN_DAY)
def show(pending_id: int) -> str:
    line = _own(pending_id)
    return _page(line, PendingForm(formdata=None, data=_as_typed(line)))


@pages.post("/viec-phat-sinh/<key:pending_id>/gui-lai")
@permission(Permission.LOG_OWN_DAY)
def send_again(pending_id: int) -> ResponseReturnValue:
    line, form = _own(pending_id), PendingForm()

    def do() -> Done:
        telling.send_again(
            db.session(),
            pending_id,
            form.draft(),
            today=clock.today(),
            by=viewer().person_id,
            at=clock.now(),
        )
        said = "Đã gửi lại. Thủ trưởng sẽ xem dòng đã sửa."
        return said, url_for("pending_lines.index")

    return answer(form, do, lambda: _page(line, form))


@pages.post("/viec-phat-sinh/<key:pending_id>/bo")
@permission(Permission.LOG_OWN_DAY)
def remove(pending_id: int) -> ResponseReturnValue:
    telling.remove(
        db.session(), pending_id, today=clock.today(), by=viewer().person_id, at=clock.now()
    )
    flash("Đã bỏ dòng này. Giờ của nó không tính ở đâu nữa.")
    db.session.commit()
    return redirect(url_for("pending_lines.index"), 303)


@pages.post("/viec-phat-sinh/<key:pending_id>/gan")
@permission(Permission.LOG_OWN_DAY)
def map_own(pending_id: int) -> ResponseReturnValue:
    """Choose the task of a line that a spreadsheet brought without one."""
    chosen = read_choices(request.form.getlist("line"), request.form)
    own = [choice for choice in chosen.choices if choice.pending_id == pending_id]
    if chosen.errors or not own:
        return _unmapped(pending_id, chosen.errors or [(None, STALE)])
    try:
        line_id = mapping_pending.map_own(
            db.session(), own[0], today=clock.today(), by=viewer().person_id, at=clock.now()
        )
    except SheetRefused as refused:
        db.session.rollback()
        found = [(field_of(each, own[0]), each.message) for each in refused.refusals]
        return _unmapped(pending_id, found)
    except Conflict as refusal:
        db.session.rollback()
        return _unmapped(pending_id, [(None, str(refusal))], 409)
    flash("Đã gắn nhiệm vụ. Giờ này nay tính vào tổng ngày.")
    db.session.commit()
    return redirect(url_for("lines.show", line_id=line_id), 303)


def as_cells(line: Listed) -> tuple[object, ...]:
    """Give a row of the exported list."""
    return (
        printed_day(line.day),
        line.person,
        line.unit,
        line.kind.label,
        line.content,
        line.assigned_by,
        hours(line.minutes),
        "có" if line.overtime else "",
        line.product,
        line.quantity,
        line.state.label,
        line.reason,
        line.origin,
    )


def field_of(refusal: Refusal, chosen: Choice) -> str | None:
    """Give the field that mends it; the other things told are not typed where one maps."""
    mends = refusal.field in {"task", "product"}
    return f"{refusal.field}-{chosen.pending_id}" if mends else None


def _unmapped(
    pending_id: int, errors: Sequence[tuple[str | None, str]], status: int = 422
) -> ResponseReturnValue:
    """Draw the page again over the line as it now stands, with all that was typed."""
    line = _own(pending_id)
    return _page(line, PendingForm(formdata=None, data=_as_typed(line)), errors), status


def _own(pending_id: int) -> Listed:
    found = pending_lines.one(db.session(), viewer(), pending_id, of_person(viewer().person_id))
    if found is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return found


def _new_page(form: PendingForm, chosen: date) -> str:
    return render_template("pending/new.html", form=form, **_choices(chosen))


def _page(line: Listed, form: PendingForm, errors: Sequence[tuple[str | None, str]] = ()) -> str:
    session = db.session()
    return render_template(
        "pending/show.html",
        line=line,
        form=form,
        errors=errors,
        typed=request.form,
        steps=pending_lines.steps(session, line.pending_id),
        tasks=assignable.tasks_of_pending(session, [line.pending_id])[line.pending_id],
        **_choices(line.day),
    )


def _choices(chosen: date) -> dict[str, object]:
    held = assignable.held_by(db.session(), viewer().person_id, chosen)
    names = [(str(each.assignment_id), f"{each.position or '–'}, {each.unit}") for each in held]
    return {"held": names, "places": [(place.value, place.label) for place in WorkPlace]}


def _as_typed(line: Listed) -> dict[str, object]:
    return {
        "day": line.day.isoformat(),
        "position": str(line.assignment_id),
        "content": line.content,
        "assigned_by": line.assigned_by or "",
        "hours": hours(line.minutes),
        "overtime": line.overtime,
        "product": line.product or "",
        "quantity": str(line.quantity or ""),
        "place": line.place.value if line.place else "",
        "evidence": line.evidence or "",
        "note": line.note or "",
    }


def _wanted() -> Wanted:
    return Wanted(state=asked.word("tinh-trang", PendingState, label="Tình trạng"))
