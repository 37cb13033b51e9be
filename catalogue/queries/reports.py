"""Putting the report on working hours together: figures, ranking, and who stands out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.hours import Month, UnitMonth
from catalogue.domain.layout import Letterhead, Signature
from catalogue.domain.report import HoursReport, Mention, MonthReport
from catalogue.models import Unit
from catalogue.queries import hours

NAMED_UNITS = 3
NAMED_PEOPLE = 5


def hours_report(
    session: Session,
    months: Sequence[Month],
    letterhead: Letterhead,
    *,
    notes: Mapping[Month, str],
    demonstration: bool,
    marks: tuple[str, ...] = (),
) -> HoursReport:
    """Gather the report; `notes` say of a month where its figure differs from another print."""
    return HoursReport(
        letterhead=letterhead,
        months=tuple(_month(session, month, notes.get(month, "")) for month in months),
        signature=Signature("T/M BAN CHỈ ĐẠO", "TRƯỞNG BAN"),
        recipients=("Thường trực Tỉnh ủy", "Các cơ quan, đơn vị, địa phương"),
        archive="Ban Chỉ đạo",
        demonstration=demonstration,
        marks=marks,
    )


def _month(session: Session, month: Month, note: str) -> MonthReport:
    (overall,) = hours.overall(session, [month])
    units = hours.by_unit(session, [month])
    ranked = sorted(units, key=_hours_a_day)
    people = _bodies_by_person(session, month)
    return MonthReport(
        overall=overall,
        units=tuple(units),
        high_units=tuple(map(_unit_mention, reversed(ranked[-NAMED_UNITS:]))),
        low_units=tuple(map(_unit_mention, ranked[:NAMED_UNITS])),
        high_people=tuple(_first_of_each_body(reversed(people))),
        low_people=tuple(_first_of_each_body(people)),
        note=note,
    )


def _hours_a_day(unit: UnitMonth) -> Decimal:
    return unit.hours.hours_per_person_day or Decimal(0)


def _unit_mention(unit: UnitMonth) -> Mention:
    return Mention(unit.unit, _hours_a_day(unit))


def _bodies_by_person(session: Session, month: Month) -> list[Mention]:
    """Give each person's hours a day under the name of the body, never the person's, ascending."""
    reporting = select(Unit.id).where(Unit.reporting_unit_id == Unit.id)
    found = [
        Mention(person.unit, person.hours.hours_per_person_day or Decimal(0))
        for unit_id in session.scalars(reporting)
        for person in hours.by_person(session, unit_id, month)
    ]
    return sorted(found, key=lambda mention: (mention.hours_per_day, mention.name))


def _first_of_each_body(mentions: Iterable[Mention]) -> Iterator[Mention]:
    seen: set[str] = set()
    for mention in mentions:
        if mention.name not in seen and len(seen) < NAMED_PEOPLE:
            seen.add(mention.name)
            yield mention
