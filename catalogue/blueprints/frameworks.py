"""The matrix: what every position asks of every competency, with what is unusual marked."""

from typing import Any

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, downloads, matrices
from catalogue.blueprints.guard import permission, viewer
from catalogue.blueprints.matrices import Look, Scope
from catalogue.domain.framework import RULE
from catalogue.domain.framework_edits import EditKind
from catalogue.domain.roles import Permission
from catalogue.domain.text import fold
from catalogue.domain.words import LabelledWord, PositionGroup
from catalogue.exporters import workbook
from catalogue.extensions import db
from catalogue.forms.frameworks import EditForm
from catalogue.queries import catalogue, competencies, draft_competencies
from catalogue.queries.competencies import GroupChoice

pages = Blueprint("frameworks", __name__)


@pages.get("/khung-nang-luc")
@permission(Permission.READ_DESCRIPTION)
def index() -> ResponseReturnValue:
    return page(EditForm(formdata=None))


@pages.get("/khung-nang-luc.csv")
@permission(Permission.READ_DESCRIPTION)
def export() -> Response:
    wanted, _ = matrices.wanted(db.session())
    heads, rows = matrices.sheet(matrices.matrix(wanted, limit=None))
    return downloads.table("khung năng lực", heads, rows)


@pages.get("/khung-nang-luc.xlsx")
@permission(Permission.READ_DESCRIPTION)
def export_workbook() -> Response:
    wanted, _ = matrices.wanted(db.session())
    content = workbook.write("Khung năng lực", *matrices.sheet(matrices.matrix(wanted, limit=None)))
    return downloads.workbook(content, "khung năng lực")


def page(form: EditForm) -> str:
    """Draw the matrix as the address asks for it, around the form that changes many at once."""
    session = db.session()
    wanted, units = matrices.wanted(session)
    shown = matrices.matrix(wanted)
    rows = matrices.drawn(shown.lines)
    return render_template(
        "frameworks/index.html",
        matrix=shown,
        rows=rows,
        parts=matrices.by_agency(rows),
        look=asked.word("xem", Look, label="Cách xem") or Look.FIGURES,
        scope=asked.word("chi", Scope, label="Chỉ xem"),
        rule=RULE,
        agencies=[(key, name) for key, name, _ in catalogue.agencies(session)],
        units=[(each.unit_id, each.name) for each in units],
        words=_WORDS,
        form=form if _may_begin(wanted.unit_id) else None,
        competencies=[(str(key), name) for key, name, _ in shown.choices],
        query=matrices.query(),
        **meaning(form),
    )


def meaning(form: EditForm) -> dict[str, Any]:
    """Give what every level of the picked competency means for the positions shown."""
    session, picked = db.session(), form.competency.value
    known = competencies.one(session, picked) if picked else None
    if known is None:
        return {"name": "", "told": ()}
    group = asked.word("nhom", PositionGroup, label="Nhóm vị trí")
    texts = draft_competencies.levels(session, [known.name], group, viewer())
    return {"name": known.name, "told": texts[fold(known.name)]}


def _may_begin(unit_id: int | None) -> bool:
    """Offer the form to who drafts here at all; the rule of the day decides when it is sent."""
    reached = viewer().units(Permission.DRAFT_DESCRIPTION)
    return reached is None or unit_id in reached


def _options(words: type[LabelledWord]) -> list[tuple[str, str]]:
    return [(word.value, word.label) for word in words]


_WORDS = {
    "groups": _options(PositionGroup),
    "choices": _options(GroupChoice),
    "looks": _options(Look),
    "scopes": _options(Scope),
    "kinds": _options(EditKind),
    "levels": [(str(level), f"Cấp {level}") for level in range(1, 6)],
}
