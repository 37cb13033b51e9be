"""The matrix reads each position's framework of the day, its competencies under one name each."""

from datetime import date

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from catalogue.domain.framework import Levels
from catalogue.domain.roles import Viewer
from catalogue.domain.text import fold
from catalogue.domain.words import CompetencyGroup, PositionGroup, Role, VersionState
from catalogue.models import Competency, Description, Requirement
from catalogue.queries import competencies, frameworks
from catalogue.queries.competencies import GroupChoice
from catalogue.queries.frameworks import Wanted
from catalogue.queries.requirements import requirements_of
from catalogue.services import competencies as keeping, synonyms
from tests.drafts import Office, make_office
from tests.making import AT, SINCE, TODAY, make_description, make_dictionary

READER = Viewer(1, 1, "Người đọc", {Role.ORGANISER: None}, TODAY)
STAFF, TEAM = "Phát triển nhân viên", "Phát triển đội ngũ"


@pytest.fixture
def office(session: Session) -> Office:
    return make_office(session)


def ask(session: Session, description: Description, name: str, low: int, high: int) -> int:
    """Let a description ask for one more competency; answers that competency's key."""
    key = keeping.find_or_add(session, [name], {name: "Nhóm năng lực quản lý"})[fold(name)]
    asked = Requirement(
        competency_id=key,
        ordinal=len(description.requirements) + 1,
        group_heading="Nhóm năng lực quản lý",
        name=name,
        level_min=low,
        level_max=high,
    )
    description.requirements.append(asked)
    session.flush()
    return key


def one_name(session: Session, office: Office) -> int:
    """Let two positions ask for one competency under two names; answers the key of both."""
    other = make_description(session, office.positions[0], office.agency, ("Điều hành",))
    team = ask(session, office.present, TEAM, 2, 3)
    staff = ask(session, other, STAFF, 3, 4)
    synonyms.record(session, team, staff, by=office.organiser.id, at=AT)
    return staff


def test_two_names_of_one_competency_stand_in_one_column(session: Session, office: Office) -> None:
    staff = one_name(session, office)
    shown = frameworks.positions(session, Wanted(), READER)
    found = frameworks.frameworks(session, Wanted(), shown)
    assert [column.name for column in found.columns] == ["Giao tiếp", STAFF]
    asked = [
        found.asked.get((each.description_id or 0, staff)) for each in shown if each.description_id
    ]
    assert asked == [Levels(3, 4), Levels(2, 3)]


def test_both_names_count_on_the_page_of_the_competency(session: Session, office: Office) -> None:
    staff = one_name(session, office)
    asking = competencies.asking(session, staff, READER)
    assert [(each.name, each.printed, each.levels) for each in asking] == [
        ("Chuyên viên tổng hợp", TEAM, Levels(2, 3)),
        ("Chánh Văn phòng", STAFF, Levels(3, 4)),
    ]
    (listed,) = competencies.listed(session, competencies.Wanted(text="doi ngu"), READER)
    assert (listed.name, listed.group, listed.positions) == (STAFF, CompetencyGroup.MANAGERIAL, 2)


def test_the_list_is_narrowed_by_group_and_by_having_none(session: Session, office: Office) -> None:
    one_name(session, office)
    keeping.find_or_add(session, ["Việc riêng của đơn vị"])

    def names(choice: GroupChoice) -> list[str]:
        wanted = competencies.Wanted(choice=choice)
        found = [each.name for each in competencies.listed(session, wanted, READER)]
        assert competencies.count(session, wanted) == len(found)
        return found

    assert names(GroupChoice.MANAGERIAL) == [STAFF]
    assert names(GroupChoice.NONE) == ["Việc riêng của đơn vị"]
    assert names(GroupChoice.PROFESSIONAL) == []


def test_levels_are_worded_by_any_name_and_first_for_the_positions_own_group(
    session: Session, office: Office
) -> None:
    make_dictionary(session, PositionGroup.LEADERSHIP, name=STAFF, heading="Nhóm quản lý")
    make_dictionary(session, None, name=STAFF)
    make_dictionary(session, PositionGroup.SPECIALIST, name=TEAM)
    make_dictionary(session, PositionGroup.SUPPORT, name=TEAM, since=date(2024, 5, 1))
    one_name(session, office)
    asked = requirements_of(session, office.present.id, TODAY)[-1]
    assert (asked.asked.name, asked.group) == (TEAM, CompetencyGroup.MANAGERIAL)
    assert [(each.level, each.audience) for each in asked.levels] == [
        (2, PositionGroup.SPECIALIST),
        (3, PositionGroup.SPECIALIST),
        (2, None),
        (3, None),
        (2, PositionGroup.LEADERSHIP),
        (3, PositionGroup.LEADERSHIP),
    ]


def test_a_units_own_description_goes_before_the_general_one_there_alone(
    session: Session, office: Office
) -> None:
    own = Description(
        position_id=office.present.position_id,
        position_version_id=office.present.position_version_id,
        unit_id=office.unit.id,
        number=1,
        state=VersionState.ISSUED,
        valid_from=SINCE,
        name="Riêng",
        created_at=AT,
        **dict.fromkeys(("purpose", "starts", "workplace", "procedures", "file_name"), ""),
        **{name: {} for name in ("particulars", "relations", "qualifications")},
        **{name: [] for name in ("authority", "marks", "preface")},
        file_sha256="",
    )
    session.add(own)
    session.flush()
    there = frameworks.positions(session, Wanted(unit_id=office.unit.id), READER)
    everywhere = frameworks.positions(session, Wanted(), READER)
    assert [each.description_id for each in there] == [own.id]
    assert [each.description_id for each in everywhere] == [None, office.present.id, None]


def test_what_is_usual_is_counted_over_every_agency(session: Session, office: Office) -> None:
    one_name(session, office)
    usuals = frameworks.usuals(session, READER)
    speaking = session.scalars(select(Competency.id).where(Competency.name == "Giao tiếp")).one()
    usual = usuals[PositionGroup.SPECIALIST, speaking]
    assert (usual.positions, usual.ranges) == (2, {Levels(2, 3): 2})


def test_the_matrix_takes_as_many_statements_for_one_position_as_for_all(
    engine: Engine, session: Session, office: Office
) -> None:
    one_name(session, office)
    heard: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *each: heard.append(each[2]))
    counts = []
    for text in ("", "chanh van phong"):
        heard.clear()
        wanted = Wanted(text=text)
        shown = frameworks.positions(session, wanted, READER)
        frameworks.frameworks(session, wanted, shown)
        counts.append((len(shown), len(heard)))
    assert counts == [(3, 3), (1, 3)]
