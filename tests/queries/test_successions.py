"""Lines count under the official positions, along the cross-walk and the holders' choices."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Invalid, NotFound
from catalogue.domain.roles import Viewer
from catalogue.domain.states import DossierState
from catalogue.domain.words import Role
from catalogue.models import (
    Assignment,
    LogLine,
    Person,
    PositionVersion,
    Succession,
    SuccessorChoice,
)
from catalogue.queries import hours_by_position, successions, successor_choices
from catalogue.services import succeeding, withdrawing
from tests.dossiers import Province, make_province
from tests.issuances import EFFECT, following, issued
from tests.making import (
    AT,
    SINCE,
    TODAY,
    make_description,
    make_line,
    make_person,
    make_unit,
    task_versions,
)

LATER = date(2024, 6, 30)
SPLIT = "Chuyên viên hành chính, quản trị"
PARTS = ("Chuyên viên hành chính", "Chuyên viên quản trị công sở")


@pytest.fixture
def province(session: Session) -> Province:
    """Everybody has logged 60 minutes, one more for each place of the list, before the issue."""
    made = make_province(session)
    made.match_all()
    for place, (version, holder) in enumerate(zip(made.own, made.holders, strict=True)):
        described = make_description(session, version, made.agency, ("Việc của vị trí",))
        task = task_versions(session, described)[0]
        make_line(session, holder, task, minutes=60 + place, product="Báo cáo")
    return made


def reader(*units: int, role: Role = Role.ORGANISER, on: date = LATER) -> Viewer:
    scope = frozenset(units) if units else None
    return Viewer(person_id=0, account_id=0, name="Người đọc", scopes={role: scope}, on=on)


def hours(session: Session, as_of: date = LATER) -> dict[str, tuple[int, bool]]:
    rows = hours_by_position.of_period(session, SINCE, LATER, reader(), as_of=as_of)
    assert len({row.position_id for row in rows}) == len(rows)
    return {row.name: (row.minutes, row.undecided) for row in rows}


def assignment_of(province: Province, place: int) -> int:
    query = select(Assignment.id).where(Assignment.person_id == province.holders[place].id)
    return province.session.scalars(query).one()


def part(session: Session, name: str) -> int:
    query = (
        select(Succession.id)
        .join(PositionVersion, PositionVersion.position_id == Succession.successor_id)
        .where(PositionVersion.name == name)
    )
    return session.scalars(query).one()


def test_before_the_day_of_effect_every_line_counts_under_its_own_position(
    province: Province,
) -> None:
    issued(province, province.dossier(DossierState.CONCLUDED))

    counted = hours(province.session, EFFECT - timedelta(days=1))

    assert counted == {
        version.name: (60 + place, False) for place, version in enumerate(province.own)
    }


def test_from_then_on_lines_count_under_the_official_positions(province: Province) -> None:
    issued(province, province.dossier(DossierState.CONCLUDED))

    assert hours(province.session) == {
        "Chánh Văn phòng": (60, False),
        "Phó Chánh Văn phòng": (61, False),
        "Chuyên viên về tổng hợp": (62, False),
        "Văn thư, lưu trữ": (63 + 64, False),
        SPLIT: (65, True),
        "Cố vấn đờn ca tài tử": (66, False),
    }


def test_the_sums_equal_the_lines_to_the_minute_whatever_was_chosen(province: Province) -> None:
    lines = select(func.sum(LogLine.minutes)).where(LogLine.current)
    total = province.session.scalars(lines).one()
    issued(province, province.dossier(DossierState.CONCLUDED))

    for as_of in (SINCE, EFFECT, LATER):
        assert sum(minutes for minutes, _ in hours(province.session, as_of).values()) == total
    choose(province, part(province.session, PARTS[1]))
    assert sum(minutes for minutes, _ in hours(province.session).values()) == total


def choose(province: Province, succession_id: int, place: int = 5) -> SuccessorChoice:
    return succeeding.choose(
        province.session,
        assignment_of(province, place),
        succession_id,
        on=LATER,
        by=province.unit_officer.id,
        at=AT,
    )


def test_a_split_counts_where_its_holder_chose_and_the_last_choice_holds(
    province: Province,
) -> None:
    issued(province, province.dossier(DossierState.CONCLUDED))

    for name in PARTS:
        choose(province, part(province.session, name))
        counted = hours(province.session)
        assert counted[name] == (65, False)
        assert SPLIT not in counted

    choices = province.session.scalars(select(SuccessorChoice.number)).all()
    assert Counter(choices) == Counter([1, 2])


def test_a_holder_chooses_only_among_the_parts_of_the_own_position(province: Province) -> None:
    issued(province, province.dossier(DossierState.CONCLUDED))
    merged = part(province.session, "Chuyên viên hành chính") - 1

    with pytest.raises(Invalid, match="hãy chọn một trong các vị trí"):
        choose(province, merged)
    with pytest.raises(Invalid, match="hãy chọn một trong các vị trí"):
        choose(province, part(province.session, PARTS[0]), place=0)
    with pytest.raises(NotFound):
        succeeding.choose(province.session, 9_999, merged, on=LATER, by=1, at=AT)

    assert province.session.scalars(select(SuccessorChoice)).all() == []


def test_officers_see_the_holders_of_their_own_units_who_must_choose(province: Province) -> None:
    session = province.session
    other = make_unit(session, "BTC", "Ban khác", province.agency)
    make_person(session, "Người nơi khác", unit=other, position_id=province.own[5].position_id)
    issued(province, province.dossier(DossierState.CONCLUDED))

    everybody = successor_choices.holders(session, reader())
    own = successor_choices.holders(session, reader(other.id, role=Role.UNIT_OFFICER))

    assert [each.unit for each in everybody] == ["Văn phòng Tỉnh ủy", "Ban khác"]
    assert [each.person for each in own] == ["Người nơi khác"]
    assert [name for _, name in own[0].parts] == list(PARTS)
    officer = reader(other.id, role=Role.UNIT_OFFICER)
    assert successor_choices.may_choose(session, own[0].assignment_id, officer)
    assert not successor_choices.may_choose(session, assignment_of(province, 5), officer)


def test_who_has_chosen_stands_after_those_who_must(province: Province) -> None:
    session = province.session
    second = make_person(
        session, "Người thứ hai", unit=province.unit, position_id=province.own[5].position_id
    )
    issued(province, province.dossier(DossierState.CONCLUDED))
    choose(province, part(session, PARTS[0]))

    listed = successor_choices.holders(session, reader())

    assert [(each.person, each.chosen) for each in listed] == [
        (second.name, None),
        (province.holders[5].name, part(session, PARTS[0])),
    ]


def test_a_line_tells_where_it_counts_now(province: Province) -> None:
    issued(province, province.dossier(DossierState.CONCLUDED))
    session = province.session

    def now(place: int, day: date = LATER) -> tuple[str, bool] | None:
        line = select(LogLine.id).where(LogLine.assignment_id == assignment_of(province, place))
        found = successions.of_line(session, session.scalars(line).one(), day)
        return (found.name, found.undecided) if found else None

    assert now(0) is None
    assert now(3, TODAY) is None
    assert now(3) == ("Văn thư, lưu trữ", False)
    assert now(5) == (SPLIT, True)
    choose(province, part(session, PARTS[0]))
    assert now(5) == (PARTS[0], False)


def test_a_position_names_what_it_was_and_what_it_became(province: Province) -> None:
    issued(province, province.dossier(DossierState.CONCLUDED))
    session = province.session

    came_from, led_to = successions.around(session, province.own[3].position_id, reader())
    merged = led_to[0].successor_id

    assert came_from == []
    assert [(step.successor, step.document) for step in led_to] == [
        ("Văn thư, lưu trữ", "21-QĐ/TU")
    ]
    came_from, led_to = successions.around(session, merged, reader())
    assert [step.former for step in came_from] == ["Chuyên viên văn thư", "Chuyên viên lưu trữ"]
    assert led_to == []
    assert [
        (each.former, each.name, each.document) for each in successions.renamings(session, reader())
    ] == [("Chuyên viên tổng hợp", "Chuyên viên về tổng hợp", "21-QĐ/TU")]
    assert len(successions.steps(session, reader())) == 4


def test_a_units_ended_positions_point_to_what_they_became(province: Province) -> None:
    issued(province, province.dossier(DossierState.CONCLUDED))

    led = successions.from_unit(province.session, province.unit.id, reader())

    split = [step.successor for step in led[province.own[5].position_id]]
    assert split == list(PARTS)
    assert led.keys() == {province.own[n].position_id for n in (3, 4, 5)}
    before = reader(on=EFFECT - timedelta(days=1))
    assert successions.from_unit(province.session, province.unit.id, before) == {}


def test_a_chain_of_decisions_is_followed_to_its_end(province: Province) -> None:
    issued(province, province.dossier(DossierState.CONCLUDED))
    choose(province, part(province.session, PARTS[0]))
    later = following(province, {}, merged={"Hành chính, văn thư": (PARTS[0], "Văn thư, lưu trữ")})
    issued(province, later, number="40-QĐ/TU", effective_from=date(2024, 6, 1))

    assert hours(province.session, date(2024, 5, 31))[PARTS[0]] == (65, False)
    assert hours(province.session)["Hành chính, văn thư"] == (63 + 64 + 65, False)


def test_a_withdrawn_cross_walk_counts_no_more(province: Province) -> None:
    issuance = issued(province, province.dossier(DossierState.CONCLUDED))
    last_day = date(2024, 5, 31)
    withdrawing.withdraw(
        province.session,
        issuance.id,
        "Trái thẩm quyền",
        last_day,
        by=province.members[0].id,
        at=AT,
    )

    assert "Văn thư, lưu trữ" in hours(province.session, last_day)
    assert hours(province.session)["Chuyên viên văn thư"] == (63, False)


def test_hours_stay_within_the_units_that_one_may_read(province: Province) -> None:
    other = make_unit(province.session, "BTC", "Ban khác", province.agency)
    issued(province, province.dossier(DossierState.CONCLUDED))
    officer = reader(other.id, role=Role.UNIT_OFFICER)

    rows = hours_by_position.of_period(province.session, SINCE, LATER, officer, as_of=LATER)

    assert rows == []
    assert province.session.scalar(select(Person.id).limit(1)) is not None
