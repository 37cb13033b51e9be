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


def countdown(subjects: Sequence[str] = tuple(MilestoneSubject)) -> list[Countdown]:
    """Count down to the milestones of these subjects; asked only by pages that show it."""
    person = guard.signed_in()
    if person is None or not person.may(Permission.READ_MILESTONE):
        return []
    wanted = [subject for subject in MilestoneSubject if subject in subjects]
    return milestones.countdowns(db.session(), person, wanted)


def notices() -> list[Notice]:
    """Tell who answers for units how much they have left; others, how many days."""
    person = guard.signed_in()
    if person is None:
        return []
    units = recipients.answered_for(person)
    if units is None or units:
        return reminding.notices(db.session(), units, person.on)
    return [Notice(each, None) for each in countdown()]
