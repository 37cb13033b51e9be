"""The diaries: every line of everyone's January, February and March 2024."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from catalogue.demonstration.aims import MARCH, MONTHS
from catalogue.demonstration.apportioning import apportion
from catalogue.demonstration.calibration import extremes, person_minutes
from catalogue.demonstration.chance import chance
from catalogue.demonstration.days import (
    MonthDays,
    Worked,
    can_pad,
    pad,
    spread,
    within_standard_hours,
)
from catalogue.demonstration.habits import Habits
from catalogue.demonstration.occasions import occasions
from catalogue.demonstration.records import Line, Person
from catalogue.demonstration.wording import Deck, away, ordinary, told
from catalogue.domain.words import PositionGroup

SHORTEST_LINE = 5
_QUANTITIES = (1, 1, 1, 1, 1, 1, 1, 1, 2, 3)


def lines(people: Sequence[Person], standard_days: Collection[date]) -> Iterator[Line]:
    """Write the diaries of `people()`, person after person, day after day.

    `standard_days` holds the working days of the three months, 22 + 16 + 21. The same input gives
    the same lines, on any machine.
    """
    days = {month: MonthDays.of(month, standard_days) for month in MONTHS}
    booked = occasions(people, (day for month in MONTHS for day in days[month].weekend))
    singled_out = extremes(people)
    minutes = {
        month: person_minutes(people, singled_out, month, len(days[month].standard))
        for month in MONTHS
    }
    for person in people:
        diarist = _Diarist.of(person, booked.get(person.number, {}))
        extreme = singled_out.get(person.number)
        for month in MONTHS:
            count = extreme.days if extreme and month == MARCH else None
            yield from diarist.write(minutes[month][person.number], days[month], count)


@dataclass(frozen=True, slots=True)
class _Diarist:
    """A person at the diary: what can be written on which day."""

    person: Person
    habits: Habits
    desk: Deck
    away: Deck
    told: Mapping[date, Deck]

    @classmethod
    def of(cls, person: Person, booked: Mapping[date, Sequence[str]]) -> "_Diarist":
        desk = ordinary(person.positions)
        return cls(
            person,
            Habits.of(person.number),
            desk,
            desk if person.group is PositionGroup.SUPPORT else away(person.positions),
            {
                day: told(person.positions, contents) if contents else desk
                for day, contents in booked.items()
            },
        )

    def write(self, minutes: int, days: MonthDays, count: int | None) -> Iterator[Line]:
        drawn = chance("days", self.person.number, days.standard[0])
        for day, length in self._worked(minutes, days, count, drawn):
            deck = self.told.get(day) or self._anywhere(drawn)
            standard = within_standard_hours(length, weekend=day not in days.standard)
            yield from self._lines(day, deck, standard, drawn, overtime=False)
            yield from self._lines(day, deck, length - standard, drawn, overtime=True)

    def _worked(self, minutes: int, days: MonthDays, count: int | None, drawn: Random) -> Worked:
        booked = [day for day in self.told if day in days]
        if self.habits.pads and not booked and not count and can_pad(minutes, days):
            return pad(minutes, days, drawn)
        return spread(minutes, days, drawn, booked=booked, count=count)

    def _anywhere(self, drawn: Random) -> Deck:
        return self.away if drawn.random() < self.habits.away else self.desk

    def _lines(
        self, day: date, deck: Deck, minutes: int, drawn: Random, *, overtime: bool
    ) -> Iterator[Line]:
        if not minutes:
            return
        usual = self.habits.line_minutes * drawn.uniform(0.8, 1.2)
        entries = deck.draw(max(1, round(minutes / usual)), self.habits.vague, drawn)
        weights = [drawn.randint(30, 100) for _ in entries]
        for entry, length in zip(
            entries, apportion(minutes, weights, least=SHORTEST_LINE), strict=True
        ):
            yield Line(
                person=self.person.number,
                position=entry.position,
                task=entry.task,
                day=day,
                content=entry.content,
                product=entry.product,
                quantity=drawn.choice(_QUANTITIES) if entry.product else None,
                minutes=length,
                overtime=overtime,
            )
