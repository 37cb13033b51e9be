"""The diary keeps each day's sums equal to its lines, and every line at a task of its writer."""

from datetime import date

import pytest
from sqlalchemy import select, text

from catalogue.domain.diary import FullLine, LineDraft
from catalogue.domain.errors import CatalogueError, Conflict, Invalid, NotFound
from catalogue.models import Assignment, LogLine, PersonDay, TaskVersion
from catalogue.queries import checks, trace
from catalogue.services import correcting, day_sums, logging_work
from tests.services.conftest import AT, Ground, annex_row

TODAY = date(2024, 4, 10)
DAY = date(2024, 3, 5)


class Diary:
    """One holder's diary, in the words of a test."""

    def __init__(self, ground: Ground) -> None:
        self.session = ground.session
        self.assignment: Assignment = ground.assign()
        self.task_id = self.session.scalars(select(TaskVersion.id).order_by(TaskVersion.id)).first()

    def draft(self, minutes: int = 90, **changes: object) -> LineDraft:
        told = {"product": "Biên bản"} | changes
        return LineDraft(self.task_id or 0, minutes, **told)  # type: ignore[arg-type]

    def log(self, minutes: int = 90, *, day: date = DAY, **changes: object) -> LogLine:
        return logging_work.log_line(
            self.session,
            self.draft(minutes, **changes),
            day=day,
            today=TODAY,
            by=self.assignment.person_id,
            at=AT,
        )

    def correct(self, line: LogLine, *, minutes: int = 90, by: int | None = None) -> LogLine:
        return correcting.correct_line(
            self.session,
            line.id,
            self.draft(minutes),
            today=TODAY,
            by=self.assignment.person_id if by is None else by,
            at=AT,
        )

    def sums(self) -> tuple[int, int, int]:
        self.session.expire_all()
        day = self.session.scalars(select(PersonDay)).one()
        return day.standard_minutes, day.overtime_minutes, day.product_minutes


@pytest.fixture
def diary(ground: Ground) -> Diary:
    ground.record(annex_row("Chánh Văn phòng", code="VP-01"))
    ground.describe()
    return Diary(ground)


def test_a_line_counts_in_its_day_at_once(diary: Diary) -> None:
    diary.log(90)
    diary.log(30, overtime=True)
    assert diary.sums() == (90, 30, 120)


def test_a_line_traces_to_the_row_that_its_position_came_from(diary: Diary) -> None:
    chain = trace.of_line(diary.session, diary.log().id)
    assert chain is not None
    assert chain.annex_raw == ("1", "Chánh Văn phòng", "VP-01")
    assert chain.document_number == "Tham khảo VPTU"
    assert chain.mark == "Tham khảo – chưa kiểm chứng với văn bản gốc"


def test_a_correction_supersedes_the_line_and_the_former_stays(diary: Diary) -> None:
    former = diary.log(90)
    line = diary.correct(former, minutes=60)
    assert (line.supersedes_id, former.current, former.minutes) == (former.id, False, 90)
    assert diary.sums() == (60, 0, 60)
    with pytest.raises(Conflict):
        diary.correct(former)


def test_somebody_elses_line_cannot_be_corrected(diary: Diary) -> None:
    line = diary.log()
    with pytest.raises(NotFound):
        diary.correct(line, by=line.assignment.person_id + 1)


def test_a_repeated_send_answers_the_line_that_it_wrote(diary: Diary) -> None:
    first = diary.log(entry_key="k" * 36)
    assert diary.log(entry_key="k" * 36).id == first.id
    assert diary.sums() == (90, 0, 90)


@pytest.mark.parametrize(
    ("day", "minutes", "says"),
    [
        (date(2024, 4, 11), 60, "chưa đến ngày này"),
        (date(2023, 12, 31), 60, "không thuộc vị trí"),
        (DAY, 0, "lớn hơn 0"),
        (DAY, 1441, "không quá 24"),
    ],
)
def test_a_day_or_an_amount_that_cannot_be_is_refused(
    diary: Diary, day: date, minutes: int, says: str
) -> None:
    with pytest.raises(Invalid, match=says):
        diary.log(minutes, day=day)


def test_a_day_holds_no_more_than_24_hours(diary: Diary) -> None:
    diary.log(1400)
    with pytest.raises(Invalid, match="chỉ còn chỗ cho 40 phút"):
        diary.log(41)
    diary.log(40)
    assert diary.sums() == (1440, 0, 1440)


def test_a_task_of_another_position_is_refused(diary: Diary) -> None:
    diary.task_id = 10_000
    with pytest.raises(CatalogueError, match="không thuộc vị trí"):
        diary.log()


def test_bulk_lines_are_summed_like_single_ones(diary: Diary) -> None:
    line = FullLine(
        diary.assignment.id, diary.task_id or 0, DAY, "", "Biên bản", 1, 50, overtime=False
    )
    assert list(logging_work.log_many(diary.session, [line] * 3, at=AT)) == [3]
    day_sums.sum_all_days(diary.session)
    assert diary.sums() == (150, 0, 150)
    assert [check.promise for check in checks.run(diary.session) if check.broken] == []


def test_the_check_finds_a_sum_that_was_tampered_with(diary: Diary) -> None:
    diary.log(90)
    diary.session.execute(text("UPDATE person_day SET standard_minutes = 89"))
    broken = [check.promise for check in checks.run(diary.session) if check.broken]
    assert broken[0] == "Tổng ngày bằng đúng các dòng, đến từng phút"


def test_the_check_finds_a_line_at_a_task_of_another_position(diary: Diary, ground: Ground) -> None:
    line = diary.log(90)
    ground.record(annex_row("Lái xe", code="LX"), sha256="c" * 64)
    diary.session.execute(
        text("UPDATE establishment SET position_id = (SELECT max(id) FROM position)")
    )
    assert checks.run(diary.session)[0].broken == 1
    assert trace.of_line(diary.session, line.id) is not None
