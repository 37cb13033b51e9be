"""The countdown that other pages carry, and what the first page tells of milestones."""

from collections.abc import Sequence

from catalogue.blueprints import guard
from catalogue.domain.deadlines import Countdown
from catalogue.domain.reviewing import MilestoneSubject
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.queries import milestones, recipients
from catalogue.services import reminding
from catalogue.services.reminding import Notice


def countdown(subjects: Sequence[str] | None = None) -> list[Countdown]:
    """Count down to the milestones of these subjects, or of all; asked only where it is shown."""
    person = guard.signed_in()
    if person is None or not person.may(Permission.READ_MILESTONE):
        return []
    wanted = [subject for subject in MilestoneSubject if not subjects or subject in subjects]
    return milestones.countdowns(db.session(), person, wanted)


def notices() -> list[Notice]:
    """Tell who answers for units of every milestone, of those near with how much is left."""
    person = guard.signed_in()
    units = recipients.answered_for(person) if person else frozenset()
    if person is None or units == frozenset():
        return []
    return reminding.notices(db.session(), units, person.on)
