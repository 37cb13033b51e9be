"""What an installation starts from: documents, agencies, calendar, rules, each with its basis."""

from dataclasses import dataclass
from datetime import date

from catalogue.domain.day_rules import DiaryLimit
from catalogue.domain.diary_columns import DiaryColumn
from catalogue.domain.reviewing import MilestoneSubject
from catalogue.domain.words import DayKind, Level, PositionGroup, Role, TaskKind


@dataclass(frozen=True, slots=True)
class DocumentFact:
    """One document that is known to exist, whether or not its text is to be had."""

    number: str
    issuer: str
    issued_on: date
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class AgencyFact:
    """One kind of agency; `annex` and `descriptions` are its files below the seed's folder."""

    code: str
    name: str
    short_name: str
    level: Level
    annex: str
    descriptions: str
    basis: str


@dataclass(frozen=True, slots=True)
class UnitFact:
    """One unit; a district has parts and no agency of its own."""

    code: str
    name: str
    agency: str | None
    basis: str
    parts: tuple["UnitFact", ...] = ()


@dataclass(frozen=True, slots=True)
class DayFact:
    """One day whose standard hours differ from its weekday's."""

    day: date
    kind: DayKind
    source: str


@dataclass(frozen=True, slots=True)
class MilestoneFact:
    """One day by which something must be finished."""

    name: str
    subject: MilestoneSubject
    due_on: date
    basis: str


@dataclass(frozen=True, slots=True)
class ApprovalFact:
    """Who drafts, appraises and approves job descriptions, general or particular to a unit."""

    general: bool
    drafter: Role
    appraiser: Role
    approver: Role
    basis: str


@dataclass(frozen=True, slots=True)
class DutiesFact:
    """The duties that a new description begins with, for each of these groups of positions."""

    name: str
    groups: tuple[PositionGroup, ...]
    duties: tuple[str, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class LimitFact:
    """One limit of the diary, by kind of task where it is one of minutes without a product."""

    limit: DiaryLimit
    kind: TaskKind | None
    value: int
    basis: str


@dataclass(frozen=True, slots=True)
class HeadingFact:
    """One heading by which a column of a diary's spreadsheet is known."""

    column: DiaryColumn
    heading: str
    basis: str


@dataclass(frozen=True, slots=True)
class Foundation:
    """All of it; `in_force_from` is the day from which the reference lists stand in."""

    documents: tuple[DocumentFact, ...]
    agencies: tuple[AgencyFact, ...]
    units: tuple[UnitFact, ...]
    calendar: tuple[DayFact, ...]
    in_force_from: date
    stands_in_for: str
    milestones: tuple[MilestoneFact, ...] = ()
    approvals: tuple[ApprovalFact, ...] = ()
    templates: tuple[DutiesFact, ...] = ()
    limits: tuple[LimitFact, ...] = ()
    headings: tuple[HeadingFact, ...] = ()
