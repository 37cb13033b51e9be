"""An office whose people all hold one position with one task to log against."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Engine, create_engine, insert, select, text
from sqlalchemy.orm import Session

from catalogue.domain.diary import FullLine
from catalogue.domain.text import fold, sort_key
from catalogue.domain.words import AssignmentKind, Role, SourceState
from catalogue.models import Assignment, Establishment, Person, RoleGrant, sqlite
from catalogue.queries import checks
from catalogue.services import day_sums, logging_work
from tests.making import (
    AT,
    SINCE,
    TODAY,
    make_agency,
    make_description,
    make_document,
    make_positions,
    make_unit,
    task_versions,
)


@dataclass(frozen=True, slots=True)
class Ground:
    """Who may log, and against what."""

    people: tuple[int, ...]
    task: int


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    engine = create_engine(url)
    sqlite.prepare(engine)
    yield engine
    engine.dispose()


def lay(session: Session, people: int) -> Ground:
    """Write the office into an empty database and commit it."""
    agency = make_agency(session, "VP", "Văn phòng")
    document = make_document(session, "09-ĐA/TU", SourceState.REFERENCE)
    (position,) = make_positions(session, agency, document, ["Chuyên viên tổng hợp"])
    description = make_description(session, position, agency, ["Soạn thảo báo cáo tháng"])
    unit = make_unit(session, "VPTU", "Văn phòng Tỉnh ủy", agency)
    establishment = Establishment(
        unit_id=unit.id, position_id=position.position_id, headcount=people, valid_from=SINCE
    )
    session.add(establishment)
    session.flush()
    numbers = tuple(range(1, people + 1))
    names = [f"Người Mẫu {number:03d}" for number in numbers]
    _write_all(
        session,
        Person,
        [
            {"id": number, "name": name, "name_folded": fold(name), "sort_key": sort_key(name)}
            for number, name in zip(numbers, names, strict=True)
        ],
    )
    held = {"establishment_id": establishment.id, "kind": AssignmentKind.PRIMARY}
    granted = {"role": Role.STAFF, "unit_id": unit.id, "granted_at": AT}
    since = {"valid_from": SINCE}
    _write_all(session, Assignment, [held | since | {"person_id": n} for n in numbers])
    _write_all(session, RoleGrant, [granted | since | {"person_id": n} for n in numbers])
    task = task_versions(session, description)[0].id
    session.commit()
    return Ground(numbers, task)


def keep_a_month(session: Session, ground: Ground, lines: int) -> None:
    """Write so many lines of everybody's on each day of the last four weeks, as time does.

    Then let PostgreSQL do at once what it does by itself in time: clean up, count, write out.
    """
    held = session.scalars(select(Assignment.id)).all()
    days = [TODAY - timedelta(days=past) for past in range(1, 29)]
    told = ("Soạn thảo báo cáo tháng", "Một báo cáo", 1, 30, False)
    written = logging_work.log_many(
        session,
        (FullLine(seat, ground.task, day, *told) for day in days for seat in [*held] * lines),
        at=AT,
    )
    deque(written, maxlen=0)
    day_sums.sum_all_days(session)
    session.commit()
    engine = session.get_bind().engine
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
            connection.execute(text("CHECKPOINT"))


def assert_sound(engine: Engine) -> None:
    """Every promise holds, and the file itself is whole."""
    with Session(engine) as session:
        assert [check for check in checks.run(session) if check.broken] == []
        if engine.dialect.name == "sqlite":
            assert session.scalar(text("PRAGMA integrity_check")) == "ok"


def _write_all(session: Session, table: type, rows: list[dict[str, object]]) -> None:
    session.execute(insert(table), rows)
