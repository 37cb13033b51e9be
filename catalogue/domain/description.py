"""What a job description (bản mô tả công việc) reads to and prints from."""

from dataclasses import dataclass, field

from catalogue.domain.problems import Problem


@dataclass(frozen=True, slots=True)
class Task:
    """One công việc cụ thể; product and criterion only where the form ties them to this task."""

    text: str
    product: str | None = None
    criterion: str | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """One nhiệm vụ, mảng công việc with its tasks and its completion criteria, as printed."""

    no: str
    name: str
    tasks: tuple[Task, ...] = ()
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutsideRelation:
    """Whom outside the position deals with, and what for."""

    body: str
    nature: str | None


@dataclass(frozen=True, slots=True)
class Relations:
    """Who manages the position, whom it manages, with whom it works, inside and outside."""

    managed_by: tuple[str, ...] = ()
    manages: tuple[str, ...] = ()
    coordinates_in_unit: tuple[str, ...] = ()
    coordinates_with: tuple[str, ...] = ()
    outside: tuple[OutsideRelation, ...] = ()


@dataclass(frozen=True, slots=True)
class Authority:
    """One quyền hạn; `section` is the heading it stands under (leaders have two)."""

    no: str
    text: str
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """One competency asked for; both levels are None where the form leaves the cell blank."""

    group: str
    name: str
    level_min: int | None
    level_max: int | None


@dataclass(frozen=True, slots=True)
class Description:
    """One job description; every text is as printed, bullets without their dash."""

    name: str
    code: str | None = None
    purpose: str = ""
    starts: str = ""
    workplace: str = ""
    procedures: str = ""
    duties: tuple[Duty, ...] = ()
    relations: Relations = Relations()
    authority: tuple[Authority, ...] = ()
    qualifications: dict[str, tuple[str, ...]] = field(default_factory=dict)
    competencies: tuple[Requirement, ...] = ()
    marks: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
