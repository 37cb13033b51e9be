"""Who sits in the committee's two bodies and by what rule they decide: dated data."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.domain.reviewing import Stage
from catalogue.models.base import Base, Key, Name, Short, word
from catalogue.models.person import Person
from catalogue.models.validity import Dated


class Seat(Dated, Base):
    """A person's place in the body of one stage: who votes, or its secretary, who does not."""

    __tablename__ = "seat"
    __table_args__ = (CheckConstraint("NOT (votes AND secretary)", "secretary_does_not_vote"),)

    id: Mapped[Key]
    stage: Mapped[Stage] = mapped_column(word(Stage))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    office: Mapped[Short]
    votes: Mapped[bool] = mapped_column(default=True)
    secretary: Mapped[bool] = mapped_column(default=False)
    rank: Mapped[int] = mapped_column(default=0)
    person: Mapped[Person] = relationship()


class VotingRule(Dated, Base):
    """How many must have answered, and how many agree, in hundredths of those who vote.

    A share must be passed, not only reached, where `more_than` says so.
    """

    __tablename__ = "voting_rule"
    __table_args__ = (
        CheckConstraint("quorum_percent BETWEEN 0 AND 100", "quorum_percent"),
        CheckConstraint("agree_percent BETWEEN 0 AND 100", "agree_percent"),
    )

    id: Mapped[Key]
    stage: Mapped[Stage] = mapped_column(word(Stage))
    quorum_percent: Mapped[int]
    agree_percent: Mapped[int]
    more_than: Mapped[bool] = mapped_column(default=True)
    basis: Mapped[Name]
