"""One assessment: the form of whose turn it is, and what was said so far as picture and table."""

from collections.abc import Callable
from typing import NamedTuple

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import clock
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.assessing import Said, fingerprint, proposed
from catalogue.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from catalogue.domain.roles import Permission
from catalogue.domain.states import (
    ASSESSMENT_MOVES,
    AssessmentMove,
    AssessmentState,
    assessment_after,
)
from catalogue.extensions import db
from catalogue.forms.assessing import Sheet, of_words, read_sheet
from catalogue.models import Assessment
from catalogue.queries import assessment_page, assessors
from catalogue.queries.assessment_page import AssessedRow, AssessmentPage, Header
from catalogue.services import assessing
from catalogue.services.assessing import Answer

pages = Blueprint("assessing", __name__)

_KEEP, _CHANGE = "luu", "thu-truong"
_KEPT = "Đã lưu, chưa gửi. Phần này còn sửa được."
_SAID = {
    AssessmentMove.SAY_SELF: "Đã gửi phần tự đánh giá; còn sửa được đến khi thủ trưởng đánh giá.",
    AssessmentMove.SAY_HEAD: "Đã ghi. Hãy trao đổi với người được đánh giá rồi xác nhận.",
    AssessmentMove.CONFIRM: "Đã xác nhận. Kết quả này không đổi nữa.",
}


class Part(NamedTuple):
    """What the person is in an assessment; neither, for who only reads it."""

    holder: bool
    assessor: bool


@pages.get("/danh-gia-nang-luc/<key:assessment_id>")
@permission(Permission.OPEN_ASSESSMENT)
def show(assessment_id: int) -> str:
    found = _found(assessment_id)
    part = _part(found.header)
    return _page(found, part, _turn(found.header.state, part))


@pages.post("/danh-gia-nang-luc/<key:assessment_id>/tu-danh-gia")
@permission(Permission.ASSESS_ONESELF)
def say_self(assessment_id: int) -> ResponseReturnValue:
    return _write(
        assessment_id,
        AssessmentMove.SAY_SELF,
        lambda answer: assessing.say_self(
            db.session(), assessment_id, answer, by=viewer().person_id, at=clock.now()
        ),
    )


@pages.post("/danh-gia-nang-luc/<key:assessment_id>/danh-gia")
@permission(Permission.ASSESS)
def say_head(assessment_id: int) -> ResponseReturnValue:
    return _by_head(assessment_id, AssessmentMove.SAY_HEAD, assessing.say_head)


@pages.post("/danh-gia-nang-luc/<key:assessment_id>/xac-nhan")
@permission(Permission.ASSESS)
def confirm(assessment_id: int) -> ResponseReturnValue:
    return _by_head(assessment_id, AssessmentMove.CONFIRM, assessing.confirm)


def _by_head(
    assessment_id: int, move: AssessmentMove, say: Callable[..., Assessment]
) -> ResponseReturnValue:
    """Write a word of whoever assesses the holder, as their heads stand today."""
    person = viewer()
    said = {"today": person.on, "by": person.person_id, "at": clock.now()}
    return _write(
        assessment_id, move, lambda answer: say(db.session(), assessment_id, answer, **said)
    )


def _write(
    assessment_id: int, move: AssessmentMove, say: Callable[[Answer], Assessment]
) -> ResponseReturnValue:
    """Read the form and say it; what was typed comes back with every refusal."""
    found = _found(assessment_id)
    part = _part(found.header)
    _refuse_other_turn(found.header.state, part, move)
    finished = request.form.get("deed") != _KEEP
    asked = {row.requirement_id: row.name for row in found.rows}
    sheet = read_sheet(request.form, asked, complete=finished)
    if sheet.errors:
        return _page(found, part, move, sheet), 422
    try:
        say(Answer(sheet.said, request.form.get("seen", ""), finished))
    except (Invalid, Conflict) as refusal:
        db.session.rollback()
        return _refused(assessment_id, move, sheet, refusal)
    flash(_SAID[move] if finished else _KEPT)
    db.session.commit()
    return redirect(url_for("assessing.show", assessment_id=assessment_id), 303)


def _refuse_other_turn(state: AssessmentState, part: Part, move: AssessmentMove) -> None:
    """Refuse before a form is drawn: it tells what only the side that it belongs to may read."""
    if not (part.holder if move is AssessmentMove.SAY_SELF else part.assessor):
        raise NotAllowed("Phần này do người khác ghi, không phải bạn. Chưa có gì thay đổi.")
    assessment_after(state, move)


def _refused(
    assessment_id: int, move: AssessmentMove, sheet: Sheet, refusal: Invalid | Conflict
) -> ResponseReturnValue:
    """Show the form again as it now stands; where the turn has passed, only why."""
    found = _found(assessment_id)
    if (found.header.state, move) not in ASSESSMENT_MOVES:
        raise refusal
    status = 422 if isinstance(refusal, Invalid) else 409
    sheet.errors[0] = str(refusal)
    return _page(found, _part(found.header), move, sheet), status


def _found(assessment_id: int) -> AssessmentPage:
    found = assessment_page.read(db.session(), assessment_id, viewer())
    if found is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return found


def _part(header: Header) -> Part:
    person = viewer()
    over = assessors.on(db.session(), person.on).of(header.person_id, header.unit_id)
    return Part(header.person_id == person.person_id, person.person_id in over)


def _turn(state: AssessmentState, part: Part) -> AssessmentMove | None:
    """Tell whose form the page opens with; who assesses may ask for their former one again."""
    offered = [AssessmentMove.SAY_SELF] if part.holder else []
    if part.assessor:
        again = request.args.get("sua") == _CHANGE
        head = [AssessmentMove.SAY_HEAD, AssessmentMove.CONFIRM]
        offered += head if again else head[::-1]
    return next((move for move in offered if (state, move) in ASSESSMENT_MOVES), None)


def _page(
    found: AssessmentPage, part: Part, turn: AssessmentMove | None, sheet: Sheet | None = None
) -> str:
    header = found.header
    words = [row.words for row in found.rows]
    seen = [_read_by(row, header.state, part) for row in found.rows]
    return render_template(
        "assessments/show.html",
        header=header,
        rows=seen,
        part=part,
        turn=turn,
        moves=AssessmentMove,
        sheet=sheet or of_words({row.requirement_id: _present(row, turn) for row in seen}),
        seen=fingerprint(header.state, turn, words) if turn else "",
        texts=assessment_page.level_texts(db.session(), header) if turn else {},
        may_change=part.assessor and header.state is AssessmentState.HEAD_SAID,
    )


def _read_by(row: AssessedRow, state: AssessmentState, part: Part) -> AssessedRow:
    """Leave out what one side has only begun to write, for everybody but that side."""
    if state is AssessmentState.OPEN and not part.holder:
        row = row._replace(self_level=None, evidence="")
    if state is AssessmentState.SELF_SAID and not part.assessor:
        row = row._replace(head_level=None, head_note="")
    return row


def _present(row: AssessedRow, turn: AssessmentMove | None) -> Said:
    """Give what the form is to begin with."""
    if turn is AssessmentMove.SAY_SELF:
        return Said(row.self_level, row.evidence)
    if turn is AssessmentMove.SAY_HEAD:
        return Said(row.head_level, row.head_note)
    return Said(proposed(row.self_level, row.head_level))
