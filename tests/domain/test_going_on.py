"""Tasks from a file go on from former ones by their identity, their text, or a person's word."""

from collections.abc import Sequence
from dataclasses import replace

from catalogue.domain.description import Description, Duty, Task
from catalogue.domain.going_on import Ground, Proposal, carried, propose
from catalogue.domain.words import TaskKind

REPORT = Task("Soạn báo cáo tuần", product_unit="văn bản", norm_minutes=90, goes_on_from=(7,))
FILES = Task("Lưu hồ sơ của phòng", kind=TaskKind.OTHER, goes_on_from=(8,))
FORMER = Description("Văn thư", duties=(Duty("1", "Văn thư", (REPORT, FILES)),))


def of(*tasks: Task) -> Description:
    return Description("Văn thư", duties=(Duty("1", "Văn thư", tasks),))


def grounds(proposals: Sequence[Proposal]) -> list[tuple[int, tuple[int, ...], Ground]]:
    return [(each.number, each.goes_on_from, each.ground) for each in proposals]


def test_the_same_text_goes_on_and_a_likely_one_waits_for_a_word() -> None:
    read = of(Task("Lưu hồ sơ của phòng"), Task("Soạn báo cáo tuần, tháng"), Task("Lái xe"))
    proposals = propose(read, FORMER)
    assert grounds(proposals) == [(0, (8,), Ground.TEXT), (1, (7,), Ground.LIKENESS)]
    assert [each.sure for each in proposals] == [True, False]
    assert proposals[1].former == "Soạn báo cáo tuần"


def test_an_identity_in_the_file_goes_before_its_words() -> None:
    read = of(Task("Lưu hồ sơ của phòng", goes_on_from=(7,)), Task("Soạn báo cáo tuần"))
    assert grounds(propose(read, FORMER)) == [(0, (7,), Ground.IDENTITY)]


def test_an_identity_of_another_position_counts_for_nothing() -> None:
    read = of(Task("Việc khác hẳn", goes_on_from=(99,)))
    assert propose(read, FORMER) == []
    (task,) = carried(read, []).duties[0].tasks
    assert task.goes_on_from == ()


def test_a_row_copied_with_its_identity_is_asked_about_as_a_split() -> None:
    read = of(replace(REPORT), Task("Gửi báo cáo tuần đi", goes_on_from=(7,)))
    assert grounds(propose(read, FORMER)) == [
        (0, (7,), Ground.IDENTITY),
        (1, (7,), Ground.REPEATED),
    ]


def test_what_goes_on_keeps_what_the_form_has_no_place_for() -> None:
    read = of(Task("Soạn báo cáo tuần"), Task("Lưu hồ sơ của phòng", norm_minutes=5))
    kept = carried(read, propose(read, FORMER))
    assert kept.duties[0].tasks == (REPORT, replace(FILES, norm_minutes=5))


def test_what_is_not_agreed_to_is_new() -> None:
    read = of(Task("Soạn báo cáo tuần, tháng"))
    (task,) = carried(read, []).duties[0].tasks
    assert (task.goes_on_from, task.product_unit) == ((), None)


def test_a_duty_without_tasks_goes_on_like_a_task() -> None:
    former = Description("A", duties=(Duty("1", "Trực cơ quan", goes_on_from=(3,)),))
    read = Description("A", duties=(Duty("1", "Trực cơ quan"),))
    assert carried(read, propose(read, former)) == former


def test_what_is_new_in_the_draft_too_keeps_its_norm_and_needs_no_word() -> None:
    new = replace(REPORT, goes_on_from=())
    (proposal,) = propose(of(Task("Soạn báo cáo tuần này")), of(new))
    assert proposal.sure
    (task,) = carried(of(Task("Soạn báo cáo tuần này")), [proposal]).duties[0].tasks
    assert (task.norm_minutes, task.goes_on_from) == (90, ())
