"""What is lacking is counted from the last confirmed assessment, and never tells who is meant."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.assessing import FEWEST_PEOPLE
from catalogue.domain.roles import Viewer
from catalogue.domain.states import AssessmentState
from catalogue.domain.words import CompetencyGroup, Role
from catalogue.models import Competency, Person, Requirement, Unit
from catalogue.queries import assessments, competency_gaps
from catalogue.queries.assessments import Sort, Wanted
from catalogue.queries.competency_gaps import Need, Spread
from tests.assessments import make_assessment
from tests.drafts import TASKS, Office, make_office
from tests.making import TODAY, make_description, make_person, make_unit

GENERAL = CompetencyGroup.GENERAL


@pytest.fixture
def office(session: Session) -> Office:
    """The office, with its one competency in a group, and a position that asks it by a synonym."""
    made = make_office(session)
    asked = session.scalars(select(Competency).where(Competency.name == "Giao tiếp")).one()
    asked.group = GENERAL
    synonym = Competency(
        name="Kỹ năng giao tiếp", name_folded="ky nang giao tiep", same_as_id=asked.id
    )
    session.add(synonym)
    session.flush()
    described = make_description(session, made.positions[0], made.agency, TASKS)
    row = session.scalars(
        select(Requirement).where(Requirement.description_id == described.id)
    ).one()
    row.competency_id, row.level_min, row.level_max = synonym.id, 4, 5
    session.flush()
    return made


def people(office: Office, unit: Unit, levels: Sequence[int], position: int = 1) -> list[Person]:
    """One person at the unit for each level, confirmed at it."""
    found = []
    for number, level in enumerate(levels):
        person = make_person(
            office.session,
            f"Người {unit.code} {number}",
            unit=unit,
            position_id=office.positions[position].position_id,
        )
        make_assessment(office.session, person, office.head, level=level)
        found.append(person)
    return found


def viewer(role: Role, *units: int) -> Viewer:
    return Viewer(1, 1, "Người xem", {role: frozenset(units) if units else None}, TODAY)


def needs(session: Session, who: Viewer, unit: int | None = None) -> list[tuple[int, int, int]]:
    reach = competency_gaps.reach(session, who, unit)
    found = competency_gaps.needs(session, reach.counted, who)
    return [(need.from_level, need.to_level, need.people) for need in found]


def test_people_are_counted_by_the_level_they_are_at_and_the_one_they_need(office: Office) -> None:
    people(office, office.unit, (0, 1, 1, 2, 3))
    people(office, office.unit, (1,), position=0)
    who = viewer(Role.COMMITTEE)
    assert needs(office.session, who) == [(1, 2, 2), (0, 2, 1), (1, 4, 1)]
    found = competency_gaps.needs(office.session, [office.unit.id], who, GENERAL)
    assert isinstance(found[0], Need)
    assert {(need.competency, need.group) for need in found} == {("Giao tiếp", GENERAL)}
    other = competency_gaps.needs(office.session, [office.unit.id], who, CompetencyGroup.MANAGERIAL)
    assert other == []


def test_a_unit_is_spread_over_lacking_enough_and_more_by_the_one_competency(
    office: Office,
) -> None:
    people(office, office.unit, (0, 1, 2, 3, 4))
    people(office, office.unit, (4,), position=0)
    found = competency_gaps.spread(office.session, office.unit.id, viewer(Role.AUDITOR))
    assert [each[1:] for each in found] == [("Giao tiếp", GENERAL, 6, 1, 3, 1, 1)]
    assert isinstance(found[0], Spread)
    assert found[0].short == 2


def test_only_the_last_confirmed_assessment_of_who_is_still_there_counts(office: Office) -> None:
    session = office.session
    first, gone, saying = people(office, office.unit, (0, 0, 1))
    make_assessment(session, first, office.head, level=2)
    make_assessment(session, saying, office.head, AssessmentState.SELF_SAID, level=5)
    place = make_assessment(session, gone, office.head, AssessmentState.OPEN).assignment
    place.valid_to = TODAY.replace(day=1)
    session.flush()
    assert needs(session, viewer(Role.ORGANISER)) == [(1, 2, 1)]


def test_who_reads_no_scores_gets_no_count_of_fewer_than_five_in_any_sum(office: Office) -> None:
    session = office.session
    small = make_unit(session, "NHO", "Phòng nhỏ", office.agency, parent=office.unit)
    people(office, office.unit, (1,) * FEWEST_PEOPLE)
    people(office, small, (0, 0))
    officer = viewer(Role.UNIT_OFFICER, office.unit.id, small.id)
    reach = competency_gaps.reach(session, officer)
    assert (reach.counted, reach.people) == ((office.unit.id,), FEWEST_PEOPLE)
    assert reach.too_few == ("Phòng nhỏ",)
    assert needs(session, officer) == needs(session, officer, office.unit.id) == [(1, 2, 5)]
    assert needs(session, officer, small.id) == []
    head = viewer(Role.HEAD, office.unit.id, small.id)
    assert needs(session, head, small.id) == [(0, 2, 2)]
    assert needs(session, head) == [(1, 2, 5), (0, 2, 2)]


def test_people_are_listed_by_name_or_by_what_they_lack(office: Office) -> None:
    session, who = office.session, viewer(Role.AUDITOR)
    people(office, office.unit, (2, 0, 1))

    def listed(sort: Sort) -> list[tuple[str, int | None]]:
        found = assessments.people(session, Wanted(text="nguoi", sort=sort), who)
        return [(each.person.removeprefix("Người "), each.levels) for each in found]

    by_name = [("Nguyễn Người Giữ", None), ("VPTU 0", 0), ("VPTU 1", 2), ("VPTU 2", 1)]
    assert listed(Sort.NAME) == by_name
    assert listed(Sort.LACKING) == [by_name[2], by_name[3], by_name[1], by_name[0]]


def test_nobody_counts_a_unit_beyond_their_own(office: Office) -> None:
    other = make_unit(office.session, "KHAC", "Đơn vị khác", office.agency)
    people(office, office.unit, (1,) * FEWEST_PEOPLE)
    head = viewer(Role.HEAD, other.id)
    assert competency_gaps.reach(office.session, head).counted == ()
    assert competency_gaps.reach(office.session, head, office.unit.id).counted == ()
    assert competency_gaps.spread(office.session, office.unit.id, head) == []
