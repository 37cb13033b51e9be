"""Issuing a dossier of 400 rows, against writing the same rows by the driver's executemany."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.orm import Session

from benchmarks.province import AT, START, catalogue_with_an_agency
from benchmarks.ratios import Ratio
from benchmarks.timing import medians
from catalogue.domain.annex import Annex, Row
from catalogue.domain.issuing import Terms
from catalogue.domain.reviewing import MatchKind, Stage
from catalogue.domain.states import Move
from catalogue.domain.words import SourceState
from catalogue.models import (
    Agency,
    AnnexFile,
    AnnexRow,
    Match,
    Person,
    Position,
    PositionVersion,
    Reconciliation,
    Seat,
    SourceDocument,
)
from catalogue.services import cataloguing, dossier_items, dossiers, founding, issuing, staffing

ROWS, NEW, EFFECT = 400, 40, date(2024, 4, 15)
_WRITTEN = ("annex_row", "position", "position_version", "position_origin")


@dataclass(frozen=True, slots=True)
class Ready:
    """A database whose dossier waits to be issued."""

    engine: Engine
    dossier_id: int
    issuer_id: int
    sha256: str


def measure() -> list[Ratio]:
    """Take the median of issuing and taking it back, so that every round begins alike."""
    with _ready() as ready:
        written, ended = _what_is_written(ready)
        taken = medians(
            {
                "raw": lambda: _raw(ready, written, ended),
                "issue": lambda: _issue(ready),
            },
            rounds=7,
        )
    name = f"{ROWS} rows issued, everything checked / the same rows by raw executemany"
    return [Ratio(name, taken["issue"] / taken["raw"], 12.0)]


def _issue(ready: Ready) -> None:
    with Session(ready.engine) as session:
        _issued(session, ready)
        session.rollback()


def _issued(session: Session, ready: Ready) -> None:
    terms = Terms("21-QĐ/TU", EFFECT, "Ký", "Bí thư", EFFECT, ready.sha256)
    issuing.issue(session, ready.dossier_id, terms, by=ready.issuer_id, at=AT)


def _what_is_written(ready: Ready) -> tuple[dict[str, list[tuple[Any, ...]]], list[tuple[int]]]:
    """Issue once to see the rows; answers those of each table, and the versions that end."""
    before = _counts(ready.engine)
    with Session(ready.engine) as session:
        _issued(session, ready)
        written = {
            table: [
                tuple(row)
                for row in session.execute(
                    text(f"SELECT * FROM {table} ORDER BY rowid LIMIT -1 OFFSET {before[table]}")  # noqa: S608
                )
            ]
            for table in _WRITTEN
        }
        ending = select(PositionVersion.id).where(PositionVersion.valid_to.is_not(None))
        ended = [(version,) for version in session.scalars(ending)]
        session.rollback()
    return written, ended


def _raw(ready: Ready, written: dict[str, list[tuple[Any, ...]]], ended: list[tuple[int]]) -> None:
    connection = ready.engine.raw_connection()
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")  # the annex's own file is not among the rows
    cursor.execute("BEGIN IMMEDIATE")
    cursor.executemany("UPDATE position_version SET valid_to = '2024-04-14' WHERE id = ?", ended)
    for table, rows in written.items():
        marks = ", ".join("?" * len(rows[0]))
        cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 (our names)
    cursor.execute("ROLLBACK")
    cursor.execute("PRAGMA foreign_keys=ON")
    connection.close()


def _counts(engine: Engine) -> dict[str, int]:
    assert set(_WRITTEN) <= set(inspect(engine).get_table_names())
    with engine.connect() as connection:
        return {
            table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608
            for table in _WRITTEN
        }


@contextmanager
def _ready() -> Iterator[Ready]:
    """Make 360 positions of a temporary list, and a concluded dossier of 400 official rows."""
    with catalogue_with_an_agency() as engine, Session(engine) as session:
        writer, issuer = (
            staffing.add_person(session, name, synthetic=True) for name in ("Soạn", "Duyệt")
        )
        session.flush()
        session.add(
            Seat(stage=Stage.COMMITTEE, person_id=issuer.id, office="Ủy viên", valid_from=START)
        )
        lists = _reconciled(session, writer)
        dossier = dossiers.draft(session, "Danh mục", by=writer.id, at=AT)
        dossier_items.gather(session, dossier.id, lists.id, by=writer.id, at=AT)
        dossiers.submit(session, dossier.id, by=writer.id, at=AT)
        for step in (Move.OPEN, Move.FORWARD, Move.CONCLUDE):
            dossiers.move(session, dossier.id, step, by=issuer.id, at=AT)
        session.commit()
        ready = Ready(engine, dossier.id, issuer.id, dossier.sha256 or "")
        session.close()
        yield ready


def _reconciled(session: Session, writer: Person) -> Reconciliation:
    agency = session.scalars(select(Agency)).one()
    temporary = founding.reference_document(session, "R", "reference", START)
    own = _list(ROWS - NEW, "tạm thời")
    source = cataloguing.Source(temporary, agency, "own.docx", "a", SourceState.REFERENCE, START)
    cataloguing.record_annex(session, own, source, by=None, at=AT)
    rows = _official(session, agency)
    lists = Reconciliation(
        agency_id=agency.id, official_file_id=rows[0].annex_file_id, started_at=AT
    )
    session.add(lists)
    session.flush()
    versions = session.scalars(select(PositionVersion).join(Position)).all()
    session.add_all(
        Match(
            reconciliation_id=lists.id,
            kind=MatchKind.RENAMED if place < len(versions) else MatchKind.MISSING,
            score=90.0,
            reason="",
            ruled_by_id=writer.id,
            ruled_at=AT,
            versions=list(versions[place : place + 1]),
            rows=[row],
        )
        for place, row in enumerate(rows)
    )
    session.flush()
    return lists


def _official(session: Session, agency: Agency) -> list[AnnexRow]:
    document = session.scalars(select(SourceDocument)).first()
    assert document
    file = AnnexFile(
        source_document_id=document.id,
        agency_id=agency.id,
        file_name="official.docx",
        sha256="b",
        read_at=AT,
    )
    session.add(file)
    session.flush()
    rows = [
        AnnexRow(
            annex_file_id=file.id,
            table_no=row.table,
            row_no=row.row,
            no=row.no,
            name=row.name,
            group_heading=row.group,
            rank=row.rank,
            raw=list(row.raw),
        )
        for row in _list(ROWS, "chính thức").rows
    ]
    session.add_all(rows)
    session.flush()
    return rows


def _list(count: int, kind: str) -> Annex:
    return Annex(
        tuple(
            Row(
                no=str(place),
                name=f"Chuyên viên {kind} {place}",
                group="Nghiệp vụ chuyên ngành",
                rank="Chuyên viên",
                code=None,
                headcount=1,
                table=1,
                row=place,
                raw=(str(place), f"Chuyên viên {kind} {place}"),
            )
            for place in range(1, count + 1)
        )
    )
