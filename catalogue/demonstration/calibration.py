"""How many minutes each person logs in each month, so that the report's figures come out."""

from collections.abc import Mapping, Sequence

from catalogue.demonstration.aims import (
    MARCH,
    MARCH_EXTREMES,
    MONTHS,
    TOTAL_MINUTES,
    UNITS,
    Extreme,
)
from catalogue.demonstration.apportioning import apportion
from catalogue.demonstration.chance import chance
from catalogue.demonstration.records import Person
from catalogue.domain.hours import Month
from catalogue.domain.words import PositionGroup

_GROUPS = list(PositionGroup)


def extremes(people: Sequence[Person]) -> dict[int, Extreme]:
    """Choose whom each of March's extremes falls to, by the person's number.

    Where nobody of the wanted group is there, the nearest group gives the person.
    """
    chosen: dict[int, Extreme] = {}
    for extreme in MARCH_EXTREMES:
        candidates = (
            person
            for person in people
            if person.unit == extreme.unit
            and extreme.body in (None, person.body)
            and person.number not in chosen
        )
        wanted = _GROUPS.index(extreme.group)
        nearest = min(candidates, key=lambda person: abs(_GROUPS.index(person.group) - wanted))
        chosen[nearest.number] = extreme
    return chosen


def unit_minutes(month: Month, working_days: int) -> dict[str, int]:
    """Give every unit its minutes; they sum to the month's total."""
    minutes = {
        code: _minutes(aim.means[MONTHS.index(month)], aim.people * working_days)
        for code, aim in UNITS.items()
    }
    unreported = [code for code, aim in UNITS.items() if month not in aim.reported]
    left_over = TOTAL_MINUTES[month] - sum(minutes.values())
    shares = apportion(left_over, [UNITS[code].people for code in unreported])
    for code, share in zip(unreported, shares, strict=True):
        minutes[code] += share
    return minutes


def person_minutes(
    people: Sequence[Person], singled_out: Mapping[int, Extreme], month: Month, working_days: int
) -> dict[int, int]:
    """Give every person, by number, the month's minutes; each unit's sum to what it has."""
    fixed = {
        number: _minutes(extreme.mean, working_days)
        for number, extreme in singled_out.items()
        if month == MARCH
    }
    minutes = dict(fixed)
    for unit, total in unit_minutes(month, working_days).items():
        members = [person for person in people if person.unit == unit]
        others = [person for person in members if person.number not in fixed]
        spoken_for = sum(fixed.get(person.number, 0) for person in members)
        shares = apportion(total - spoken_for, [_inclination(person, month) for person in others])
        minutes |= zip((person.number for person in others), shares, strict=True)
    return minutes


def _minutes(mean: int, person_days: int) -> int:
    """Turn a mean in hundredths of an hour into whole minutes; rounded down, it prints the same."""
    return mean * 60 * person_days // 100


def _inclination(person: Person, month: Month) -> int:
    """Weigh one person against the unit's others: of lasting habit, a little by the month.

    Drivers and service staff have the fewest hours. The spread is what keeps everyone in March
    between 3,3 and 8,1 hours a day, beyond whom only the singled out may stand.
    """
    low, high = (70, 80) if person.group is PositionGroup.SUPPORT else (90, 108)
    lasting = chance("inclination", person.number).randint(low, high)
    return lasting + chance("inclination", person.number, month).randint(-4, 4)
