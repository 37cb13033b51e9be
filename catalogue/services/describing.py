"""Writing job descriptions onto their positions, as numbered versions: read ones, approved ones."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain import description as records
from catalogue.domain.drafting import Content
from catalogue.domain.errors import BlockedImport, Conflict
from catalogue.domain.problems import Problem
from catalogue.domain.words import IN_FORCE, VersionState
from catalogue.models import Description, PositionVersion
from catalogue.services import auditing, competencies, placing
from catalogue.services.description_rows import Provenance, Writer
from catalogue.services.task_identity import AsSaid, ByText


@dataclass(frozen=True, slots=True)
class Source:
    """The file that was read and the day from which its descriptions hold.

    `agency_id` limits the positions that they may describe; None means all.
    """

    file_name: str
    sha256: str
    valid_from: date
    agency_id: int | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a file of descriptions did."""

    descriptions: int
    tasks: int
    repeated: int


def record_descriptions(
    session: Session,
    read: Sequence[records.Description],
    source: Source,
    *,
    by: int | None,
    at: datetime,
) -> Recorded:
    """Write each description as a new version beside its position.

    A task whose text the position already had keeps its identity. A description that was read from
    the same file before is left alone. One that fits no position, or several, blocks the file, as
    does one for a position whose description was approved: that one is followed by a draft only.
    """
    placed = placing.place(session, read, source.file_name, agency_id=source.agency_id)
    headings = _competency_headings(read)
    competency_of = competencies.find_or_add(session, headings, headings)
    known = _already_read(session, source)
    fresh = [pair for pair in placed if pair[1].position_id not in known]
    _refuse_approved(session, fresh, source)
    provenance = Provenance(
        source.file_name, source.sha256, VersionState.PROVISIONAL, source.valid_from
    )
    writer = Writer(session, provenance, at, competency_of)
    for description, version in fresh:
        number = _end_former(session, version.position_id, provenance)
        identities = ByText(session, version.position_id)
        writer.write(description, version, number + 1, identities)
    session.flush()
    if fresh:
        auditing.record(
            session,
            "descriptions.recorded",
            source.file_name,
            by=by,
            at=at,
            sha256=source.sha256,
            descriptions=len(fresh),
        )
    return Recorded(len(fresh), writer.tasks, len(placed) - len(fresh))


def _competency_headings(read: Iterable[records.Description]) -> dict[str, str]:
    """Give the heading that each competency's name is printed under."""
    return {asked.name: asked.group for description in read for asked in description.competencies}


def record_approved(
    session: Session,
    content: Content,
    version: PositionVersion,
    provenance: Provenance,
    former: Collection[int],
    *,
    at: datetime,
) -> Description:
    """Write an approved draft as the next version for its position and unit.

    `former` are the tasks of the version that it follows. Raises Conflict where another version
    begins later than this one, or where a task is said to go on from another position's.
    """
    identities = AsSaid(session, version.position_id, content)
    _refuse_later(session, version.position_id, provenance)
    headings = _competency_headings([content.description])
    competency_of = competencies.find_or_add(session, headings, headings)
    number = _end_former(session, version.position_id, provenance)
    writer = Writer(session, provenance, at, competency_of)
    description = writer.write(content.description, version, number + 1, identities)
    session.flush()
    session.add_all(identities.successions(description, former))
    session.flush()
    return description


def _already_read(session: Session, source: Source) -> set[int]:
    return set(
        session.scalars(
            select(Description.position_id).where(Description.file_sha256 == source.sha256)
        )
    )


def _refuse_approved(
    session: Session, fresh: Sequence[tuple[records.Description, PositionVersion]], source: Source
) -> None:
    """Keep what was approved: a file was neither appraised nor approved."""
    approved = set(
        session.scalars(
            select(Description.position_id)
            .where(Description.state == VersionState.ISSUED, Description.unit_id.is_(None))
            .where(Description.valid_to.is_(None))
        )
    )
    problems = [
        Problem(
            f"Bản mô tả «{read.name}»",
            "vị trí này đã có bản mô tả được phê duyệt",
            "Hãy nhập tệp thành bản soạn, rồi trình và phê duyệt.",
            blocks=True,
        )
        for read, version in fresh
        if version.position_id in approved
    ]
    if problems:
        message = f"Tệp «{source.file_name}» chưa ghi được. Chưa có dữ liệu nào được ghi."
        raise BlockedImport(message, problems)


def _refuse_later(session: Session, position_id: int, provenance: Provenance) -> None:
    """Let nothing slip in before what was approved for a later day."""
    later = session.scalar(
        select(Description.valid_from)
        .where(Description.position_id == position_id, Description.state.in_(IN_FORCE))
        .where(Description.unit_id.is_not_distinct_from(provenance.unit_id))
        .where(Description.valid_from > provenance.valid_from)
        .order_by(Description.valid_from.desc())
        .limit(1)
    )
    if later:
        message = (
            f"Vị trí này đã có bản mô tả được phê duyệt, có hiệu lực từ {later:%d/%m/%Y}. "
            f"Hãy chọn ngày hiệu lực từ {later:%d/%m/%Y} trở đi."
        )
        raise Conflict(message)


def _end_former(session: Session, position_id: int, provenance: Provenance) -> int:
    """End the version in force the day before; answers the highest number so far.

    Only versions for the same unit are touched: a general one leaves each unit its own.
    """
    versions = session.scalars(
        select(Description)
        .where(Description.position_id == position_id)
        .where(Description.unit_id.is_not_distinct_from(provenance.unit_id))
    ).all()
    for version in versions:
        if version.state in IN_FORCE and version.valid_to is None:
            if version.valid_from < provenance.valid_from:
                version.valid_to = provenance.valid_from - timedelta(days=1)
            else:
                version.state = VersionState.SUPERSEDED
    # Flushed before the successor is added: the two may not overlap even for a moment.
    session.flush()
    return max((version.number for version in versions), default=0)
