"""Who is in the demonstration, where, and holding what."""

import re
from collections import Counter

import pytest

from catalogue.demonstration.people import people
from catalogue.demonstration.records import Person, ReportingUnit
from catalogue.domain.errors import Invalid
from catalogue.domain.words import PositionGroup


def test_there_are_736_people_in_23_units(staff: list[Person]) -> None:
    assert [person.number for person in staff] == list(range(1, 737))
    assert len({person.unit for person in staff}) == 23


def test_every_name_is_plainly_synthetic_and_nobody_elses(staff: list[Person]) -> None:
    assert all(re.search(rf"\bMẫu {person.number:03}$", person.name) for person in staff)
    assert len({person.name for person in staff}) == 736


@pytest.mark.parametrize(
    "form", [r"^Mẫu \d+$", r"^H'Linh ", r"^Y Blôk ", r"^Thạch Sa ", r"^(\w+ ){5}Mẫu"]
)
def test_names_take_every_form_that_must_be_accepted(staff: list[Person], form: str) -> None:
    assert any(re.search(form, person.name) for person in staff)


def test_people_hold_positions_of_their_own_body(
    staff: list[Person], units: list[ReportingUnit]
) -> None:
    lists = {body.code: (unit.code, body.positions) for unit in units for body in unit.bodies}
    for person in staff:
        unit, positions = lists[person.body]
        assert person.unit == unit
        assert set(person.positions) <= set(positions)
        assert len(set(person.positions)) == len(person.positions)


def test_a_body_has_one_head_first_of_its_list(
    staff: list[Person], units: list[ReportingUnit]
) -> None:
    heads = Counter(person.positions[0].key for person in staff)
    assert all(heads[body.positions[0].key] == 1 for unit in units for body in unit.bodies)


def test_only_specialists_exceed_the_printed_headcount(staff: list[Person]) -> None:
    held = Counter(person.positions[0] for person in staff)
    exceeded = {
        position.group for position, heads in held.items() if heads > (position.headcount or 0)
    }
    assert exceeded <= {PositionGroup.SPECIALIST}


def test_a_shared_position_without_anyone_is_held_concurrently(staff: list[Person]) -> None:
    concurrent = [position for person in staff for position in person.positions[1:]]
    assert concurrent
    assert {position.group for position in concurrent} == {PositionGroup.SHARED}
    assert not {p.key for p in concurrent} & {person.positions[0].key for person in staff}


def test_a_unit_without_positions_is_named_in_the_refusal(units: list[ReportingUnit]) -> None:
    with pytest.raises(Invalid, match="VPTU chưa có vị trí việc làm nào"):
        people(units[1:])
