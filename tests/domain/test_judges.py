"""Nobody judges their own work; heads are judged one level up; a deputy never judges the head."""

from collections.abc import Collection

from catalogue.domain.assessing import Assessors
from catalogue.domain.judging import Deputy, Judges

PROVINCE, OFFICE, ROOM = 1, 2, 3
CHIEF, HEAD, DEPUTY, CLERK, ORGANISER, MEMBER = 10, 11, 12, 13, 14, 15
ASSESSORS = Assessors(
    {ROOM: OFFICE, OFFICE: PROVINCE, PROVINCE: None},
    {PROVINCE: {CHIEF}, OFFICE: {HEAD}},
    {None: {ORGANISER}},
)


def judges(*deputies: Deputy, committee: Collection[int] = ()) -> Judges:
    return Judges(ASSESSORS, deputies, committee)


def test_a_clerk_is_judged_by_the_heads_above() -> None:
    assert judges().of(CLERK, ROOM) == {HEAD: None, CHIEF: None}


def test_a_head_is_judged_one_level_up_and_the_topmost_by_an_organiser() -> None:
    assert judges().of(HEAD, OFFICE) == {CHIEF: None}
    assert judges().of(CHIEF, PROVINCE) == {ORGANISER: None}


def test_a_deputy_stands_in_for_the_head_below_the_unit() -> None:
    named = Deputy(DEPUTY, HEAD, OFFICE)
    assert judges(named).of(CLERK, ROOM) == {HEAD: None, CHIEF: None, DEPUTY: HEAD}
    assert DEPUTY not in judges(named).of(CLERK, PROVINCE)


def test_a_deputy_judges_neither_the_head_nor_oneself() -> None:
    named = Deputy(DEPUTY, HEAD, OFFICE)
    assert DEPUTY not in judges(named).of(HEAD, OFFICE)
    assert DEPUTY not in judges(named).of(DEPUTY, ROOM)


def test_a_deputy_of_two_heads_judges_neither_and_decides_over_neither() -> None:
    named = judges(Deputy(DEPUTY, HEAD, OFFICE), Deputy(DEPUTY, CHIEF, PROVINCE))
    assert named.of(HEAD, OFFICE) == {CHIEF: None}
    assert named.over(HEAD, ROOM, but=(CLERK,)) == {CHIEF: None}


def test_a_deputy_of_who_no_longer_heads_stands_in_for_nobody() -> None:
    assert judges(Deputy(DEPUTY, CLERK, OFFICE)).of(HEAD, ROOM) == {CHIEF: None}


def test_over_a_head_decides_who_stands_above_and_over_an_organiser_another() -> None:
    assert judges().over(HEAD, ROOM, but=(CLERK,)) == {CHIEF: None}
    assert judges().over(CHIEF, ROOM, but=(CLERK,)) == {ORGANISER: None}
    assert judges().over(ORGANISER, PROVINCE, but=(CHIEF,)) == {}


def test_where_nobody_stands_above_the_committee_decides_but_for_the_two_sides() -> None:
    known = judges(committee=(MEMBER, ORGANISER, CHIEF))
    assert known.over(ORGANISER, PROVINCE, but=(CHIEF,)) == {MEMBER: None}
    assert MEMBER not in known.over(HEAD, ROOM, but=(CLERK,))
    assert MEMBER not in known.of(CHIEF, PROVINCE)


def test_neither_side_decides_even_as_a_deputy_of_who_stands_above() -> None:
    named = Deputy(CLERK, CHIEF, PROVINCE)
    assert judges(named).over(HEAD, ROOM, but=(CLERK,)) == {CHIEF: None}
    assert judges(named).over(HEAD, ROOM, but=(DEPUTY,)) == {CHIEF: None, CLERK: CHIEF}
