"""Work of several days (giao việc): what is to be left behind, by when, and how it went."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.domain.work_items import WorkItemMove, WorkItemState
from catalogue.models.base import Base, Key, Moment, Name, Short, word
from catalogue.models.description import Task
from catalogue.models.person import Assignment, Person


class WorkItem(Base):
    """One piece of work on one task of a holder; without `assigned_by_id` the holder proposed it.

    It is late by `due_on` and `handed_in_on` alone. `revision` tells two answers to it apart.
    """

    __tablename__ = "work_item"
    __table_args__ = (
        CheckConstraint("due_on >= assigned_on", "due_after_assigned"),
        CheckConstraint("quantity > 0", "quantity"),
        Index("ix_work_item_assignment_state", "assignment_id", "state"),
    )

    id: Mapped[Key]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    title: Mapped[Name]
    product: Mapped[Name]
    quantity: Mapped[int]
    product_unit: Mapped[Short | None]
    assigned_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    assigned_on: Mapped[date]
    due_on: Mapped[date]
    state: Mapped[WorkItemState] = mapped_column(word(WorkItemState))
    handed_in_on: Mapped[date | None]
    handed_quantity: Mapped[int | None]
    result: Mapped[Name | None]
    evidence: Mapped[Name | None]
    revision: Mapped[int] = mapped_column(default=0)
    assignment: Mapped[Assignment] = relationship()
    task: Mapped[Task] = relationship()
    assigned_by: Mapped[Person | None] = relationship()
    steps: Mapped[list["WorkItemStep"]] = relationship(order_by="WorkItemStep.id")


class WorkItemStep(Base):
    """What was done with a piece of work: by whom, when, why; a new due day where it changed."""

    __tablename__ = "work_item_step"

    id: Mapped[Key]
    work_item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"), index=True)
    move: Mapped[WorkItemMove] = mapped_column(word(WorkItemMove))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[Moment]
    due_on: Mapped[date | None]
    note: Mapped[Name]
    person: Mapped[Person] = relationship()
