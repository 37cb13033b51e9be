"""The headings that the seed brings: what people really write above a diary's columns."""

from pathlib import Path

import pytest

from catalogue.domain.diary_columns import DiaryColumn
from catalogue.domain.text import fold
from catalogue.importers import diary_headings, foundation

SEED = Path(__file__).parents[2] / "seed" / "btctw_2752_2765"
KNOWN = [(fold(each.heading), each.column) for each in foundation.read(SEED).headings]


def test_a_heading_means_one_column() -> None:
    assert len(KNOWN) == len(dict(KNOWN))


@pytest.mark.parametrize("work", ["Công việc đã làm", "Việc", "Nội dung công việc"])
def test_a_plain_table_of_a_day_its_work_and_its_hours_is_known(work: str) -> None:
    header = diary_headings.find([("Ngày tháng năm", work, "Giờ làm")], dict(KNOWN))
    assert header is not None
    assert list(header.columns) == [DiaryColumn.DAY, DiaryColumn.CONTENT, DiaryColumn.HOURS]
