"""Who sits in the committee's bodies on a day, and by what rule they decide."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from catalogue.domain.reviewing import Stage
from catalogue.domain.voting import Rule
from catalogue.domain.words import Role
from catalogue.models import Person, RoleGrant, Seat, VotingRule


def on(session: Session, day: date) -> Sequence[Seat]:
    """List the seats of both bodies, in the order that they sit in."""
    held = select(Seat).where(Seat.holds_on(day)).options(joinedload(Seat.person))
    return session.scalars(held.order_by(Seat.stage.desc(), Seat.rank, Seat.id)).all()


def rules_on(session: Session, day: date) -> dict[Stage, Rule]:
    """Give the rule of each stage that has one."""
    found = session.scalars(select(VotingRule).where(VotingRule.holds_on(day)))
    return {
        rule.stage: Rule(rule.quorum_percent, rule.agree_percent, rule.more_than, rule.basis)
        for rule in found
    }


def of_person(session: Session, stage: Stage, person_id: int, day: date) -> Seat | None:
    """Find a person's seat at a stage: one that votes before one that does not."""
    held = select(Seat).where(Seat.stage == stage, Seat.person_id == person_id, Seat.holds_on(day))
    return session.scalars(held.order_by(Seat.votes.desc()).limit(1)).first()


def reviewers(session: Session, day: date) -> Sequence[tuple[int, str]]:
    """List who may be seated: whoever holds the committee's role on the day."""
    granted = select(RoleGrant.person_id).where(
        RoleGrant.role == Role.COMMITTEE, RoleGrant.holds_on(day)
    )
    listed = select(Person.id, Person.name).where(Person.id.in_(granted))
    return session.execute(listed.order_by(Person.sort_key, Person.id)).tuples().all()
