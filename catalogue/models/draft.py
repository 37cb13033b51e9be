"""Drafted job descriptions on their way to approval: what is written, sent, said and decided."""

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.domain.description import Section
from catalogue.domain.states import OPEN_DRAFT, DraftMove, DraftState
from catalogue.models.base import Base, Digest, JsonObject, Key, Moment, word
from catalogue.models.description import LONG
from catalogue.models.person import Person
from catalogue.models.position import Position, PositionVersion
from catalogue.models.unit import Unit


class DescriptionDraft(Base):
    """What is being written beside the version in force; one at a time for a position and unit.

    `content` is the JSON of `domain.drafting.Content`. `revisions` counts the changes of each
    section, so that who saves an older one is told.
    """

    __tablename__ = "description_draft"

    id: Mapped[Key]
    position_id: Mapped[int] = mapped_column(ForeignKey("position.id"))
    position_version_id: Mapped[int] = mapped_column(ForeignKey("position_version.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    based_on_id: Mapped[int | None] = mapped_column(ForeignKey("description.id"))
    state: Mapped[DraftState] = mapped_column(word(DraftState), index=True)
    content: Mapped[JsonObject]
    revisions: Mapped[JsonObject]
    started_at: Mapped[Moment]
    changed_at: Mapped[Moment]
    position: Mapped[Position] = relationship()
    position_version: Mapped[PositionVersion] = relationship()
    unit: Mapped[Unit | None] = relationship()


# A NULL is no rival of another one: drafts for all units need an index of their own.
_OPEN = DescriptionDraft.state.in_(sorted(OPEN_DRAFT))
_GENERAL = and_(_OPEN, DescriptionDraft.unit_id.is_(None))
Index(
    "ux_description_draft_of_unit",
    DescriptionDraft.position_id,
    DescriptionDraft.unit_id,
    unique=True,
    sqlite_where=_OPEN,
    postgresql_where=_OPEN,
)
Index(
    "ux_description_draft_general",
    DescriptionDraft.position_id,
    unique=True,
    sqlite_where=_GENERAL,
    postgresql_where=_GENERAL,
)


class DraftAuthor(Base):
    """Who has written in a draft, and when last: who may not judge it, and who is at it now."""

    __tablename__ = "draft_author"

    draft_id: Mapped[int] = mapped_column(ForeignKey("description_draft.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    section: Mapped[Section | None] = mapped_column(word(Section))
    last_at: Mapped[Moment]
    person: Mapped[Person] = relationship()


class Submission(Base):
    """A draft as it was sent: frozen, known by its digest; approved, it became a description."""

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("draft_id", "number"),)

    id: Mapped[Key]
    draft_id: Mapped[int] = mapped_column(ForeignKey("description_draft.id"))
    number: Mapped[int]
    content: Mapped[JsonObject]
    sha256: Mapped[Digest]
    submitted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    submitted_at: Mapped[Moment]
    description_id: Mapped[int | None] = mapped_column(ForeignKey("description.id"), unique=True)
    draft: Mapped[DescriptionDraft] = relationship()
    submitted_by: Mapped[Person] = relationship()


class DraftStep(Base):
    """One move of a draft: who made it, when, and with which words."""

    __tablename__ = "draft_step"

    id: Mapped[Key]
    draft_id: Mapped[int] = mapped_column(ForeignKey("description_draft.id"), index=True)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    move: Mapped[DraftMove] = mapped_column(word(DraftMove))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[Moment]
    note: Mapped[str] = mapped_column(String(LONG), default="")
    person: Mapped[Person] = relationship()


class SectionRemark(Base):
    """What a reader says of one section: of a submission, or of a draft while it is written."""

    __tablename__ = "section_remark"

    id: Mapped[Key]
    draft_id: Mapped[int] = mapped_column(ForeignKey("description_draft.id"), index=True)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    section: Mapped[Section] = mapped_column(word(Section))
    text: Mapped[str] = mapped_column(String(LONG))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[Moment]
    author: Mapped[Person] = relationship()
