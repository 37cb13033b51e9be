"""Reminders go to who answers for what is left, 5, 2 and 1 days before, each of them once."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from catalogue.domain.deadlines import ExtensionDraft
from catalogue.domain.reviewing import MilestoneSubject
from catalogue.domain.words import Role
from catalogue.models import Account, AuditEntry, Milestone, PositionVersion, Reminder, Unit
from catalogue.services import milestones, reminding
from tests.issuing import issue_position, make_decision
from tests.making import (
    AT,
    DUE,
    TODAY,
    make_account,
    make_agency,
    make_document,
    make_milestone,
    make_person,
    make_positions,
    make_unit,
)

MAY = date(2024, 5, 15)


@dataclass(frozen=True)
class Office:
    """Two units with something left, the people who answer for them, and the milestone."""

    milestone: Milestone
    office: Unit
    board: Unit
    office_versions: list[PositionVersion]


@pytest.fixture
def office(session: Session) -> Office:
    reference = make_document(session, "09-ĐA/TU")
    offices, boards = make_agency(session, "VP", "Văn phòng"), make_agency(session, "BTC", "Ban")
    versions = make_positions(session, offices, reference, ["Chánh", "Phó"])
    make_positions(session, boards, reference, ["Trưởng ban"])
    office = make_unit(session, "VPTU", "Văn phòng Tỉnh ủy", offices)
    board = make_unit(session, "BTCTU", "Ban Tổ chức Tỉnh ủy", boards)
    for name, role, unit in (
        ("Tổ Chức Tỉnh", Role.ORGANISER, None),
        ("Thường Vụ", Role.COMMITTEE, None),
        ("Chánh Văn Phòng", Role.HEAD, office),
        ("Tổ Chức Ban", Role.UNIT_OFFICER, board),
        ("Kiểm Tra", Role.AUDITOR, None),
        ("Cán Bộ", Role.STAFF, office),
    ):
        person = make_person(session, name, role=role, role_unit=unit)
        account = make_account(session, person, f"nguoi{person.id}")
        account.email = f"nguoi{person.id}@tinh.example"
    session.flush()
    return Office(make_milestone(session), office, board, versions)


def told(session: Session, day: date) -> dict[str, str]:
    return {each.recipient.name: each.notice.words for each in reminding.due(session, day)}


def test_who_answers_for_what_is_left_is_reminded_with_how_much(
    session: Session, office: Office
) -> None:
    del office
    start = "Còn 5 ngày đến 15/04/2024: Danh mục chính thức. Còn"
    assert told(session, TODAY) == {
        "Tổ Chức Tỉnh": f"{start} 3 vị trí chưa xong",
        "Thường Vụ": f"{start} 3 vị trí chưa xong",
        "Chánh Văn Phòng": f"{start} 2 vị trí chưa xong",
        "Tổ Chức Ban": f"{start} 1 vị trí chưa xong",
    }


def test_a_unit_that_has_finished_is_left_alone(session: Session, office: Office) -> None:
    decision = make_decision(session, "30-QĐ/TU", date(2024, 4, 8))
    for version in office.office_versions:
        issue_position(session, version, decision, date(2024, 5, 1))
    assert told(session, TODAY).keys() == {"Tổ Chức Tỉnh", "Thường Vụ", "Tổ Chức Ban"}


def test_a_reminder_goes_out_once_for_each_of_its_days(session: Session, office: Office) -> None:
    del office
    counts = []
    for left in (6, 5, 5, 4, 3, 2, 1, 0, -1):
        waiting = list(reminding.due(session, DUE - timedelta(days=left)))
        for each in waiting:
            reminding.record(session, reminding.claim(session, each, at=AT))
        counts.append(len(waiting))
    assert counts == [0, 4, 0, 0, 0, 4, 4, 0, 0]
    sent = session.scalars(select(Reminder.days_before)).all()
    assert sorted(sent) == [1] * 4 + [2] * 4 + [5] * 4
    noted = select(AuditEntry.action).where(AuditEntry.action == "reminder.sent")
    assert len(session.scalars(noted).all()) == 12


def test_the_database_refuses_the_same_reminder_a_second_time(
    session: Session, office: Office
) -> None:
    del office
    first = next(reminding.due(session, TODAY))
    reminding.claim(session, first, at=AT)
    with pytest.raises(IntegrityError):
        reminding.claim(session, first, at=AT)


def test_who_was_given_longer_is_reminded_before_the_later_day(
    session: Session, office: Office
) -> None:
    person = make_person(session, "Ủy Viên").id
    draft = ExtensionDraft(office.office.id, MAY, "Chờ văn bản ký", 0)
    milestones.extend(session, office.milestone.id, draft, by=person, at=AT)
    assert "Chánh Văn Phòng" not in told(session, TODAY)
    later = told(session, MAY - timedelta(days=2))
    start = "Còn 2 ngày đến 15/05/2024: Danh mục chính thức. Còn"
    assert later["Chánh Văn Phòng"] == f"{start} 2 vị trí chưa xong"
    assert later["Tổ Chức Tỉnh"] == f"{start} 2 vị trí chưa xong"
    assert "Tổ Chức Ban" not in later


@pytest.mark.parametrize("change", [{"email": None}, {"disabled": True}])
def test_who_cannot_be_reached_or_may_not_sign_in_gets_no_letter(
    session: Session, office: Office, change: dict[str, object]
) -> None:
    del office
    for account in session.scalars(select(Account)):
        for name, value in change.items():
            setattr(account, name, value)
    session.flush()
    assert told(session, TODAY) == {}


def test_other_work_is_reminded_of_by_its_day_alone(session: Session, office: Office) -> None:
    del office
    make_milestone(session, MilestoneSubject.OTHER, date(2024, 8, 1))
    sentence = "Còn 1 ngày đến 01/08/2024: Việc khác"
    assert set(told(session, date(2024, 7, 31)).values()) == {sentence}


def test_the_first_page_tells_from_five_days_before_until_nothing_is_left(
    session: Session, office: Office
) -> None:
    units = frozenset({office.office.id})

    def words(day: date) -> list[tuple[str, bool]]:
        return [(each.words, each.near) for each in reminding.notices(session, units, day)]

    assert words(date(2024, 4, 1)) == [("Còn 14 ngày đến 15/04/2024: Danh mục chính thức", False)]
    assert words(date(2024, 4, 12)) == [
        ("Còn 3 ngày đến 15/04/2024: Danh mục chính thức. Còn 2 vị trí chưa xong", True)
    ]
    assert words(date(2024, 4, 20)) == [
        ("Quá hạn 5 ngày (15/04/2024): Danh mục chính thức. Còn 2 vị trí chưa xong", True)
    ]
    decision = make_decision(session, "30-QĐ/TU", date(2024, 4, 18))
    for version in office.office_versions:
        issue_position(session, version, decision, date(2024, 4, 18))
    assert words(date(2024, 4, 20)) == []
