"""The working calendar: days with sources, swaps with their Saturdays, closed months kept."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, Invalid, UnreadableFile
from catalogue.domain.foundation import DayFact
from catalogue.domain.words import DayKind
from catalogue.domain.working_calendar import counts
from catalogue.importers import calendar_days
from catalogue.models import AuditEntry, CalendarDay
from catalogue.queries import calendar
from catalogue.services import calendars
from tests.closing import Diary, make_diary
from tests.making import AT

MONDAY, SATURDAY = date(2024, 4, 29), date(2024, 5, 4)
HOLIDAY, SWAPPED = DayKind.HOLIDAY, DayKind.SWAPPED_OFF


@pytest.fixture
def diary(session: Session) -> Diary:
    return make_diary(session)


def set_day(diary: Diary, day: date, kind: DayKind = HOLIDAY, made_up: date | None = None) -> None:
    fact = DayFact(day, kind, "2450/VPCP-KGVX")
    calendars.set_day(diary.session, fact, made_up=made_up, by=diary.office.organiser.id, at=AT)


def remove(diary: Diary, *days: date) -> int:
    return calendars.remove_days(diary.session, days, by=diary.office.organiser.id, at=AT)


def test_a_swapped_day_comes_with_the_saturday_worked_for_it(diary: Diary) -> None:
    set_day(diary, MONDAY, SWAPPED, SATURDAY)
    days = calendar.of_year(diary.session, 2024)
    assert [(each.day, each.kind) for each in days][1:] == [
        (MONDAY, SWAPPED),
        (SATURDAY, DayKind.MADE_UP),
    ]
    assert "làm bù ngày 04/05/2024" in days[1].source
    months = counts(2024, calendar.days(diary.session)).months
    assert months is not None
    assert (months[3], months[4]) == (21, 24)
    (kept,) = diary.session.scalars(
        select(AuditEntry.detail).where(AuditEntry.action == "calendar.changed")
    )
    assert kept["days"][0][:3] == ["2024-04-29", None, "swapped_off"]


def test_a_day_that_cannot_be_of_its_kind_is_refused(diary: Diary) -> None:
    for day, kind, made_up, says in (
        (MONDAY, SWAPPED, None, "hãy chọn thứ bảy"),
        (MONDAY, SWAPPED, date(2024, 4, 30), "không phải ngày làm bù"),
        (SATURDAY, DayKind.MADE_UP, None, "cùng ngày hoán đổi nghỉ"),
        (SATURDAY, DayKind.COMPENSATORY, None, "vốn đã nghỉ"),
        (date(2027, 4, 30), HOLIDAY, None, "năm 2027 chưa có lịch"),
    ):
        with pytest.raises(Invalid, match=says):
            set_day(diary, day, kind, made_up)
    assert len(calendar.days(diary.session)) == 1


def test_a_swap_is_taken_out_as_a_whole(diary: Diary) -> None:
    set_day(diary, MONDAY, SWAPPED, SATURDAY)
    with pytest.raises(Conflict, match="cả hai cùng lúc"):
        remove(diary, MONDAY)
    with pytest.raises(Conflict, match="cả hai cùng lúc"):
        set_day(diary, MONDAY)
    assert remove(diary, MONDAY, SATURDAY) == 2
    with pytest.raises(Invalid, match="đánh dấu ít nhất một ngày"):
        remove(diary, MONDAY)


def test_a_day_of_a_closed_month_stays_what_it_was(diary: Diary) -> None:
    set_day(diary, date(2024, 3, 8))
    diary.close()
    for deed in (
        lambda: set_day(diary, date(2024, 3, 11)),
        lambda: remove(diary, date(2024, 3, 8)),
        lambda: set_day(diary, MONDAY, SWAPPED, date(2024, 3, 30)),
    ):
        with pytest.raises(Conflict, match="Đã có đơn vị khóa tháng 03/2024"):
            deed()
    set_day(diary, date(2024, 4, 18))
    set_day(diary, date(2024, 3, 8))  # the same again changes nothing


LINES = """Ngày;Loại;Căn cứ
01/01/2027;Nghỉ lễ;BLLĐ 2019, Điều 112
30/04/2027\tnghỉ lễ\tBLLĐ 2019
24/12/2027;Hoán đổi nghỉ;Công văn; số 1
25/12/2027;Làm bù;Công văn số 1
"""


def test_a_year_begins_with_pasted_lines(diary: Diary) -> None:
    read = calendar_days.read(LINES, 2027)
    assert read.problems == []
    by = diary.office.organiser.id
    assert calendars.import_year(diary.session, read.days, by=by, at=AT) == 4
    assert calendars.import_year(diary.session, read.days, by=by, at=AT) == 0
    assert diary.session.get_one(CalendarDay, date(2027, 12, 24)).source == "Công văn; số 1"
    assert counts(2027, calendar.days(diary.session)).whole == 259
    assert counts(2028, calendar.days(diary.session)).months is None


def test_an_unmatched_swap_is_not_imported(diary: Diary) -> None:
    read = calendar_days.read("24/12/2027;Hoán đổi nghỉ;Công văn", 2027)
    with pytest.raises(Conflict, match="Mỗi ngày hoán đổi nghỉ"):
        calendars.import_year(diary.session, read.days, by=diary.office.organiser.id, at=AT)


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("", "có 0 dòng"),
        ("01/01/2027;Nghỉ lễ", "chỉ có 2 phần"),
        ("01/01/2027;Nghỉ mát;x", "không có loại «Nghỉ mát»"),
        ("31/02/2027;Nghỉ lễ;x", "không có ngày này"),
        ("01/01/2026;Nghỉ lễ;x", "không thuộc năm 2027"),
        ("01/01/2027;Nghỉ lễ;", "chưa có căn cứ"),
        ("01/01/2027;Nghỉ lễ;x\n01/01/2027;Nghỉ lễ;y", "đã có ở dòng trên"),
        ("02/01/2027;Nghỉ bù;x", "vốn đã nghỉ"),
        ('01/01/2027;Nghỉ lễ;"x', "chỉ có 0 phần"),
    ],
)
def test_a_line_that_is_no_day_is_named_with_how_to_mend_it(lines: str, says: str) -> None:
    (problem,) = calendar_days.read(lines, 2027).problems
    assert says in problem.what
    assert problem.fix
    assert problem.blocks


def test_a_file_is_read_as_unicode_or_refused() -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        assert calendar_days.decoded(LINES.encode(encoding), "lich.csv") == LINES
    with pytest.raises(UnreadableFile, match="bảng mã Unicode"):
        calendar_days.decoded("Nghỉ".encode("utf-16-le")[1:], "lich.csv")
