"""A province of 736 people to measure on, made through the services."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session

from catalogue.domain.annex import Annex, Row
from catalogue.domain.description import Description, Duty, Task
from catalogue.domain.diary import FullLine
from catalogue.domain.foundation import AgencyFact, DayFact, DocumentFact, Foundation, UnitFact
from catalogue.domain.words import DayKind, Level, SourceState
from catalogue.models import Agency, Base, Position, TaskVersion, Unit, sqlite
from catalogue.services import cataloguing, describing, founding, staffing

AT = datetime(2024, 4, 10, tzinfo=UTC)
START = date(2024, 1, 1)
UNITS, PEOPLE, DAYS, LINES_A_DAY = 23, 736, 60, 6
_FACTS = Foundation(
    documents=(DocumentFact("D1", "issuer", START, "title", "quyết định"),),
    agencies=(AgencyFact("A", "Agency", "A", Level.PROVINCE, "", "", ""),),
    units=tuple(UnitFact(f"U{n}", f"Unit {n}", "A", "") for n in range(UNITS)),
    calendar=(DayFact(START, DayKind.HOLIDAY, ""),),
    in_force_from=START,
    stands_in_for="D1",
)


@dataclass(frozen=True, slots=True)
class Province:
    """The database, its engine, and the lines that nobody has written yet."""

    engine: Engine
    lines: list[FullLine]


@contextmanager
def catalogue_with_an_agency() -> Iterator[Engine]:
    """Make a database in a folder of its own: one document, one agency, no position yet."""
    with TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'bench.db'}")
        sqlite.prepare(engine)
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            founding.lay(session, _FACTS, at=AT)
            session.commit()
        yield engine
        engine.dispose()


@contextmanager
def province() -> Iterator[Province]:
    """Make the database with its people, everything but the diary written."""
    with catalogue_with_an_agency() as engine:
        with Session(engine) as session:
            lines = _people_with_lines(session)
            session.commit()
        yield Province(engine, lines)


def _people_with_lines(session: Session) -> list[FullLine]:
    founding.establish_units(session, _FACTS.units, since=START)
    position, task = _described_position(session)
    places = [
        staffing.establish(session, unit, position, headcount=32, since=START)
        for unit in session.scalars(select(Unit))
    ]
    seats = [
        staffing.assign(
            session,
            staffing.add_person(session, f"Người Mẫu {n}", synthetic=True),
            places[n % UNITS],
            since=START,
        ).id
        for n in range(PEOPLE)
    ]
    return [
        FullLine(
            seat, task, START + timedelta(days=day), "Soạn thảo văn bản", None, None, 75, False
        )
        for seat in seats
        for day in range(DAYS)
        for _ in range(LINES_A_DAY)
    ]


def _described_position(session: Session) -> tuple[Position, int]:
    document = founding.reference_document(session, "R", "reference", START)
    agency = session.scalars(select(Agency)).one()
    row = Row("1", "Chuyên viên", "Nghiệp vụ chuyên ngành", None, None, 1, 1, 2, ("1",))
    source = cataloguing.Source(document, agency, "a.docx", "a", SourceState.REFERENCE, START)
    cataloguing.record_annex(session, Annex((row,)), source, by=None, at=AT)
    read = Description("Chuyên viên", duties=(Duty("2.1", "Soạn thảo", (Task("Soạn văn bản"),)),))
    described = describing.Source("d.docx", "d", START)
    describing.record_descriptions(session, [read], described, by=None, at=AT)
    return session.scalars(select(Position)).one(), session.scalars(select(TaskVersion.id)).one()
