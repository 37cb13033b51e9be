"""Facts of many days: what stays the same from one day to the next is put together once."""

from datetime import date

from catalogue.domain.many_days import Held, ManyDays, TaskOfDay
from catalogue.domain.task_matching import KnownTask
from catalogue.domain.words import TaskKind

MONDAY, TUESDAY, WEDNESDAY = (date(2024, 3, day) for day in (4, 5, 6))
FIRST, OTHER = Held(1, 10, 7), Held(2, 20, 7)
KNOWN = [KnownTask(number, "1", f"Việc {number}", f"viec {number}") for number in (1, 2)]
DAYS = ManyDays(
    WEDNESDAY,
    held={(5, MONDAY): [FIRST], (5, TUESDAY): [FIRST], (5, WEDNESDAY): [FIRST, OTHER]},
    tasks={
        10: [TaskOfDay(KNOWN[0], TaskKind.OTHER, None)],
        20: [TaskOfDay(task, None, "Báo cáo") for task in KNOWN],
    },
)


def test_days_on_which_the_same_is_held_share_their_tasks() -> None:
    assert DAYS.own_tasks(5, MONDAY) is DAYS.own_tasks(5, TUESDAY)
    assert DAYS.own_tasks(5, MONDAY).known == (KNOWN[0],)
    assert DAYS.own_tasks(6, MONDAY).known == ()


def test_a_task_of_two_positions_is_logged_to_the_first() -> None:
    own = DAYS.own_tasks(5, WEDNESDAY)
    assert own.known == (KNOWN[0], *KNOWN)
    assert {number: task.assignment_id for number, task in own.facts.items()} == {1: 1, 2: 2}
    assert DAYS.facts(5, WEDNESDAY, waived=False).tasks is own.facts
