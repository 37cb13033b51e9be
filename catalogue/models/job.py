"""Long work, asked for on a page and carried out beside the server."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.domain.reviewing import JobKind, JobState
from catalogue.models.base import Base, JsonObject, Key, Moment, Name, Short, word
from catalogue.models.stored_file import StoredFile


class Job(Base):
    """One piece of work; it survives the tab that asked for it, and the process that began it.

    `given` says what was asked, `found` what came of it; `heard_at` is when its worker last spoke.
    """

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state_id", "state", "id"),)

    id: Mapped[Key]
    kind: Mapped[JobKind] = mapped_column(word(JobKind))
    state: Mapped[JobState] = mapped_column(word(JobState))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    given: Mapped[JsonObject]
    found: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    step: Mapped[Short] = mapped_column(default="")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None]
    refusal: Mapped[Name | None]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    asked_at: Mapped[Moment]
    heard_at: Mapped[Moment | None]
    ended_at: Mapped[Moment | None]
    file: Mapped[StoredFile] = relationship()
