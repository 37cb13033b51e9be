"""What a day's sheet must keep to is told all at once, each reason with its line."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from catalogue.domain.absences import AbsenceKind, Away
from catalogue.domain.day_rules import DayFacts, Limits, TaskFacts, refusals
from catalogue.domain.diary import LineDraft
from catalogue.domain.studying import pages_missing, pages_overrun
from catalogue.domain.words import TaskKind

DAY = date(2024, 4, 9)
REPORT, MEETING, OLD, SECRET = 1, 2, 3, 4
TASKS = {
    REPORT: TaskFacts(REPORT, 7, TaskKind.PRODUCT, "Báo cáo", 21),
    MEETING: TaskFacts(MEETING, 7, TaskKind.MEETING, None, 22),
    OLD: TaskFacts(OLD, 7, None, "Biên bản"),
    SECRET: TaskFacts(SECRET, 7, TaskKind.SECRET, None),
}
FACTS = DayFacts(DAY, date(2024, 4, 10), TASKS, Limits(backfill_days=7, on_time_days=1))
LINE = LineDraft(REPORT, 60, product="Báo cáo tuần")
REST = LineDraft(MEETING, 60)


def said(facts: DayFacts, *drafts: LineDraft) -> list[tuple[int | None, str | None]]:
    return [(each.line, each.field) for each in refusals(drafts, facts)]


def test_an_ordinary_sheet_is_written() -> None:
    assert said(FACTS, LINE, REST) == []


def test_every_line_that_cannot_stand_is_named_at_once() -> None:
    bad = [replace(LINE, minutes=0), REST, replace(LINE, task_version_id=99)]
    assert said(FACTS, *bad) == [(0, "hours"), (2, "task")]


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        (replace(FACTS, day=date(2024, 4, 11)), "chưa đến ngày"),
        (replace(FACTS, closed=True), "đã chốt"),
        (replace(FACTS, month_closed=True), "đã khóa"),
        (replace(FACTS, day=date(2024, 4, 2)), "quá 7 ngày"),
    ],
)
def test_a_day_that_takes_nothing_says_why(facts: DayFacts, says: str) -> None:
    (only,) = refusals([LINE], facts)
    assert (only.line, only.field) == (None, "day")
    assert says in only.message


def test_the_heads_consent_opens_a_day_that_is_long_past() -> None:
    assert said(replace(FACTS, day=date(2024, 3, 1), consented=True), LINE) == []


def test_what_is_written_after_the_days_in_time_is_marked() -> None:
    ages = [FACTS.today - timedelta(days=age) for age in range(3)]
    assert [replace(FACTS, day=day).backfilled for day in ages] == [False, False, True]


def test_a_limit_without_a_row_does_not_hold() -> None:
    free = replace(FACTS, day=date(2020, 1, 2), limits=Limits())
    assert said(free, LINE, replace(REST, minutes=900)) == []


@pytest.mark.parametrize("task", [REPORT, OLD])
def test_a_task_that_leaves_a_product_needs_one(task: int) -> None:
    assert said(FACTS, LineDraft(task, 60)) == [(0, "product")]


def test_hours_on_a_work_item_need_no_product_yet() -> None:
    at_work = replace(FACTS, work={5: 21})
    assert said(at_work, LineDraft(REPORT, 60, work_item_id=5)) == []
    assert said(at_work, LineDraft(REPORT, 60, work_item_id=6)) == [(0, "work_item")]


def test_a_line_names_only_work_of_its_own_task() -> None:
    at_work = replace(FACTS, work={5: 22})
    assert said(at_work, replace(REST, work_item_id=5)) == []
    (other,) = refusals([LineDraft(REPORT, 60, work_item_id=5)], at_work)
    assert (other.field, "thuộc nhiệm vụ khác" in other.message) == ("work_item", True)


def test_minutes_without_a_product_have_a_cap_by_kind() -> None:
    capped = replace(FACTS, limits=Limits(productless={TaskKind.MEETING: 90}))
    assert said(capped, REST) == []
    assert said(capped, REST, LINE, REST) == [(2, "hours")]
    logged = replace(capped, productless={TaskKind.MEETING: 60})
    assert said(logged, REST) == [(0, "hours")]
    assert said(logged, replace(REST, product="Biên bản họp")) == []


def test_a_day_has_no_more_than_24_hours_with_what_it_holds() -> None:
    full = replace(FACTS, logged=23 * 60)
    assert said(full, LINE) == []
    assert said(full, LINE, replace(LINE, minutes=1)) == [(1, "hours")]


def test_long_days_and_short_ones_are_true_days() -> None:
    assert said(FACTS, replace(LINE, minutes=13 * 60), replace(LINE, minutes=1)) == []


@pytest.mark.parametrize(
    ("away", "expected"),
    [
        (Away(DAY, DAY, AbsenceKind.LEAVE), [(0, "overtime")]),
        (Away(DAY, DAY, AbsenceKind.LEAVE, half=True), []),
        (Away(DAY, DAY, AbsenceKind.MISSION), []),
        (Away(DAY - timedelta(days=2), DAY - timedelta(days=1), AbsenceKind.ILLNESS), []),
    ],
)
def test_a_day_of_leave_takes_overtime_alone(
    away: Away, expected: list[tuple[int | None, str]]
) -> None:
    facts = replace(FACTS, absences=[away])
    assert said(facts, LINE) == expected
    assert said(facts, replace(LINE, overtime=True)) == []


@pytest.mark.parametrize(
    "typed",
    [
        {"content": "Soạn"},
        {"product": "Tờ trình"},
        {"note": "x"},
        {"document_number": "12"},
        {"evidence": "x"},
        {"quantity": 1},
        {"pages": 3},
    ],
)
def test_secret_papers_take_hours_and_nothing_else(typed: dict[str, str]) -> None:
    line = LineDraft(SECRET, 60)
    assert said(FACTS, line) == []
    assert said(FACTS, replace(line, **typed)) == [(0, "content")]  # type: ignore[arg-type]


def test_secret_papers_belong_to_no_work_whose_title_would_tell_of_them() -> None:
    at_work = replace(FACTS, work={5: 0})
    assert said(at_work, LineDraft(SECRET, 60, work_item_id=5)) == [(0, "content")]


def test_the_cap_of_secret_papers_asks_for_no_product() -> None:
    capped = replace(FACTS, limits=Limits(productless={TaskKind.SECRET: 30}))
    (only,) = refusals([LineDraft(SECRET, 60)], capped)
    assert "tối đa 30 phút" in only.message
    assert "sản phẩm, hoặc" not in only.message


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        ("Xử lý công văn MẬT của tỉnh", True),
        ("Tài liệu tối mật về nhân sự", True),
        ("Số 12-BC/TU(M)", True),
        ("Tập huấn BẢO MẬT thông tin", False),
        ("Bảo vệ bí mật nhà nước", False),
        ("Đọc văn kiện tuyệt mật", True),
        ("Sắp xếp hồ sơ mật của phòng", True),
        ("Vào sổ công văn đến mật", True),
        ("Trình tờ trình Mật", True),
        ("Trả lời theo tệp mật số 5", True),
        ("Thông báo mật số 3", True),
        ("Dự thảo quyết định mật", True),
        ("Lập kế hoạch mật năm 2024", True),
        ("Nghị quyết Mật", True),
        ("Gửi giấy mời mật, điện mật", True),
        ("Kế hoạch bảo mật, quyết định về bí mật nhà nước", False),
        ("Thông báo mật khẩu mới, tệp mật khẩu, kế hoạch mật độ xây dựng", False),
        ("BÁO CÁO MẬT ĐỘ DÂN SỐ", False),
        ("Báo cáo mật độ dân số, tài liệu mật khẩu, hồ sơ mật ong", False),
        ("Báo cáo số 12-BC/TU", False),
    ],
)
def test_signs_of_a_secret_paper_are_refused_elsewhere(content: str, refused: bool) -> None:  # noqa: FBT001
    assert bool(said(FACTS, replace(LINE, content=content))) is refused


def test_who_has_no_task_for_secret_papers_is_told_who_adds_one() -> None:
    (only,) = refusals([replace(LINE, content="Trình công văn mật")], FACTS)
    assert "loại «Xử lý văn bản mật» nếu vị trí của bạn có" in only.message
    assert "đề nghị cán bộ tổ chức bổ sung vào bản mô tả" in only.message


def test_studying_beyond_the_norm_is_told_by_how_much() -> None:
    norm = Limits(minutes_a_page=5)
    assert pages_overrun(60, 10, norm) == 10
    assert pages_overrun(50, 10, norm) is None
    assert pages_overrun(60, None, norm) is None
    assert pages_overrun(60, 10, Limits()) is None


def test_studying_without_pages_is_told_where_there_is_a_norm() -> None:
    norm = Limits(minutes_a_page=5)
    assert pages_missing(TaskKind.STUDY, None, norm)
    assert not pages_missing(TaskKind.STUDY, 10, norm)
    assert not pages_missing(TaskKind.MEETING, None, norm)
    assert not pages_missing(TaskKind.STUDY, None, Limits())
