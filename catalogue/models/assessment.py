"""How a holder stands against the competencies that their position asks for."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.domain.states import AssessmentState
from catalogue.models.base import Base, Instant, Key, Moment, word
from catalogue.models.ddl import after_create
from catalogue.models.description import LONG, Description, Requirement
from catalogue.models.person import Assignment, Person


class Assessment(Base):
    """One assessment of one holder; confirmed, it is never changed, a later one stands beside."""

    __tablename__ = "assessment"

    id: Mapped[Key]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    description_id: Mapped[int] = mapped_column(ForeignKey("description.id"), index=True)
    assessed_on: Mapped[date]
    state: Mapped[AssessmentState] = mapped_column(word(AssessmentState))
    opened_at: Mapped[Moment]
    head_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    assignment: Mapped[Assignment] = relationship()
    description: Mapped[Description] = relationship()
    head: Mapped[Person | None] = relationship(foreign_keys=head_id)
    levels: Mapped[list["AssessedLevel"]] = relationship(order_by="AssessedLevel.requirement_id")


class AssessedLevel(Base):
    """One competency of an assessment: what the holder says, what the head says, what is agreed."""

    __tablename__ = "assessed_level"
    __table_args__ = (
        CheckConstraint("self_level BETWEEN 0 AND 5", "self_level"),
        CheckConstraint("head_level BETWEEN 0 AND 5", "head_level"),
        CheckConstraint("agreed_level BETWEEN 0 AND 5", "agreed_level"),
    )

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    requirement_id: Mapped[int] = mapped_column(
        ForeignKey("requirement.id"), primary_key=True, index=True
    )
    self_level: Mapped[int | None]
    head_level: Mapped[int | None]
    agreed_level: Mapped[int | None]
    evidence: Mapped[str] = mapped_column(String(LONG), default="")
    head_note: Mapped[str] = mapped_column(String(LONG), default="")
    requirement: Mapped[Requirement] = relationship()


def confirmed_ddl() -> dict[str, list[str]]:
    """Give the statements by dialect that keep a confirmed assessment, and its levels, as it is."""
    refusal = "a confirmed assessment is never changed"
    # Which rows of an assessment a change touches: also what is put beside them, or moved there.
    levels = {
        "INSERT": "NEW.assessment_id",
        "UPDATE": "OLD.assessment_id, NEW.assessment_id",
        "DELETE": "OLD.assessment_id",
    }
    confirmed = "EXISTS (SELECT 1 FROM assessment WHERE id IN ({}) AND state = 'confirmed')"
    whose = {
        "assessment": dict.fromkeys(("UPDATE", "DELETE"), "OLD.state = 'confirmed'"),
        "assessed_level": {moment: confirmed.format(ids) for moment, ids in levels.items()},
    }
    sqlite = [
        f"CREATE TRIGGER {table}_confirmed_{moment.lower()} BEFORE {moment} ON {table} "
        f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        for table, moments in whose.items()
        for moment, condition in moments.items()
    ]
    postgresql = []
    for table, moments in whose.items():
        postgresql += [
            (
                f"CREATE FUNCTION {table}_confirmed() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN "
                # The widest condition: the row that a moment lacks is NULL there.
                f"IF {moments['UPDATE']} THEN RAISE EXCEPTION '{refusal}'; END IF; "
                "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END$$"
            ),
            (
                f"CREATE TRIGGER {table}_confirmed BEFORE {' OR '.join(moments)} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_confirmed()"
            ),
        ]
    return {"sqlite": sqlite, "postgresql": postgresql}


after_create(AssessedLevel.__table__, confirmed_ddl())
