"""The catalogue on a day as lines that can be laid beside those of another day."""

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy.orm import Session

from catalogue.domain.as_of import CatalogueRow
from catalogue.domain.issuer import provincial_committee
from catalogue.domain.papers import Comparison, Line
from catalogue.domain.roles import Viewer
from catalogue.domain.words import UNVERIFIED
from catalogue.models import Agency
from catalogue.queries import as_of
from catalogue.queries.listings import UNGROUPED

WHOLE = "Các cơ quan, đơn vị"


def comparison(
    session: Session, former_day: date, latter_day: date, agency: Agency | None, viewer: Viewer
) -> Comparison:
    """Compare two days' catalogues of one agency, or of all."""
    former, latter = (lines(session, day, agency, viewer) for day in (former_day, latter_day))
    unverified = any(UNVERIFIED in cell for line in (*former, *latter) for cell in line.cells)
    return Comparison(
        letterhead=provincial_committee(viewer.on),
        title=agency.name if agency else WHOLE,
        former_day=former_day,
        latter_day=latter_day,
        former=former,
        latter=latter,
        marks=(UNVERIFIED,) if unverified else (),
    )


def lines(session: Session, day: date, agency: Agency | None, viewer: Viewer) -> tuple[Line, ...]:
    """List what was in force that day, each agency and group under its heading."""
    rows = as_of.rows(session, day, viewer, agency_id=agency.id if agency else None)
    return tuple(_with_headings(rows))


def _with_headings(rows: Iterable[CatalogueRow]) -> Iterator[Line]:
    said: set[tuple[str, ...]] = set()
    for row in rows:
        agency = (row.agency,)
        group = (*agency, row.group.value if row.group else "")
        headings = (agency, row.agency), (group, row.group.label if row.group else UNGROUPED)
        for key, heading in headings:
            if key not in said:
                said.add(key)
                yield Line(key, (heading,))
        yield Line((*group, str(row.position_id)), _cells(row))


def _cells(row: CatalogueRow) -> tuple[str, ...]:
    place = row.wording
    origin = f"{place.document}, bảng {place.table}, dòng {place.row}"
    mark = f"\n{row.mark}" if row.mark else ""
    headcount = "" if row.headcount is None else str(row.headcount)
    return row.name, row.rank or "", row.code or "", headcount, origin + mark
