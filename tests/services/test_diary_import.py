"""Rows of spreadsheets become lines where their task is sure, and wait where it is not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.absences import AbsenceKind
from catalogue.domain.day_rules import DiaryLimit
from catalogue.domain.diary_plan import Fate, PlannedFile
from catalogue.domain.diary_sheet import SheetFile, SheetRow
from catalogue.domain.pending import PendingKind
from catalogue.domain.problems import Problem
from catalogue.domain.upload import DiaryClaim
from catalogue.domain.words import TaskKind
from catalogue.models import (
    Absence,
    Assignment,
    DayClosing,
    DiaryRule,
    LogLine,
    MonthClosing,
    PendingLine,
    TaskVersion,
)
from catalogue.queries import checks
from catalogue.services import diary_import, diary_matching
from tests.diaries import DAY, TASKS, Desk, make_desk, sheet_file, sheet_row
from tests.making import AT, SINCE, TODAY, make_person

UNIT_WIDE = DiaryClaim(None, None, "nhat-ky.zip")


@pytest.fixture
def desk(session: Session) -> Desk:
    return make_desk(session)


def own(desk: Desk, name: str = "nhat-ky.xlsx") -> DiaryClaim:
    return DiaryClaim(desk.person.id, None, name)


def write(
    desk: Desk, *files: SheetFile, claim: DiaryClaim | None = None, waived: bool = True
) -> Sequence[PlannedFile]:
    return diary_import.write(
        desk.session, files, claim or own(desk), today=TODAY, waived=waived, by=None, at=AT
    )


def fates(planned: Sequence[PlannedFile]) -> list[list[Fate]]:
    return [[each.fate for each in file.rows] for file in planned]


def lines(desk: Desk) -> list[LogLine]:
    return list(desk.session.scalars(select(LogLine).order_by(LogLine.id)))


def waiting(desk: Desk) -> list[PendingLine]:
    return list(desk.session.scalars(select(PendingLine).order_by(PendingLine.id)))


def broken(desk: Desk) -> int:
    return sum(check.broken for check in checks.run(desk.session))


def test_a_known_task_becomes_a_line_and_other_words_wait_with_their_place(desk: Desk) -> None:
    planned = write(
        desk,
        sheet_file(
            sheet_row(6, content="Bản nháp", quantity=2, overtime=True, note="x"),
            sheet_row(7, task="Đi họp dân phố", content="Họp", document="12-CV", pages=4),
        ),
    )

    assert fates(planned) == [[Fate.LINE, Fate.PENDING]]
    (line,), (left,) = lines(desk), waiting(desk)
    assert (line.task_version.text, line.content, line.quantity) == (TASKS[0], "Bản nháp", 2)
    assert (line.minutes, line.overtime, line.day) == (90, True, DAY)
    assert (left.kind, left.content) == (PendingKind.UNMATCHED, "Đi họp dân phố: Họp")
    assert left.origin == "nhat-ky.xlsx › Tháng 3 › dòng 7"
    assert left.note == "Số văn bản: 12-CV\nSố trang: 4"
    assert broken(desk) == 0


def test_the_same_rows_again_in_whatever_file_add_nothing(desk: Desk) -> None:
    rows = [sheet_row(6), sheet_row(7), sheet_row(8, task="Việc lạ"), sheet_row(9, task="Việc lạ")]
    write(desk, sheet_file(*rows))
    moved = [moved_row(row) for row in rows]

    again = write(desk, sheet_file(*rows), sheet_file(*moved, name="khac.csv"))

    assert fates(again) == [[Fate.REPEATED] * 4] * 2
    assert (len(lines(desk)), len(waiting(desk))) == (2, 2)
    assert broken(desk) == 0


def moved_row(row: SheetRow) -> SheetRow:
    return row._replace(row=row.row + 40, sheet="Trang khác")


def test_a_file_with_a_problem_writes_nothing_and_the_others_are_written(desk: Desk) -> None:
    spoilt = replace(
        sheet_file(sheet_row(), name="hong.xlsx"),
        problems=(Problem("hong.xlsx › dòng 501", "«x» — không phải là ngày", "", blocks=True),),
    )
    planned = write(desk, spoilt, sheet_file(sheet_row(minutes=60)))
    assert fates(planned) == [[], [Fate.LINE]]
    assert [line.minutes for line in lines(desk)] == [60]


def test_a_day_is_written_whole_or_not_at_all(desk: Desk) -> None:
    planned = write(
        desk,
        sheet_file(
            sheet_row(6, minutes=1000),
            sheet_row(7, minutes=500),
            sheet_row(8, day=DAY + timedelta(days=1)),
        ),
    )
    assert fates(planned) == [[Fate.REFUSED, Fate.REFUSED, Fate.LINE]]
    reasons = [each.reason for each in planned[0].rows]
    assert reasons[0] == "Ngày này có dòng không ghi được nên cả ngày chưa ghi."
    assert "đã ghi 0 phút" in reasons[1]
    assert [line.day for line in lines(desk)] == [DAY + timedelta(days=1)]


def test_hours_that_wait_count_in_the_day_s_twenty_four(desk: Desk) -> None:
    rows = (sheet_row(6, task="Việc lạ", minutes=1000), sheet_row(7, task="Lạ nữa", minutes=500))
    planned = write(desk, sheet_file(*rows))
    assert fates(planned) == [[Fate.REFUSED] * 2]
    assert "quá 24 giờ" in planned[0].rows[1].reason


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"day": TODAY + timedelta(days=1)}, "chưa đến ngày này"),
        ({"day": date(2023, 12, 29)}, "không giữ vị trí việc làm nào"),
        ({"product": ""}, "phải ghi sản phẩm"),
        ({"content": "Góp ý tài liệu TỐI MẬT"}, "văn bản mật"),
    ],
)
def test_rows_obey_the_rules_of_their_day(desk: Desk, changed: dict[str, Any], reason: str) -> None:
    planned = write(desk, sheet_file(sheet_row()._replace(**changed)))
    assert fates(planned) == [[Fate.REFUSED]]
    assert reason in planned[0].rows[0].reason
    assert lines(desk) == []


def test_closed_days_and_days_on_leave_are_refused(desk: Desk) -> None:
    person = desk.person.id
    days = [DAY + timedelta(days=n) for n in range(3)]
    desk.session.add_all(
        (
            DayClosing(person_id=person, day=days[0], closed_at=AT),
            Absence(
                person_id=person,
                kind=AbsenceKind.LEAVE,
                first_day=days[1],
                last_day=days[1],
                entered_by_id=person,
                entered_at=AT,
            ),
            MonthClosing(
                unit_id=desk.unit.id, month=date(2024, 2, 1), closed_by_id=person, closed_at=AT
            ),
        )
    )
    desk.session.flush()
    rows = [
        sheet_row(6, day=days[0]),
        sheet_row(7, day=days[1]),
        sheet_row(8, day=days[1], task="Việc lạ"),
        sheet_row(9, day=days[2]),
        sheet_row(10, day=date(2024, 2, 6)),
    ]
    planned = write(desk, sheet_file(*rows))
    reasons = [each.reason for each in planned[0].rows]
    for reason, words in zip(reasons, ("đã chốt", "nghỉ", "nghỉ", "", "đã khóa"), strict=True):
        assert words in reason
    assert [line.day for line in lines(desk)] == [days[2]]


def test_only_one_s_own_import_is_held_to_the_window_of_filling_in(desk: Desk) -> None:
    for limit, value in ((DiaryLimit.BACKFILL_DAYS, 7), (DiaryLimit.ON_TIME_DAYS, 1)):
        desk.session.add(DiaryRule(limit=limit, value=value, basis="", valid_from=SINCE))
    desk.session.flush()
    file = sheet_file(sheet_row(6), sheet_row(7, task="Việc lạ"))
    assert fates(write(desk, file, waived=False)) == [[Fate.REFUSED] * 2]

    assert fates(write(desk, file, waived=True)) == [[Fate.LINE, Fate.PENDING]]
    assert lines(desk)[0].backfilled
    assert waiting(desk)[0].backfilled


def test_people_are_known_by_column_sheet_or_file_name_within_the_unit(desk: Desk) -> None:
    claim = DiaryClaim(None, desk.unit.id, "thang-3.zip")
    files = (
        sheet_file(sheet_row(person="le thi ghi ngay"), name="1.xlsx"),
        sheet_file(sheet_row(), name="Trần Văn Đồng Nghiệp.xlsx"),
        sheet_file(sheet_row(person="Lê Thị Ghi Ngài"), name="3.xlsx"),
        sheet_file(sheet_row(), name="4.xlsx"),
        sheet_file(sheet_row(minutes=30), name="Nhật ký T3 - Trần Văn Đồng Nghiệp (1).xlsx"),
        sheet_file(sheet_row(), name="Lê Thị Ghi Ngày gửi Trần Văn Đồng Nghiệp.xlsx"),
    )
    planned = write(desk, *files, claim=claim)
    assert [file.person for file in planned] == [
        "Lê Thị Ghi Ngày",
        "Trần Văn Đồng Nghiệp",
        None,
        None,
        "Trần Văn Đồng Nghiệp",
        None,
    ]
    assert "gần giống: Lê Thị Ghi Ngày" in planned[2].problems[0].what
    for place in (3, 5):
        (unknown,) = planned[place].problems
        assert "không biết nhật ký này của ai" in unknown.what
        assert unknown.fix == "Ghi đúng họ tên vào cột Họ và tên, hoặc vào tên tệp"


def test_namesakes_ask_which_of_them_is_meant_unless_one_has_the_very_name(desk: Desk) -> None:
    held = desk.session.scalars(select(Assignment).where(Assignment.person_id == desk.person.id))
    position = held.one().establishment.position_id
    for name in ("Nguyễn Văn An", "Nguyễn Văn Ân", "Nguyễn Văn Ân"):
        make_person(desk.session, name, unit=desk.unit, position_id=position)
    rows = [
        sheet_file(sheet_row(person=name), name=f"{name}.xlsx")
        for name in ("Nguyễn Văn An", "Nguyễn Văn Ân")
    ]
    planned = write(desk, *rows, claim=UNIT_WIDE)
    assert fates(planned) == [[Fate.LINE], []]
    assert "trùng họ tên" in planned[1].problems[0].what
    assert "mỗi người tự nhập" in planned[1].problems[0].fix


def test_one_s_own_import_takes_no_row_of_somebody_else(desk: Desk) -> None:
    planned = write(desk, sheet_file(sheet_row(person="Trần Văn Đồng Nghiệp")))
    assert planned[0].blocked
    assert "của người khác" in planned[0].problems[0].what
    assert lines(desk) == []


def test_a_task_of_secret_papers_takes_minutes_only(desk: Desk) -> None:
    task = desk.session.scalars(select(TaskVersion).where(TaskVersion.text == TASKS[2])).one()
    task.kind = TaskKind.SECRET
    desk.session.flush()
    bare = sheet_row(6, task=TASKS[2], product="")
    told = sheet_row(7, task=TASKS[2], product="", content="Tờ trình", day=DAY + timedelta(days=1))
    assert fates(write(desk, sheet_file(bare, told))) == [[Fate.LINE, Fate.REFUSED]]


def test_a_preview_changes_nothing_and_proposes_likely_tasks(desk: Desk) -> None:
    row = sheet_row(task="Theo dõi thực hiện kế hoạch năm")
    found = diary_matching.plan(
        desk.session, [sheet_file(row)], own(desk), today=TODAY, waived=True
    )
    (each,) = found.files[0].rows
    assert each.fate is Fate.PENDING
    assert diary_matching.proposed(each)[0].text == TASKS[1]
    assert (lines(desk), waiting(desk)) == ([], [])
