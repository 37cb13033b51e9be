"""The figures do not hang on what the lists of positions happen to contain."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from catalogue.demonstration.aims import MARCH, TOTAL_MINUTES
from catalogue.demonstration.calibration import extremes, person_minutes
from catalogue.demonstration.people import people
from catalogue.demonstration.records import Person, Position, ReportingUnit
from catalogue.domain.words import PositionGroup

Positions = tuple[Position, ...]
Change = Callable[[Positions], Positions]


def without_headcounts(positions: Positions) -> Positions:
    return tuple(replace(position, headcount=None) for position in positions)


def without_service_staff(positions: Positions) -> Positions:
    return tuple(p for p in positions if p.group is not PositionGroup.SUPPORT)


def only_a_leader_and_a_specialist(positions: Positions) -> Positions:
    groups = (PositionGroup.LEADERSHIP, PositionGroup.SPECIALIST)
    return tuple(next(p for p in positions if p.group is group) for group in groups)


def ten_heads_for_each(positions: Positions) -> Positions:
    return tuple(replace(position, headcount=10) for position in positions)


@pytest.fixture(
    params=[
        without_headcounts,
        without_service_staff,
        only_a_leader_and_a_specialist,
        ten_heads_for_each,
    ]
)
def other_staff(request: pytest.FixtureRequest, units: list[ReportingUnit]) -> list[Person]:
    change: Change = request.param
    return people(
        [
            replace(
                unit,
                bodies=tuple(
                    replace(body, positions=change(body.positions)) for body in unit.bodies
                ),
            )
            for unit in units
        ]
    )


def test_every_body_is_manned_and_thi_doan_long_my_by_one(
    other_staff: list[Person], units: list[ReportingUnit]
) -> None:
    bodies = [person.body for person in other_staff]
    assert len(bodies) == 736
    assert set(bodies) == {body.code for unit in units for body in unit.bodies}
    assert bodies.count("LMX-DTN") == 1


def test_marchs_minutes_and_bounds_hold(other_staff: list[Person]) -> None:
    singled_out = extremes(other_staff)
    minutes = person_minutes(other_staff, singled_out, MARCH, 21)
    others = [minutes[p.number] / 60 / 21 for p in other_staff if p.number not in singled_out]
    assert sum(minutes.values()) == TOTAL_MINUTES[MARCH]
    assert len(singled_out) == 11
    assert 3.3 <= min(others) <= max(others) <= 8.1
