"""What the matrix of frameworks shows as asked for: its lines, its columns, its drawn cells."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import get_template_attribute, request
from markupsafe import Markup
from sqlalchemy.orm import Session

from catalogue.blueprints import asked
from catalogue.blueprints.guard import viewer
from catalogue.blueprints.links import path_before
from catalogue.domain.errors import NotFound
from catalogue.domain.framework import UNGROUPED, Cell, Competence, Line, Oddity, lay_out, told
from catalogue.domain.words import LabelledWord, PositionGroup, SourceState
from catalogue.extensions import db
from catalogue.forms.frameworks import MOST_POSITIONS
from catalogue.queries import frameworks, units
from catalogue.queries.competencies import GroupChoice
from catalogue.queries.frameworks import Wanted
from catalogue.queries.units import ListedUnit

MOST_COLUMNS = 60
_HEADS = ("Vị trí", "Mã", "Cơ quan", "Nhóm vị trí", "Nguồn")


class Look(LabelledWord):
    """How the matrix is drawn."""

    FIGURES = "so", "Chữ số"
    SHADES = "dam-nhat", "Đậm nhạt theo cấp"


class Scope(LabelledWord):
    """Which lines are shown."""

    ODD = "khac-thuong", "Chỉ chỗ khác thường"


@dataclass(frozen=True, slots=True)
class Matrix:
    """The matrix as asked for; `cut` counts the columns that too few ask for to be shown."""

    wanted: Wanted
    lines: Sequence[Line]
    columns: Sequence[Competence]
    choices: Sequence[Competence]
    is_whole: bool
    cut: int

    @property
    def odd(self) -> Counter[Oddity]:
        """Count the cells that are worth a second look, of each kind that there is."""
        return Counter(cell.oddity for line in self.lines for cell in line.cells if cell.oddity)

    @property
    def unverified(self) -> int:
        return sum(line.position.source is not SourceState.VERIFIED for line in self.lines)


def wanted(session: Session) -> tuple[Wanted, Sequence[ListedUnit]]:
    """Read which positions and competencies are asked for; a unit out of sight is not there."""
    choices = units.units(session, viewer())
    unit_id = asked.key("don-vi", label="Đơn vị")
    if unit_id is not None and unit_id not in {each.unit_id for each in choices}:
        raise NotFound("Không tìm thấy nội dung này.")
    found = Wanted(
        text=asked.text("tim", label="Tìm"),
        agency_id=asked.key("co-quan", label="Cơ quan"),
        unit_id=unit_id,
        group=asked.word("nhom", PositionGroup, label="Nhóm vị trí"),
        choice=asked.word("nang-luc", GroupChoice, label="Nhóm năng lực"),
    )
    return found, choices


def matrix(asked_for: Wanted, *, limit: int | None = MOST_POSITIONS) -> Matrix:
    """Read the matrix; with a limit, of so many positions and of not too many columns."""
    session, person = db.session(), viewer()
    more = limit and limit + 1
    positions = frameworks.positions(session, asked_for, person, limit=more)
    found = frameworks.frameworks(session, asked_for, positions[:limit])
    columns = _most_asked(found, MOST_COLUMNS) if limit else found.columns
    lines = lay_out(positions[:limit], columns, found.asked, frameworks.usuals(session, person))
    if asked.word("chi", Scope, label="Chỉ xem"):
        lines = [line for line in lines if line.odd]
    whole = limit is None or len(positions) <= limit
    cut = len(found.columns) - len(columns)
    return Matrix(asked_for, lines, columns, found.choices, whole, cut)


Drawn = tuple[Line, str, Markup]


def drawn(lines: Sequence[Line]) -> list[Drawn]:
    """Draw the cells of each line; cells that read alike are drawn once for all the lines."""
    draw: Callable[[Cell], Markup] = get_template_attribute("frameworks/cell.html", "cell")
    known: dict[Cell, Markup] = {}
    for line in lines:
        for cell in line.cells:
            if cell not in known:
                known[cell] = draw(cell)
    path = path_before("positions.show", "position_id")
    return [
        (line, f"{path}{line.position.position_id}", _joined(known[cell] for cell in line.cells))
        for line in lines
    ]


def by_agency(rows: Sequence[Drawn]) -> list[tuple[str, list[Drawn]]]:
    """Part the rows where another agency begins, as they are ordered."""
    parts = groupby(rows, key=lambda row: row[0].position.agency)
    return [(agency, list(part)) for agency, part in parts]


def _joined(cells: Iterable[Markup]) -> Markup:
    """Put cells that were drawn already side by side; joining by Markup would escape each anew."""
    return Markup("".join(cells))  # noqa: S704 (every one of them came out of a template)


def sheet(shown: Matrix) -> tuple[Sequence[str], list[tuple[str | None, ...]]]:
    """Lay the matrix out as heads and rows, for files."""
    heads = (*_HEADS, *(column.name for column in shown.columns))
    rows = [(*_told(line), *map(told, line.cells)) for line in shown.lines]
    return heads, rows


def query() -> dict[str, Any]:
    """Give what a link needs to ask for the same matrix again."""
    return dict(request.args)


def _told(line: Line) -> tuple[str | None, ...]:
    position = line.position
    group = position.group.label if position.group else UNGROUPED
    return position.name, position.code, position.agency, group, position.source.label


def _most_asked(found: frameworks.Frameworks, most: int) -> list[Competence]:
    """Leave out the columns that fewest ask for, where there are more than can be looked at."""
    if len(found.columns) <= most:
        return found.columns
    asking: dict[int, int] = {}
    for _, key in found.asked:
        asking[key] = asking.get(key, 0) + 1
    ranked = sorted(found.columns, key=lambda each: -asking[each.competency_id])
    kept = {each.competency_id for each in ranked[:most]}
    return [each for each in found.columns if each.competency_id in kept]
