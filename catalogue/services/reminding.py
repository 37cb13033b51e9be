"""Reminding people of milestones: who is due a reminder today, each of them once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.deadlines import Batch, Countdown
from catalogue.domain.reviewing import MilestoneSubject
from catalogue.models import Reminder
from catalogue.queries import milestones, progress, recipients, standings
from catalogue.queries.milestones import Deadline
from catalogue.queries.progress import Units
from catalogue.queries.recipients import Recipient
from catalogue.services import auditing


@dataclass(frozen=True, slots=True)
class Notice:
    """What one person is told of one milestone; `remaining` is None where nobody can count."""

    countdown: Countdown
    remaining: int | None

    @property
    def near(self) -> bool:
        return self.countdown.late or self.countdown.reminder is not None

    @property
    def words(self) -> str:
        if self.remaining is None:
            return self.countdown.sentence
        return f"{self.countdown.sentence}. Còn {self.remaining} vị trí chưa xong"


@dataclass(frozen=True, slots=True)
class Due:
    """One reminder that is to be sent to one person and was not yet."""

    recipient: Recipient
    notice: Notice


def notices(session: Session, units: Units, day: date) -> list[Notice]:
    """List the milestones for whoever answers for the units; None stands for all of them.

    From five days before a deadline it is told how much is left, until nothing is.
    """
    told: list[Notice] = []
    for deadline in milestones.deadlines(session):
        if _near(deadline, day):
            told += _of_deadline(deadline, _batches(session, deadline, day), units, day)
        else:
            told.append(Notice(deadline.countdown(deadline.due_among(units), day), None))
    return told


def due(session: Session, day: date) -> Iterator[Due]:
    """List the reminders of 5, 2 and 1 days that nobody has sent yet, for who can be reached."""
    people = [each for each in recipients.recipients(session, day) if each.email]
    for deadline in milestones.deadlines(session):
        if not _near(deadline, day):
            continue
        batches = _batches(session, deadline, day)
        sent = _sent(session, deadline)
        for person in people:
            for notice in _of_deadline(deadline, batches, person.units, day):
                countdown = notice.countdown
                key = (person.person_id, countdown.due_on, countdown.reminder)
                if countdown.reminder is not None and key not in sent:
                    yield Due(person, notice)


def claim(session: Session, reminder: Due, *, at: datetime) -> Reminder:
    """Claim a reminder for whoever sends it; the database refuses the same one a second time."""
    countdown = reminder.notice.countdown
    claimed = Reminder(
        milestone_id=countdown.milestone_id,
        person_id=reminder.recipient.person_id,
        due_on=countdown.due_on,
        days_before=countdown.reminder,
        sent_at=at,
    )
    session.add(claimed)
    session.flush()
    return claimed


def give_back(session: Session, claimed: Reminder) -> None:
    """Forget a claim of which nothing came: the next run tries again."""
    session.delete(claimed)
    session.flush()


def record(session: Session, sent: Reminder) -> None:
    """Keep for the audit that a reminder went out."""
    auditing.record(
        session,
        "reminder.sent",
        str(sent.milestone_id),
        by=None,
        at=sent.sent_at,
        person=sent.person_id,
        due_on=sent.due_on.isoformat(),
        days_before=sent.days_before,
    )
    session.flush()


def _near(deadline: Deadline, day: date) -> bool:
    """Spare counting what is left of a milestone that nobody is to be told of."""
    first = deadline.countdown(deadline.first_due_on, day)
    return first.late or first.reminder is not None


def _batches(session: Session, deadline: Deadline, day: date) -> list[Batch]:
    return progress.batches(session, deadline.subject, None, day)


def _of_deadline(
    deadline: Deadline, batches: list[Batch], units: Units, day: date
) -> Iterator[Notice]:
    """Tell of what is left by the day that holds for it; of what nobody counts, until its day."""
    if deadline.subject is MilestoneSubject.OTHER:
        countdown = deadline.countdown(deadline.due_among(units), day)
        if countdown.reminder is not None:
            yield Notice(countdown, None)
        return
    left = standings.left_by_day(deadline, batches, units, day)
    for due_on, items in sorted(left.items()):
        countdown = deadline.countdown(due_on, day)
        if countdown.late or countdown.reminder is not None:
            yield Notice(countdown, items)


def _sent(session: Session, deadline: Deadline) -> set[tuple[int, date, int | None]]:
    query = select(Reminder.person_id, Reminder.due_on, Reminder.days_before)
    rows = session.execute(query.where(Reminder.milestone_id == deadline.milestone_id))
    return {(person_id, due_on, days) for person_id, due_on, days in rows}
