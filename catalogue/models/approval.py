"""Who appraises and approves job descriptions, and who has read them: dated data."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.domain.words import Role
from catalogue.models.base import Base, Key, Moment, Name, word
from catalogue.models.validity import Dated


class ApprovalRule(Dated, Base):
    """Which role drafts, appraises and approves, and on what basis.

    `general` rules are for descriptions that hold in every unit of their kind; the others for
    those particular to a unit, and `unit_id` narrows such a rule to one unit and those below it.
    """

    __tablename__ = "approval_rule"

    id: Mapped[Key]
    general: Mapped[bool]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    drafter: Mapped[Role] = mapped_column(word(Role, "drafter"))
    appraiser: Mapped[Role] = mapped_column(word(Role, "appraiser"))
    approver: Mapped[Role] = mapped_column(word(Role, "approver"))
    basis: Mapped[Name]


class Acknowledgement(Base):
    """A holder has read the description of the position that they hold."""

    __tablename__ = "acknowledgement"

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    description_id: Mapped[int] = mapped_column(
        ForeignKey("description.id"), primary_key=True, index=True
    )
    at: Mapped[Moment]
