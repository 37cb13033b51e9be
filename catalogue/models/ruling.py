"""What is ruled on an item (kết luận), and what people say to each other about it."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.domain.reviewing import Audience, Stage, Verdict
from catalogue.models.base import Base, Key, Moment, Name, word
from catalogue.models.person import Person


class Ruling(Base):
    """One ruling on one item; the highest number holds, the others stay to be read.

    The number is the one that its author saw to be next: two who rule at once cannot both have it.
    """

    __tablename__ = "ruling"
    __table_args__ = (UniqueConstraint("item_id", "stage", "number"),)

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("dossier_item.id"))
    stage: Mapped[Stage] = mapped_column(word(Stage))
    number: Mapped[int]
    verdict: Mapped[Verdict] = mapped_column(word(Verdict))
    amended_name: Mapped[Name | None]
    reason: Mapped[Name]
    ruled_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ruled_at: Mapped[Moment]
    ruled_by: Mapped[Person] = relationship()


class Comment(Base):
    """One remark on an item, or on the dossier as a whole; a draft until it is sent.

    `origin` names the Word file where it came from one, with the author as the file names them.
    """

    __tablename__ = "comment"

    id: Mapped[Key]
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("dossier_item.id"), index=True)
    audience: Mapped[Audience] = mapped_column(word(Audience))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[Name]
    origin: Mapped[Name] = mapped_column(default="")
    written_at: Mapped[Moment]
    sent_at: Mapped[Moment | None]
    author: Mapped[Person] = relationship()
