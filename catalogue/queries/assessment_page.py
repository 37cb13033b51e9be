"""One assessment as its page shows it: whose it is, and what was said of each competency."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import case, select
from sqlalchemy.orm import Session, aliased

from catalogue.domain.assessing import Words, gap
from catalogue.domain.roles import Viewer
from catalogue.domain.states import AssessmentState
from catalogue.domain.words import PositionGroup
from catalogue.models import (
    AssessedLevel,
    Assessment,
    Assignment,
    Competency,
    CompetencyDictionary,
    CompetencyLevel,
    Description,
    Establishment,
    Person,
    PositionVersion,
    Requirement,
    Unit,
)
from catalogue.queries.competencies import standing
from catalogue.queries.visible import visible


class Header(NamedTuple):
    """Whose assessment it is, against which description, and where it stands."""

    assessment_id: int
    person_id: int
    person: str
    unit_id: int
    unit: str
    position: str
    group: PositionGroup | None
    description_id: int
    description_number: int
    assessed_on: date
    state: AssessmentState
    head: str | None
    confirmed_by: str | None
    confirmed_at: datetime | None


class AssessedRow(NamedTuple):
    """One competency asked for, with everybody's word on it."""

    requirement_id: int
    competency_id: int
    heading: str
    name: str
    level_min: int | None
    level_max: int | None
    self_level: int | None
    evidence: str
    head_level: int | None
    head_note: str
    agreed_level: int | None

    @property
    def gap(self) -> int | None:
        return gap(self.level_min, self.agreed_level)

    @property
    def words(self) -> Words:
        own = self.requirement_id, self.self_level, self.evidence
        return Words(*own, self.head_level, self.head_note)


@dataclass(frozen=True, slots=True)
class AssessmentPage:
    """One assessment whole."""

    header: Header
    rows: tuple[AssessedRow, ...]


def read(session: Session, assessment_id: int, viewer: Viewer) -> AssessmentPage | None:
    """Read an assessment; None where there is none or it may not be seen."""
    header = _header(session, assessment_id, viewer)
    if header is None:
        return None
    query = (
        select(
            Requirement.id,
            standing(),
            Requirement.group_heading,
            Requirement.name,
            Requirement.level_min,
            Requirement.level_max,
            AssessedLevel.self_level,
            AssessedLevel.evidence,
            AssessedLevel.head_level,
            AssessedLevel.head_note,
            AssessedLevel.agreed_level,
        )
        .join(AssessedLevel, AssessedLevel.requirement_id == Requirement.id)
        .join(Competency, Competency.id == Requirement.competency_id)
        .where(AssessedLevel.assessment_id == assessment_id)
        .order_by(Requirement.ordinal)
    )
    return AssessmentPage(header, tuple(AssessedRow(*row) for row in session.execute(query)))


def level_texts(session: Session, header: Header) -> dict[int, dict[int, str]]:
    """Give what levels 1–5 mean, by competency, in the dictionary in force when it was assessed.

    One dictionary words a competency: that for the position's group, else a common one, else any.
    """
    asked = (
        select(standing())
        .join(Requirement, Requirement.competency_id == Competency.id)
        .where(Requirement.description_id == header.description_id)
    )
    audience = CompetencyDictionary.audience
    fitting = case((audience == header.group, 0), (audience.is_(None), 1), else_=2)
    query = (
        select(standing(), CompetencyDictionary.id, CompetencyLevel.level, CompetencyLevel.text)
        .join(CompetencyLevel, CompetencyLevel.competency_id == Competency.id)
        .join(CompetencyDictionary, CompetencyDictionary.id == CompetencyLevel.dictionary_id)
        .where(CompetencyDictionary.holds_on(header.assessed_on))
        .where(standing().in_(asked), CompetencyLevel.text.is_not(None))
        .order_by(
            fitting,
            CompetencyDictionary.valid_from.desc(),
            CompetencyDictionary.id,
            Competency.id,
        )
    )
    wording: dict[int, int] = {}
    texts: dict[int, dict[int, str]] = {}
    for competency_id, dictionary_id, level, text in session.execute(query):
        if wording.setdefault(competency_id, dictionary_id) == dictionary_id:
            texts.setdefault(competency_id, {}).setdefault(level, text)
    return texts


def _header(session: Session, assessment_id: int, viewer: Viewer) -> Header | None:
    head, confirmed_by = aliased(Person), aliased(Person)
    query = (
        select(
            Assessment.id,
            Person.id,
            Person.name,
            Unit.id,
            Unit.name,
            PositionVersion.name,
            PositionVersion.group,
            Description.id,
            Description.number,
            Assessment.assessed_on,
            Assessment.state,
            head.name,
            confirmed_by.name,
            Assessment.confirmed_at,
        )
        .join(Assignment, Assignment.id == Assessment.assignment_id)
        .join(Person, Person.id == Assignment.person_id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .join(Unit, Unit.id == Establishment.unit_id)
        .join(Description, Description.id == Assessment.description_id)
        .join(PositionVersion, PositionVersion.id == Description.position_version_id)
        .outerjoin(head, head.id == Assessment.head_id)
        .outerjoin(confirmed_by, confirmed_by.id == Assessment.confirmed_by_id)
        .where(Assessment.id == assessment_id, visible(Assessment, viewer))
    )
    row = session.execute(query).first()
    return Header(*row) if row else None
