"""Job descriptions: numbered versions with their duties, tasks and competencies."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.domain.words import TaskChange, TaskKind, VersionState
from catalogue.models.base import (
    Base,
    Digest,
    JsonList,
    JsonObject,
    Key,
    Moment,
    Name,
    Short,
    word,
)
from catalogue.models.competency import Competency
from catalogue.models.position import Position, PositionVersion
from catalogue.models.validity import Dated, refuse_overlap

LONG = 32_767


class Description(Dated, Base):
    """One version of a position's description, never changed once in force.

    It is written for a position's version; `unit_id` makes it particular to a unit. It came from
    a file, or from a submission that was approved: then no file is named, and the digest is its.
    """

    __tablename__ = "description"
    __table_args__ = (UniqueConstraint("position_id", "unit_id", "number"),)

    id: Mapped[Key]
    position_id: Mapped[int] = mapped_column(ForeignKey("position.id"))
    position_version_id: Mapped[int] = mapped_column(ForeignKey("position_version.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    number: Mapped[int]
    state: Mapped[VersionState] = mapped_column(word(VersionState))
    name: Mapped[Name]
    code: Mapped[Short | None]
    purpose: Mapped[str] = mapped_column(String(LONG))
    starts: Mapped[Name]
    workplace: Mapped[Name]
    procedures: Mapped[str] = mapped_column(String(LONG))
    particulars: Mapped[JsonObject]
    relations: Mapped[JsonObject]
    authority: Mapped[JsonList]
    qualifications: Mapped[JsonObject]
    marks: Mapped[JsonList]
    preface: Mapped[JsonList]
    file_name: Mapped[Short]
    file_sha256: Mapped[Digest]
    created_at: Mapped[Moment]
    position: Mapped[Position] = relationship()
    position_version: Mapped[PositionVersion] = relationship()
    duties: Mapped[list["Duty"]] = relationship(order_by="Duty.ordinal")
    requirements: Mapped[list["Requirement"]] = relationship(order_by="Requirement.ordinal")


class Duty(Base):
    """One nhiệm vụ, mảng công việc of one description."""

    __tablename__ = "duty"
    __table_args__ = (UniqueConstraint("description_id", "ordinal"),)

    id: Mapped[Key]
    description_id: Mapped[int] = mapped_column(ForeignKey("description.id"))
    ordinal: Mapped[int]
    no: Mapped[Short]
    name: Mapped[str] = mapped_column(String(LONG))
    criteria: Mapped[JsonList]
    products: Mapped[JsonList]
    tasks: Mapped[list["TaskVersion"]] = relationship(order_by="TaskVersion.ordinal")


class Task(Base):
    """The permanent identity of one công việc cụ thể of a position."""

    __tablename__ = "task"

    id: Mapped[Key]
    position_id: Mapped[int] = mapped_column(ForeignKey("position.id"), index=True)


class TaskVersion(Base):
    """A task as one description words it; log lines point here.

    `printed` is False where the form names a duty without any task: the duty itself is then what
    people log against.
    """

    __tablename__ = "task_version"
    __table_args__ = (UniqueConstraint("duty_id", "ordinal"),)

    id: Mapped[Key]
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    task: Mapped[Task] = relationship()
    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"))
    ordinal: Mapped[int]
    printed: Mapped[bool] = mapped_column(default=True)
    text: Mapped[str] = mapped_column(String(LONG))
    text_folded: Mapped[str] = mapped_column(String(LONG))
    product: Mapped[Name | None]
    criterion: Mapped[str | None] = mapped_column(String(LONG))
    product_unit: Mapped[Short | None]
    norm_minutes: Mapped[int | None]
    kind: Mapped[TaskKind | None] = mapped_column(word(TaskKind))


class TaskSuccession(Base):
    """What became of a task that did not simply go on, as a description said; None: nothing."""

    __tablename__ = "task_succession"
    __table_args__ = (UniqueConstraint("former_id", "successor_id", "description_id"),)

    id: Mapped[Key]
    former_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"), index=True)
    description_id: Mapped[int] = mapped_column(ForeignKey("description.id"), index=True)
    kind: Mapped[TaskChange] = mapped_column(word(TaskChange))
    why: Mapped[Name] = mapped_column(default="")


class Requirement(Base):
    """One competency that a description asks for, with its range of levels."""

    __tablename__ = "requirement"
    __table_args__ = (UniqueConstraint("description_id", "ordinal"),)

    id: Mapped[Key]
    description_id: Mapped[int] = mapped_column(ForeignKey("description.id"))
    competency_id: Mapped[int] = mapped_column(ForeignKey("competency.id"), index=True)
    ordinal: Mapped[int]
    group_heading: Mapped[Short]
    name: Mapped[Name]
    level_min: Mapped[int | None]
    level_max: Mapped[int | None]
    competency: Mapped[Competency] = relationship()


refuse_overlap(Description.__table__, "position_id", "unit_id")
