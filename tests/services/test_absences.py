"""Absences: a kind and days, nothing over hours that were told, nothing in a closed month."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.absences import AbsenceKind
from catalogue.domain.errors import CatalogueError, Conflict, Invalid, NotFound
from catalogue.domain.hours import Month
from catalogue.domain.words import AssignmentKind
from catalogue.models import Absence, Assignment, AuditEntry
from catalogue.queries import hours, standard_hours
from catalogue.services import absences
from tests.closing import DAY, MARCH, Diary, make_diary
from tests.making import AT, SINCE, make_person

LEAVE, MISSION = AbsenceKind.LEAVE, AbsenceKind.MISSION


@pytest.fixture
def diary(session: Session) -> Diary:
    return make_diary(session)


def enter(
    diary: Diary,
    first: date = DAY,
    last: date = DAY,
    *,
    kind: AbsenceKind = LEAVE,
    half: bool = False,
) -> Absence:
    return absences.enter(
        diary.session, diary.holder, kind, first, last, half=half, by=diary.holder, at=AT
    )


def owed(diary: Diary, month: Month = MARCH) -> int:
    people = hours.by_person(diary.session, diary.office.unit.id, month)
    standards = standard_hours.of_people(diary.session, people, month)
    return next(
        standard
        for each, standard in zip(people, standards, strict=True)
        if each.person_id == diary.holder
    )


def owed_by_unit(diary: Diary) -> int:
    units = hours.by_unit(diary.session, [MARCH])
    (standard,) = standard_hours.of_units(diary.session, units, MARCH)
    return standard


def test_leave_lowers_ones_own_standard_and_its_withdrawal_gives_it_back(diary: Diary) -> None:
    whole = owed(diary)
    absence = enter(diary, date(2024, 3, 4), date(2024, 3, 6))
    enter(diary, date(2024, 3, 7), date(2024, 3, 7), half=True)
    enter(diary, date(2024, 3, 8), date(2024, 3, 8), kind=MISSION)
    assert whole == 21 * 480
    assert owed(diary) == whole - 3 * 480 - 240
    absences.withdraw(diary.session, absence.id, by=diary.holder, at=AT)
    assert owed(diary) == whole - 240
    assert absence.withdrawn_at == AT


def test_the_standard_of_a_unit_is_the_sum_of_its_peoples(diary: Diary) -> None:
    enter(diary)
    assert owed_by_unit(diary) == 20 * 480


def test_the_standard_of_a_unit_counts_each_person_once_and_while_they_belong(
    diary: Diary,
) -> None:
    """All month; from the 18th (10 working days); on a second place over a weekend."""
    spans: dict[int, list[tuple[date, date | None]]] = {
        1: [(SINCE, None)],
        2: [(date(2024, 3, 18), None)],
    }
    spans[3] = [(SINCE, date(2024, 3, 15)), (date(2024, 3, 16), None)]
    spans[4] = [(SINCE, None), (date(2024, 3, 20), None)]
    place = diary.session.scalars(
        select(Assignment.establishment_id).where(Assignment.person_id == diary.holder)
    ).one()
    for number, held in spans.items():
        person = make_person(diary.session, f"Người thứ {number}")
        for first, last in held:
            seat = Assignment(
                person_id=person.id, establishment_id=place, kind=AssignmentKind.PRIMARY,
                valid_from=first, valid_to=last,
            )  # fmt: skip
            diary.session.add(seat)
    diary.session.flush()
    assert owed_by_unit(diary) == (4 * 21 + 10) * 480
    enter(diary)
    assert owed_by_unit(diary) == 93 * 480


def test_the_standard_of_part_of_a_month_counts_the_days_in_office(diary: Diary) -> None:
    assert owed(diary, Month(2024, 1)) == 22 * 480
    with pytest.raises(CatalogueError, match="Chưa có lịch làm việc năm 2025"):
        owed(diary, Month(2025, 1))


def test_leave_is_refused_over_standard_hours_which_are_named(diary: Diary) -> None:
    diary.log()
    with pytest.raises(Conflict, match="Ngày 05/03/2024 đã ghi việc trong giờ chuẩn"):
        enter(diary, date(2024, 3, 1), date(2024, 3, 29))
    enter(diary, kind=MISSION)
    with pytest.raises(Conflict, match="đã ghi «Đi công tác»"):
        enter(diary, half=True)


def test_hours_are_refused_on_a_day_of_leave(diary: Diary) -> None:
    enter(diary)
    with pytest.raises(Invalid, match="bạn nghỉ"):
        diary.log()


def test_two_halves_of_a_day_are_two_absences_and_three_are_none(diary: Diary) -> None:
    enter(diary, half=True)
    enter(diary, half=True, kind=AbsenceKind.ILLNESS)
    assert owed(diary) == 20 * 480
    with pytest.raises(Conflict, match="đã ghi «"):
        enter(diary, half=True)


def test_days_out_of_order_and_too_many_are_refused(diary: Diary) -> None:
    with pytest.raises(Invalid, match="từ ngày bắt đầu"):
        enter(diary, DAY, date(2024, 3, 4))
    with pytest.raises(Invalid, match="không quá 366 ngày"):
        enter(diary, DAY, date(2025, 3, 6))


def test_a_closed_month_takes_no_absence_and_gives_none_back(diary: Diary) -> None:
    absence = enter(diary)
    diary.close()
    with pytest.raises(Conflict, match="Đã khóa tháng 03/2024"):
        enter(diary, date(2024, 3, 29), date(2024, 4, 2))
    with pytest.raises(Conflict, match="Đã khóa"):
        absences.withdraw(diary.session, absence.id, by=diary.holder, at=AT)
    enter(diary, date(2024, 4, 1), date(2024, 4, 2))


def test_what_was_withdrawn_cannot_be_withdrawn_again(diary: Diary) -> None:
    absence = enter(diary)
    absences.withdraw(diary.session, absence.id, by=diary.holder, at=AT)
    with pytest.raises(Conflict, match="đã được rút"):
        absences.withdraw(diary.session, absence.id, by=diary.holder, at=AT)
    with pytest.raises(NotFound):
        absences.withdraw(diary.session, 999, by=diary.holder, at=AT)


def test_the_audit_does_not_say_why_somebody_is_away(diary: Diary) -> None:
    enter(diary, kind=AbsenceKind.ILLNESS)
    query = select(AuditEntry.detail).where(AuditEntry.action == "absence.entered")
    (detail,) = diary.session.scalars(query)
    assert "illness" not in str(detail)
