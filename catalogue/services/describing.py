"""Writing job descriptions that were read, each onto its position, as numbered versions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.domain import description as records
from catalogue.domain.text import fold
from catalogue.domain.words import IN_FORCE, VersionState
from catalogue.models import (
    Description,
    Duty,
    PositionVersion,
    Requirement,
    Task,
    TaskVersion,
)
from catalogue.services import auditing, competencies, placing


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
    the same file before is left alone. One that fits no position, or several, blocks the file.
    """
    placed = placing.place(session, read, source.file_name, agency_id=source.agency_id)
    headings = _competency_headings(read)
    competency_of = competencies.find_or_add(session, headings, headings)
    known = _already_read(session, source)
    fresh = [pair for pair in placed if pair[1].position_id not in known]
    writer = _Writer(session, source, at, competency_of)
    for description, version in fresh:
        writer.write(description, version)
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


def _already_read(session: Session, source: Source) -> set[int]:
    return set(
        session.scalars(
            select(Description.position_id).where(Description.file_sha256 == source.sha256)
        )
    )


class _Writer:
    """Writes descriptions of one file, remembering what its positions had before."""

    def __init__(
        self, session: Session, source: Source, at: datetime, competency_of: Mapping[str, int]
    ) -> None:
        self.session = session
        self.source = source
        self.at = at
        self.competency_of = competency_of
        self.tasks = 0

    def write(self, read: records.Description, version: PositionVersion) -> None:
        former = self._retire_former(version.position_id)
        description = Description(
            position_id=version.position_id,
            position_version_id=version.id,
            number=former + 1,
            state=VersionState.PROVISIONAL,
            valid_from=self.source.valid_from,
            created_at=self.at,
            file_name=self.source.file_name,
            file_sha256=self.source.sha256,
            **_texts(read),
        )
        identities = self._identities(version.position_id)
        description.duties = [
            self._duty(ordinal, duty, version.position_id, identities)
            for ordinal, duty in enumerate(read.duties, start=1)
        ]
        description.requirements = [
            self._requirement(ordinal, asked)
            for ordinal, asked in enumerate(read.competencies, start=1)
        ]
        self.session.add(description)

    def _retire_former(self, position_id: int) -> int:
        """End the version in force the day before; answers the highest number so far."""
        versions = self.session.scalars(
            select(Description).where(
                Description.position_id == position_id, Description.unit_id.is_(None)
            )
        ).all()
        for version in versions:
            if version.state in IN_FORCE and version.valid_to is None:
                if version.valid_from < self.source.valid_from:
                    version.valid_to = self.source.valid_from - timedelta(days=1)
                else:
                    version.state = VersionState.SUPERSEDED
        # Flushed before the successor is added: the two may not overlap even for a moment.
        self.session.flush()
        return max((version.number for version in versions), default=0)

    def _identities(self, position_id: int) -> dict[str, int]:
        latest = (
            select(TaskVersion.text_folded, func.max(TaskVersion.task_id))
            .join(Task, Task.id == TaskVersion.task_id)
            .where(Task.position_id == position_id)
            .group_by(TaskVersion.text_folded)
        )
        return dict(self.session.execute(latest).tuples().all())

    def _duty(
        self, ordinal: int, read: records.Duty, position_id: int, identities: dict[str, int]
    ) -> Duty:
        duty = Duty(
            ordinal=ordinal,
            no=read.no,
            name=read.name,
            criteria=list(read.criteria),
            products=list(read.products),
        )
        # A duty printed without tasks is itself what people log against.
        printed = bool(read.tasks)
        tasks = read.tasks or (records.Task(read.name),)
        for task_ordinal, task in enumerate(tasks, start=1):
            folded = fold(task.text)
            duty.tasks.append(
                TaskVersion(
                    ordinal=task_ordinal,
                    printed=printed,
                    text=task.text,
                    text_folded=folded,
                    product=task.product,
                    criterion=task.criterion,
                    task=self._task(position_id, identities.pop(folded, None)),
                )
            )
        self.tasks += len(tasks)
        return duty

    def _task(self, position_id: int, identity: int | None) -> Task:
        known = self.session.get(Task, identity) if identity is not None else None
        return known or Task(position_id=position_id)

    def _requirement(self, ordinal: int, read: records.Requirement) -> Requirement:
        return Requirement(
            ordinal=ordinal,
            competency_id=self.competency_of[fold(read.name)],
            group_heading=read.group,
            name=read.name,
            level_min=read.level_min,
            level_max=read.level_max,
        )


def _texts(read: records.Description) -> dict[str, object]:
    return {
        "name": read.name,
        "code": read.code,
        "purpose": read.purpose,
        "starts": read.starts,
        "workplace": read.workplace,
        "procedures": read.procedures,
        "particulars": read.particulars,
        "relations": asdict(read.relations),
        "authority": [asdict(right) for right in read.authority],
        "qualifications": {label: list(lines) for label, lines in read.qualifications.items()},
        "marks": list(read.marks),
        "preface": list(read.preface),
    }
