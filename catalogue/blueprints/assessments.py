"""Assessments as lists: one's own, the people whom one answers for, and a unit as a whole."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock, downloads
from catalogue.blueprints.filters import day
from catalogue.blueprints.guard import permission, viewer
from catalogue.blueprints.links import path_before
from catalogue.domain.assessing import Assessors
from catalogue.domain.errors import NotFound
from catalogue.domain.roles import Permission
from catalogue.domain.states import AssessmentState
from catalogue.extensions import db
from catalogue.forms.assessing import BeginForm
from catalogue.queries import assessment_turns, assessments, assessors, competency_gaps
from catalogue.queries.assessments import Listed, Sort, Stage, Wanted
from catalogue.services import assessing

pages = Blueprint("assessments", __name__)

_NOT_FOUND = "Không tìm thấy nội dung này."
_NONE = "Chưa đánh giá"


@pages.get("/danh-gia-nang-luc")
@permission(Permission.OPEN_ASSESSMENT)
def index() -> str:
    """List one's own assessments and, for who reads others', the people of their units."""
    session, person = db.session(), viewer()
    return render_template(
        "assessments/index.html",
        own=assessments.own(session, person),
        assessment_path=path_before("assessing.show", "assessment_id"),
        **(_people() if person.may(Permission.READ_ASSESSMENT) else {}),
    )


@pages.get("/danh-gia-nang-luc.csv")
@permission(Permission.READ_ASSESSMENT)
def export() -> Response:
    heads = (
        *("Họ và tên", "Vị trí", "Đơn vị", "Trạng thái", "Ngày đánh giá"),
        *("Số năng lực còn thiếu", "Số cấp còn thiếu"),
    )
    wanted = _wanted(assessors.on(db.session(), viewer().on))
    rows = (
        (
            each.person,
            each.position,
            each.unit,
            each.state.label if each.state else _NONE,
            day(each.assessed_on) if each.assessed_on else "",
            each.lacking,
            each.levels,
        )
        for each in assessments.people(db.session(), wanted, viewer())
    )
    return downloads.table("đánh giá năng lực", heads, rows)


@pages.post("/danh-gia-nang-luc/mo")
@permission(Permission.ASSESS_ONESELF)
def begin() -> ResponseReturnValue:
    """Open an assessment for oneself, or for somebody whom one assesses."""
    form = BeginForm()
    chosen = (form.assignment.value or 0) if form.validate() else 0
    if not assessments.is_seen(db.session(), chosen, viewer()):
        raise NotFound(_NOT_FOUND)
    opened = assessing.begin(
        db.session(),
        chosen,
        day=viewer().on,
        by=viewer().person_id,
        at=clock.now(),
    )
    address = url_for("assessing.show", assessment_id=opened.id)
    flash("Đã mở lần đánh giá. Người giữ vị trí tự đánh giá trước.")
    db.session.commit()
    return redirect(address, 303)


@pages.get("/danh-gia-nang-luc/don-vi/<key:unit_id>")
@permission(Permission.READ_ASSESSMENT)
def of_unit(unit_id: int) -> str:
    """Show how the people of one unit stand, by name and by competency."""
    session, person = db.session(), viewer()
    name, wanted = _unit(unit_id), Wanted(unit_id=unit_id)
    paging = asked.paging(assessments.count(session, wanted, person))
    return render_template(
        "assessments/of_unit.html",
        unit_id=unit_id,
        unit=name,
        paging=paging,
        rows=assessments.people(
            session, wanted, person, offset=paging.offset, limit=asked.ROWS_A_PAGE
        ),
        spread=competency_gaps.spread(session, unit_id, person),
        assessment_path=path_before("assessing.show", "assessment_id"),
    )


@pages.get("/danh-gia-nang-luc/don-vi/<key:unit_id>.csv")
@permission(Permission.READ_ASSESSMENT)
def export_unit(unit_id: int) -> Response:
    heads = (
        *("Năng lực", "Nhóm", "Số người", "Vượt yêu cầu", "Đạt yêu cầu"),
        *("Thiếu 1 cấp", "Thiếu từ 2 cấp"),
    )
    name = _unit(unit_id)
    rows = (
        (
            each.competency,
            each.group.label if each.group else "",
            *(each.people, each.above, each.enough, each.one_short, each.more_short),
        )
        for each in competency_gaps.spread(db.session(), unit_id, viewer())
    )
    return downloads.table(f"năng lực {name}", heads, rows)


def _people() -> dict[str, object]:
    """Give what the list of people needs; what is a person's turn is marked in their row."""
    session, person = db.session(), viewer()
    who = assessors.on(session, person.on)
    wanted = _wanted(who)
    paging = asked.paging(assessments.count(session, wanted, person))
    found = assessments.people(
        session, wanted, person, offset=paging.offset, limit=asked.ROWS_A_PAGE
    )
    return {
        "wanted": wanted,
        "paging": paging,
        "rows": [(each, _offer(each, who)) for each in found],
        "units": assessments.units(session, person, Permission.READ_ASSESSMENT),
        "stages": [(stage.value, stage.label) for stage in Stage],
        "sorts": [(sort.value, sort.label) for sort in Sort],
        "query": {name: value for name, value in request.args.items() if name != "trang"},
    }


def _offer(listed: Listed, who: Assessors) -> str:
    """Tell what the person may do next for somebody: open, assess, confirm, or nothing."""
    if viewer().person_id not in who.of(listed.person_id, listed.unit_id):
        return ""
    if listed.state in (None, AssessmentState.CONFIRMED):
        return "open"
    return "" if listed.state is AssessmentState.OPEN else "turn"


def _wanted(who: Assessors) -> Wanted:
    stage = asked.word("tinh-trang", Stage, label="Tình trạng")
    mine: tuple[int, ...] = ()
    if stage is Stage.MINE:
        mine = assessment_turns.of(db.session(), viewer(), who).others
    return Wanted(
        text=asked.text("tim", label="Tìm"),
        unit_id=asked.key("don-vi", label="Đơn vị"),
        stage=stage,
        mine=mine,
        sort=asked.word("sap-xep", Sort, label="Sắp xếp") or Sort.NAME,
    )


def _unit(unit_id: int) -> str:
    units = dict(assessments.units(db.session(), viewer(), Permission.READ_ASSESSMENT))
    if unit_id not in units:
        raise NotFound(_NOT_FOUND)
    return units[unit_id]
