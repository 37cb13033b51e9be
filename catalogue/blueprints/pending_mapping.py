"""Hours that wait for the head's word: mapped to tasks, proposed for a description, returned."""

from collections.abc import Callable, Collection, Sequence
from datetime import date

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from rapidfuzz import fuzz

from catalogue.blueprints import asked, clock, downloads
from catalogue.blueprints.answering import Done, answer
from catalogue.blueprints.guard import permission, viewer
from catalogue.blueprints.pending_lines import HEADS, as_cells, field_of
from catalogue.domain.days import FIRST
from catalogue.domain.errors import Conflict, NotFound, SheetRefused
from catalogue.domain.pending import Choice, PendingKind, PendingState
from catalogue.domain.roles import Permission
from catalogue.domain.task_matching import likely
from catalogue.extensions import db
from catalogue.forms.pending import ReasonForm, read_choices
from catalogue.models import PendingLine
from catalogue.queries import assignable, judges, pending_lines
from catalogue.queries.assignable import Assignable
from catalogue.queries.pending_lines import Listed, Wanted, of_assignments
from catalogue.services import mapping_pending

pages = Blueprint("pending_mapping", __name__)


@pages.get("/cho-gan")
@permission(Permission.JUDGE_WORK)
def index() -> str:
    return _list_page()


@pages.get("/cho-gan.csv")
@permission(Permission.JUDGE_WORK)
def export() -> Response:
    found = pending_lines.listed(db.session(), viewer(), of_assignments(_judged()), _wanted())
    return downloads.table("việc chờ gắn nhiệm vụ", HEADS, map(as_cells, found))


@pages.post("/cho-gan")
@permission(Permission.JUDGE_WORK)
def map_to_tasks() -> ResponseReturnValue:
    """Map every line that was ticked, or none of them."""
    chosen = read_choices(request.form.getlist("line"), request.form)
    if chosen.errors:
        return _list_page(chosen.errors), 422
    try:
        written = mapping_pending.map_to_tasks(
            db.session(), chosen.choices, viewer=viewer(), at=clock.now()
        )
    except SheetRefused as refused:
        db.session.rollback()
        return _list_page(_named(refused, chosen.choices)), 422
    except Conflict as refusal:
        db.session.rollback()
        return _list_page([(None, str(refusal))]), 409
    flash(f"Đã gắn nhiệm vụ cho {len(written)} dòng. Giờ của các dòng này nay tính vào tổng.")
    db.session.commit()
    return redirect(url_for("pending_mapping.index"), 303)


@pages.get("/cho-gan/<key:pending_id>")
@permission(Permission.JUDGE_WORK)
def show(pending_id: int) -> str:
    return _page(pending_id, ReasonForm(formdata=None))


@pages.post("/cho-gan/<key:pending_id>/de-nghi")
@permission(Permission.JUDGE_WORK)
def propose(pending_id: int) -> ResponseReturnValue:
    said = "Đã đề nghị bổ sung vào bản mô tả. Cán bộ tổ chức thấy việc này trong danh sách."
    return _decide(pending_id, mapping_pending.propose, said)


@pages.post("/cho-gan/<key:pending_id>/tra-lai")
@permission(Permission.JUDGE_WORK)
def give_back(pending_id: int) -> ResponseReturnValue:
    said = "Đã trả lại. Người ghi thấy lý do và có thể sửa rồi gửi lại."
    return _decide(pending_id, mapping_pending.give_back, said)


def _decide(pending_id: int, decide: Callable[..., PendingLine], said: str) -> ResponseReturnValue:
    form = ReasonForm()

    def do() -> Done:
        decide(
            db.session(),
            pending_id,
            form.reason.value or "",
            form.seen.value or 0,
            viewer=viewer(),
            at=clock.now(),
        )
        return said, url_for("pending_mapping.index")

    return answer(form, do, lambda: _page(pending_id, form))


def _judged() -> frozenset[int]:
    """Give the assignments whose work the person judges, whenever these were held."""
    judged = judges.judged_by(db.session(), viewer(), FIRST, date.max)
    return frozenset(each.assignment_id for each in judged)


def _list_page(errors: Sequence[tuple[str | None, str]] = ()) -> str:
    session, wanted, judged = db.session(), _wanted(), _judged()
    whose = of_assignments(judged)
    paging = asked.paging(pending_lines.count(session, viewer(), whose, wanted))
    rows = pending_lines.listed(
        session, viewer(), whose, wanted, offset=paging.offset, limit=asked.ROWS_A_PAGE
    )
    tasks = assignable.tasks_of_pending(session, [row.pending_id for row in rows])
    return render_template(
        "pending/mapping.html",
        rows=[(row, *_proposed(row, tasks[row.pending_id], judged)) for row in rows],
        mappable=wanted.state in (PendingState.WAITING, PendingState.PROPOSED),
        ticked=set(request.form.getlist("line")),
        typed=request.form,
        errors=errors,
        paging=paging,
        wanted=wanted,
        states=[(state.value, state.label) for state in PendingState],
        kinds=[(kind.value, kind.label) for kind in PendingKind],
        query={name: value for name, value in request.args.items() if name != "trang"},
    )


def _proposed(
    line: Listed, of_person: Sequence[Assignable], judged: Collection[int]
) -> tuple[list[Assignable], list[Assignable], str]:
    """Give the tasks near to the words, the others, and the one that the form begins with.

    Only tasks of positions whose work the person judges: another may be of another unit.
    """
    tasks = [task for task in of_person if task.assignment_id in judged]
    told = f"{line.content} {line.product or ''}"
    near = [each.task for each in likely(told, tasks, fuzz.token_set_ratio)]
    others = [task for task in tasks if task not in near]
    typed = request.form.get(f"task-{line.pending_id}")
    first = str(near[0].task_version_id) if near else ""
    return near, others, first if typed is None else typed


def _page(pending_id: int, form: ReasonForm) -> str:
    session, judged = db.session(), _judged()
    line = pending_lines.one(session, viewer(), pending_id, of_assignments(judged))
    if line is None:
        raise NotFound("Không tìm thấy nội dung này.")
    tasks = assignable.tasks_of_pending(session, [pending_id])[pending_id]
    near, others, first = _proposed(line, tasks, judged)
    return render_template(
        "pending/decide.html",
        line=line,
        form=form,
        steps=pending_lines.steps(session, pending_id),
        near=near,
        others=others,
        first=first,
        typed=request.form,
    )


def _named(refused: SheetRefused, choices: Sequence[Choice]) -> list[tuple[str | None, str]]:
    """Say of each reason whose line it is about, and which field mends it."""
    session, whose = db.session(), of_assignments(_judged())
    found = []
    for each in refused.refusals:
        chosen = choices[each.line or 0]
        line = pending_lines.one(session, viewer(), chosen.pending_id, whose)
        whom = f"{line.person}, {line.day:%d/%m/%Y}: " if line else ""
        found.append((field_of(each, chosen), f"{whom}{each.message}"))
    return found


def _wanted() -> Wanted:
    return Wanted(
        state=asked.word("tinh-trang", PendingState, label="Tình trạng") or PendingState.WAITING,
        kind=asked.word("loai", PendingKind, label="Loại"),
        text=asked.text("tim", label="Tìm"),
    )
