"""The first page: what each person has to do next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, Response, render_template

from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.hours import Month
from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.words import SourceState
from catalogue.extensions import db
from catalogue.queries import (
    acknowledgements,
    approvals,
    assessment_turns,
    closing_turns,
    diary,
    judges,
    judging_turns,
    notices,
    own_days,
    sent_back,
    sources,
    waiting,
    work_waiting,
)
from catalogue.queries.approvals import Wanted

pages = Blueprint("home", __name__)

_DAYS_BACK = 7


@dataclass(frozen=True, slots=True)
class OwnDays:
    """How today and the last days stand in the person's own diary, and what was sent back of it.

    What is owed is None in a year without a calendar, of which no day counts as empty.
    """

    today_minutes: int
    standard: int | None
    empty: tuple[date, ...]
    sent_back: Mapping[Month, int]


@dataclass(frozen=True, slots=True)
class Decisions:
    """How many of the fourteen decisions were read signed."""

    read: int
    expected: int


@pages.get("/")
@permission(Permission.SIGNED_IN)
def home() -> str:
    person = viewer()
    decides = person.may(Permission.DECIDE_OBJECTION)
    judging = judges.on(db.session(), person.on) if decides else None
    return render_template(
        "home/home.html",
        own=_own_days(person) if person.may(Permission.LOG_OWN_DAY) else None,
        decisions=_decisions() if person.may(Permission.READ_CATALOGUE) else None,
        month=Month.of(person.on).previous,
        waiting=waiting.for_person(db.session(), person),
        turns=(
            assessment_turns.of(db.session(), person, judging.assessors if judging else None)
            if person.may(Permission.ASSESS_ONESELF)
            else None
        ),
        to_judge=judging_turns.of(db.session(), person, judging) if judging else None,
        work=work_waiting.of(db.session(), person, judging)
        if person.may(Permission.LOG_OWN_DAY)
        else None,
        unread=acknowledgements.unread(db.session(), person)
        if person.may(Permission.ACKNOWLEDGE)
        else (),
        closing=closing_turns.of(db.session(), person, judging) if judging else None,
        turned=approvals.listed(db.session(), Wanted(mine=True), person)
        if person.may(Permission.READ_DRAFT)
        else (),
        told=notices.unread(db.session(), person.person_id),
    )


@pages.get("/suc-khoe")
@permission(Permission.PUBLIC)
def health() -> Response:
    """Tell a balancer that the program answers, and nothing else."""
    return Response("ok", content_type="text/plain; charset=utf-8")


def _own_days(person: Viewer) -> OwnDays:
    first = person.on - timedelta(days=_DAYS_BACK)
    minutes = diary.minutes_by_day(db.session(), person.person_id, first, person.on)
    known = own_days.between(db.session(), person.person_id, first, person.on, today=person.on)
    before = [first + timedelta(days=n) for n in range(_DAYS_BACK)]
    return OwnDays(
        today_minutes=minutes.get(person.on, 0),
        standard=known.standard([person.on]) if known.known(person.on) else None,
        empty=tuple(
            day
            for day in before
            if known.known(day) and known.standard([day]) and day not in minutes
        ),
        sent_back=sent_back.by_month(db.session(), person.person_id, person.on),
    )


def _decisions() -> Decisions:
    states = {each.number: each.state for each in sources.documents(db.session())}
    read = sum(states.get(number) is SourceState.VERIFIED for number in sources.DECISIONS)
    return Decisions(read, len(sources.DECISIONS))
