"""The seed's own units and lists carry the demonstration."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from catalogue.demonstration.aims import MARCH, UNITS
from catalogue.demonstration.calibration import extremes, person_minutes
from catalogue.demonstration.people import people
from catalogue.demonstration.records import Body, Person, Position, ReportingUnit, Task
from catalogue.domain.words import PositionGroup

SEED = Path(__file__).parents[2] / "seed" / "btctw_2752_2765"


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def make_position(body: str, heading: str, printed: dict[str, Any]) -> Position:
    group = PositionGroup.of_heading(heading)
    assert group is not None
    key = f"{body}/{printed['code']}"
    name = printed["name"]
    return Position(key, group, name, (Task(key, name, None),), printed.get("headcount"))


@pytest.fixture(scope="module")
def seed_units() -> list[ReportingUnit]:
    lists = {
        table["agency"]: table["groups"]
        for table in map(read, sorted((SEED / "source").glob("*.toml")))
    }

    def make_body(unit: dict[str, Any]) -> Body:
        return Body(
            unit["code"],
            tuple(
                make_position(unit["code"], group["heading"], printed)
                for group in lists[unit["agency"]]
                for printed in group["positions"]
            ),
        )

    return [
        ReportingUnit(unit["code"], tuple(map(make_body, unit.get("parts", [unit]))))
        for unit in read(SEED / "units.toml")["units"]
    ]


@pytest.fixture(scope="module")
def seed_staff(seed_units: list[ReportingUnit]) -> list[Person]:
    return people(seed_units)


def test_the_aims_name_the_seeds_units(seed_units: list[ReportingUnit]) -> None:
    assert [unit.code for unit in seed_units if unit.code not in UNITS] == []
    assert len(seed_units) == len(UNITS) == 23


def test_nobody_sits_beyond_the_headcount_that_the_seed_prints(seed_staff: list[Person]) -> None:
    held = Counter(person.positions[0] for person in seed_staff)
    assert len(seed_staff) == 736
    assert all(heads <= (position.headcount or 0) for position, heads in held.items())


def test_marchs_lowest_at_tinh_doan_is_one_of_its_service_staff(seed_staff: list[Person]) -> None:
    minutes = person_minutes(seed_staff, extremes(seed_staff), MARCH, 21)
    members = [person for person in seed_staff if person.unit == "TD"]
    lowest = min(members, key=lambda person: minutes[person.number])
    assert (lowest.group, minutes[lowest.number]) == (PositionGroup.SUPPORT, 2 * 1260 + 756)
