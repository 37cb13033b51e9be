"""The whole way: log, issue, go on logging, supersede, and every line still traces and counts."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.domain.diary import LineDraft
from catalogue.domain.roles import Viewer
from catalogue.domain.states import DossierState
from catalogue.domain.words import Role
from catalogue.models import (
    Assignment,
    Description,
    Dossier,
    Establishment,
    LogLine,
    Person,
    PositionVersion,
    Succession,
    TaskVersion,
)
from catalogue.queries import checks, hours_by_position, tasks, trace, units
from catalogue.services import logging_work, succeeding
from tests.dossiers import Province, make_province
from tests.issuances import EFFECT, following, issued
from tests.making import AT, SINCE, make_description, make_line, task_versions

SECOND_EFFECT = date(2024, 6, 1)
LATER = date(2024, 6, 30)
READER = Viewer(0, 0, "Người đọc", {Role.ORGANISER: None}, LATER)


@pytest.fixture
def province(session: Session) -> Province:
    """Everybody's position is described, and everybody has logged an hour."""
    made = make_province(session)
    made.match_all()
    for version, holder in zip(made.own, made.holders, strict=True):
        described = make_description(session, version, made.agency, ("Việc của vị trí",))
        make_line(session, holder, task_versions(session, described)[0], minutes=60)
    return made


def log(session: Session, person: Person, day: date) -> LogLine:
    """Log half an hour on the first task that the person is offered that day."""
    offered = tasks.own_tasks(session, person.id, day)
    draft = LineDraft(offered[0].task_version_id, 30, product="Một văn bản")
    return logging_work.log_line(session, draft, day=day, today=LATER, by=person.id, at=AT)


def counted(session: Session) -> dict[str, int]:
    rows = hours_by_position.of_period(session, SINCE, LATER, READER, as_of=LATER)
    return {row.name: row.minutes for row in rows}


def untouched(session: Session) -> list[tuple[object, ...]]:
    """Everything that issuing must leave as it was made."""
    return [
        *session.execute(select(Assignment.id, Assignment.establishment_id, Assignment.valid_to)),
        *session.execute(select(Description.id, Description.position_version_id)),
        *session.execute(select(Description.id, Description.state, Description.valid_to)),
        *session.execute(select(TaskVersion.id, TaskVersion.task_id, TaskVersion.duty_id)),
        *session.execute(
            select(Establishment.id, Establishment.position_id).where(
                Establishment.valid_from == SINCE
            )
        ),
    ]


def test_every_line_still_traces_and_counts_after_two_decisions(province: Province) -> None:
    session = province.session
    before = untouched(session)
    early = {line.id: trace.of_line(session, line.id) for line in session.scalars(select(LogLine))}

    first = province.dossier(DossierState.CONCLUDED)
    issued(province, first)
    for holder in province.holders:
        log(session, holder, EFFECT)
    split = session.scalars(
        select(Succession.id).where(Succession.position_id == province.own[5].position_id)
    ).first()
    holding = select(Assignment.id).where(Assignment.person_id == province.holders[5].id)
    succeeding.choose(
        session,
        session.scalars(holding).one(),
        split or 0,
        on=EFFECT,
        by=province.organiser.id,
        at=AT,
    )
    second = following(
        province,
        {
            "Chánh Văn phòng": "Chánh Văn phòng Tỉnh ủy",
            "Phó Chánh Văn phòng": "Phó Chánh Văn phòng",
            "Chuyên viên về tổng hợp": "Chuyên viên về tổng hợp",
            "Chuyên viên quản trị công sở": "Chuyên viên quản trị công sở",
            "Chuyên viên cơ yếu": "Chuyên viên cơ yếu",
            "Cố vấn đờn ca tài tử": "Cố vấn đờn ca tài tử",
        },
        merged={"Hành chính, văn thư": ("Văn thư, lưu trữ", "Chuyên viên hành chính")},
    )
    issued(province, second, number="40-QĐ/TU", effective_from=SECOND_EFFECT)
    for holder in province.holders:
        log(session, holder, SECOND_EFFECT)

    assert session.get_one(Dossier, first.id).state is DossierState.SUPERSEDED
    assert session.get_one(Dossier, second.id).state is DossierState.ISSUED
    assert trace.untraced(session) == 0
    assert {line: trace.of_line(session, line) for line in early} == early
    assert [check.promise for check in checks.run(session) if check.broken] == []
    assert untouched(session) == before
    assert counted(session) == {
        "Chánh Văn phòng Tỉnh ủy": 120,
        "Phó Chánh Văn phòng": 120,
        "Chuyên viên về tổng hợp": 120,
        "Hành chính, văn thư": 3 * 120,
        "Cố vấn đờn ca tài tử": 120,
    }
    assert (
        sum(counted(session).values())
        == session.scalars(select(func.sum(LogLine.minutes)).where(LogLine.current)).one()
    )


def test_a_dossier_is_superseded_only_when_nothing_of_it_stands(province: Province) -> None:
    session = province.session
    first = province.dossier(DossierState.CONCLUDED)
    issued(province, first)

    part = following(province, {"Chuyên viên cơ yếu": "Chuyên viên cơ yếu, mật mã"})
    issued(province, part, number="40-QĐ/TU", effective_from=SECOND_EFFECT)

    assert session.get_one(Dossier, first.id).state is DossierState.ISSUED
    standing = select(func.count(PositionVersion.id)).where(
        PositionVersion.valid_from == EFFECT, PositionVersion.valid_to.is_(None)
    )
    assert session.scalars(standing).one() == 7


def test_the_unit_still_lists_its_people_and_says_which_positions_ended(
    province: Province,
) -> None:
    session, unit_id = province.session, province.unit.id
    people = len(units.members(session, unit_id, EFFECT - timedelta(days=1)))
    issued(province, province.dossier(DossierState.CONCLUDED))

    held = {each.name: each.ended for each in units.held(session, unit_id, EFFECT)}

    last_day = EFFECT - timedelta(days=1)
    assert held == {
        "Chánh Văn phòng": None,
        "Phó Chánh Văn phòng": None,
        "Chuyên viên về tổng hợp": None,
        "Chuyên viên văn thư": last_day,
        "Chuyên viên lưu trữ": last_day,
        "Chuyên viên hành chính, quản trị": last_day,
        "Cố vấn đờn ca tài tử": None,
        "Văn thư, lưu trữ": None,
        "Chuyên viên hành chính": None,
        "Chuyên viên quản trị công sở": None,
    }
    assert len(units.members(session, unit_id, EFFECT)) == people == len(province.holders)
    assert {each.ended for each in units.held(session, unit_id, last_day)} == {None}
