"""Following a log line back to its decision, in one statement."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from catalogue.domain.trace import Trace
from catalogue.models import (
    AnnexFile,
    AnnexRow,
    Assignment,
    Description,
    Duty,
    Establishment,
    LogLine,
    Person,
    Position,
    PositionVersion,
    SourceDocument,
    TaskVersion,
    Unit,
)


def of_line(session: Session, line_id: int) -> Trace | None:
    """Follow one line; None where there is no such line or a link of its chain is missing."""
    row = session.execute(_chain().where(LogLine.id == line_id)).first()
    if row is None:
        return None
    links = row._asdict()
    return Trace(**links | {"annex_raw": tuple(links["annex_raw"])})


def any_line(session: Session, draw: float) -> int | None:
    """Draw a line; `draw` in [0, 1) says which, so that the caller holds the chance."""
    first, last = session.execute(select(func.min(LogLine.id), func.max(LogLine.id))).one()
    if first is None:
        return None
    at_least = first + int((last - first + 1) * draw)
    return session.scalar(select(func.min(LogLine.id)).where(LogLine.id >= at_least))


def untraced(session: Session) -> int:
    """Count the lines whose chain lacks a link, or whose task is of another position."""
    whole = (
        _chain()
        .where(Position.id == Establishment.position_id)
        .with_only_columns(LogLine.id, maintain_column_froms=True)
        .subquery()
    )
    query = select(func.count()).where(LogLine.id.not_in(select(whole.c.id)))
    return session.scalars(query.select_from(LogLine)).one()


# What each link of the chain says, from the line to the row of a decision.
_LINKS = (
    LogLine.id.label("line_id"),
    LogLine.day,
    Person.id.label("person_id"),
    Person.name.label("person"),
    Unit.id.label("unit_id"),
    Unit.name.label("unit"),
    LogLine.minutes,
    LogLine.overtime,
    LogLine.content,
    LogLine.product,
    TaskVersion.id.label("task_version_id"),
    TaskVersion.task_id,
    TaskVersion.text.label("task"),
    Duty.name.label("duty"),
    Description.id.label("description_id"),
    Description.number.label("description_number"),
    Description.file_name.label("description_file"),
    Position.id.label("position_id"),
    PositionVersion.number.label("position_version_number"),
    PositionVersion.name.label("position"),
    AnnexRow.id.label("annex_row_id"),
    AnnexRow.table_no.label("annex_table"),
    AnnexRow.row_no.label("annex_row"),
    AnnexRow.raw.label("annex_raw"),
    AnnexFile.file_name.label("annex_file"),
    AnnexFile.sha256.label("annex_sha256"),
    SourceDocument.id.label("document_id"),
    SourceDocument.number.label("document_number"),
    SourceDocument.title.label("document_title"),
    SourceDocument.state.label("document_state"),
)


def _chain() -> Select[tuple[object, ...]]:
    return (
        select(*_LINKS)
        .select_from(LogLine)
        .join(Assignment, Assignment.id == LogLine.assignment_id)
        .join(Person, Person.id == Assignment.person_id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Unit, Unit.id == Establishment.unit_id)
        .join(TaskVersion, TaskVersion.id == LogLine.task_version_id)
        .join(Duty, Duty.id == TaskVersion.duty_id)
        .join(Description, Description.id == Duty.description_id)
        .join(PositionVersion, PositionVersion.id == Description.position_version_id)
        .join(Position, Position.id == PositionVersion.position_id)
        .join(AnnexRow, AnnexRow.id == PositionVersion.wording_row_id)
        .join(AnnexFile, AnnexFile.id == AnnexRow.annex_file_id)
        .join(SourceDocument, SourceDocument.id == AnnexFile.source_document_id)
    )
