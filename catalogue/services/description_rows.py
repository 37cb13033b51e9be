"""Writing a job description as rows, whether it was read from a file or approved."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy.orm import Session

from catalogue.domain import description as records
from catalogue.domain.text import fold
from catalogue.domain.words import VersionState
from catalogue.models import (
    Description,
    Duty,
    PositionVersion,
    Requirement,
    Task,
    TaskVersion,
)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a description comes from: a file, or an approved submission, which has no file name.

    It is particular to the unit where one is given, and holds from the day named.
    """

    file_name: str
    sha256: str
    state: VersionState
    valid_from: date
    unit_id: int | None = None


class Identities(Protocol):
    """Which lasting task each line of a description is."""

    def of(self, line: records.Task | records.Duty, folded: str) -> Task:
        """Give the task of one line, whose folded text is given too."""


class Writer:
    """Writes descriptions of one provenance, counting the tasks that they hold."""

    def __init__(
        self,
        session: Session,
        provenance: Provenance,
        at: datetime,
        competency_of: Mapping[str, int],
    ) -> None:
        self.session = session
        self.provenance = provenance
        self.at = at
        self.competency_of = competency_of
        self.tasks = 0

    def write(
        self,
        read: records.Description,
        version: PositionVersion,
        number: int,
        identities: Identities,
    ) -> Description:
        """Add the rows of one numbered version; the caller has made room for it in time."""
        came = self.provenance
        description = Description(
            position_id=version.position_id,
            position_version_id=version.id,
            unit_id=came.unit_id,
            number=number,
            state=came.state,
            valid_from=came.valid_from,
            created_at=self.at,
            file_name=came.file_name,
            file_sha256=came.sha256,
            **_texts(read),
        )
        description.duties = [
            self._duty(ordinal, duty, identities)
            for ordinal, duty in enumerate(read.duties, start=1)
        ]
        description.requirements = [
            self._requirement(ordinal, asked)
            for ordinal, asked in enumerate(read.competencies, start=1)
        ]
        self.session.add(description)
        return description

    def _duty(self, ordinal: int, read: records.Duty, identities: Identities) -> Duty:
        duty = Duty(
            ordinal=ordinal,
            no=read.no,
            name=read.name,
            criteria=list(read.criteria),
            products=list(read.products),
        )
        # A duty printed without tasks is itself what people log against.
        if read.tasks:
            duty.tasks = [
                _task_version(place, task, identities)
                for place, task in enumerate(read.tasks, start=1)
            ]
        else:
            duty.tasks = [_logged_itself(read, identities)]
        self.tasks += len(duty.tasks)
        return duty

    def _requirement(self, ordinal: int, read: records.Requirement) -> Requirement:
        return Requirement(
            ordinal=ordinal,
            competency_id=self.competency_of[fold(read.name)],
            group_heading=read.group,
            name=read.name,
            level_min=read.level_min,
            level_max=read.level_max,
        )


def _task_version(ordinal: int, read: records.Task, identities: Identities) -> TaskVersion:
    folded = fold(read.text)
    return TaskVersion(
        ordinal=ordinal,
        printed=True,
        text=read.text,
        text_folded=folded,
        product=read.product,
        criterion=read.criterion,
        product_unit=read.product_unit,
        norm_minutes=read.norm_minutes,
        kind=read.kind,
        task=identities.of(read, folded),
    )


def _logged_itself(duty: records.Duty, identities: Identities) -> TaskVersion:
    folded = fold(duty.name)
    return TaskVersion(
        ordinal=1,
        printed=False,
        text=duty.name,
        text_folded=folded,
        task=identities.of(duty, folded),
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
