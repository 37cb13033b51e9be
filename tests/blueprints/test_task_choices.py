"""What a page offers first, and what it keeps out of sight."""

import pytest

from catalogue.blueprints.task_choices import choices
from catalogue.queries.tasks import OwnTask


def tasks(count: int, *, used: int) -> list[OwnTask]:
    return [
        OwnTask(
            number,
            1,
            "VT",
            "Văn phòng",
            "1",
            "Tham mưu",
            f"Việc {number}",
            None,
            used=int(number < used),
        )
        for number in range(count)
    ]


@pytest.mark.parametrize(("used", "others", "folded"), [(1, 4, False), (1, 5, True), (0, 9, False)])
def test_many_other_tasks_stay_out_of_sight_once_some_are_used(
    used: int, others: int, *, folded: bool
) -> None:
    offered = choices(tasks(used + others, used=used))
    assert (len(offered.recent), offered.others, offered.folded) == (used, others, folded)


def test_a_search_shows_all_that_it_finds() -> None:
    assert not choices(tasks(12, used=1), "viec").folded
