"""Training needs: how many people must go from which level to which, and never who."""

from collections.abc import Sequence

from flask import Blueprint, Response, render_template, request

from catalogue.blueprints import asked, downloads
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.assessing import level_name
from catalogue.domain.errors import NotFound
from catalogue.domain.roles import Permission
from catalogue.domain.words import CompetencyGroup
from catalogue.exporters import workbook as workbooks
from catalogue.extensions import db
from catalogue.queries import assessments, competency_gaps
from catalogue.queries.competency_gaps import Need, Reach

pages = Blueprint("training_needs", __name__)

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NAME = "nhu cầu đào tạo"
_HEADS = ("Năng lực", "Nhóm năng lực", "Từ", "Đến", "Số người")


@pages.get("/nhu-cau-dao-tao")
@permission(Permission.READ_TRAINING_NEEDS)
def index() -> str:
    units = assessments.units(db.session(), viewer(), Permission.READ_TRAINING_NEEDS)
    unit_id, group = _unit_id(units), _group()
    reach, needs = _needs(unit_id, group)
    return render_template(
        "assessments/training_needs.html",
        reach=reach,
        needs=needs,
        totals=_totals(needs),
        units=units,
        unit_id=unit_id,
        group=group,
        groups=[(each.value, each.label) for each in CompetencyGroup],
        query=dict(request.args),
    )


@pages.get("/nhu-cau-dao-tao.csv")
@permission(Permission.READ_TRAINING_NEEDS)
def sheet() -> Response:
    return downloads.table(_NAME, _HEADS, _rows())


@pages.get("/nhu-cau-dao-tao.xlsx")
@permission(Permission.READ_TRAINING_NEEDS)
def workbook() -> Response:
    content = workbooks.write("Nhu cầu đào tạo", _HEADS, _rows())
    return downloads.attachment(content, downloads.file_name(_NAME, suffix=".xlsx"), _WORKBOOK)


def _rows() -> list[tuple[str | int | None, ...]]:
    units = assessments.units(db.session(), viewer(), Permission.READ_TRAINING_NEEDS)
    _, needs = _needs(_unit_id(units), _group())
    return [
        (
            need.competency,
            need.group.label if need.group else None,
            level_name(need.from_level),
            level_name(need.to_level),
            need.people,
        )
        for need in needs
    ]


def _needs(unit_id: int | None, group: CompetencyGroup | None) -> tuple[Reach, list[Need]]:
    session, person = db.session(), viewer()
    reach = competency_gaps.reach(session, person, unit_id)
    return reach, list(competency_gaps.needs(session, reach.counted, person, group))


def _totals(needs: list[Need]) -> list[tuple[str, int]]:
    """Sum the people by competency, most first: each is in one need of a competency only."""
    totals: dict[tuple[int, str], int] = {}
    for need in needs:
        competency = need.competency_id, need.competency
        totals[competency] = totals.get(competency, 0) + need.people
    return sorted(((name, people) for (_, name), people in totals.items()), key=lambda row: -row[1])


def _unit_id(units: Sequence[tuple[int, str]]) -> int | None:
    """Read which unit is asked for; one outside what the person may read is not there."""
    unit_id = asked.key("don-vi", label="Đơn vị")
    if unit_id is not None and unit_id not in dict(units):
        raise NotFound("Không tìm thấy nội dung này.")
    return unit_id


def _group() -> CompetencyGroup | None:
    return asked.word("nhom", CompetencyGroup, label="Nhóm năng lực")
