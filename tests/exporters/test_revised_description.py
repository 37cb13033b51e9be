"""A description as it became another: accepting all gives the latter, rejecting the former."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from lxml import etree

from catalogue.domain.description import Description, Duty, Task
from catalogue.domain.description_changes import compare
from catalogue.domain.layout import LAYOUTS
from catalogue.domain.task_endings import Ending
from catalogue.domain.words import TaskChange
from catalogue.exporters import description_document, revised_description
from catalogue.importers.description_document import read
from tests.description_kit import Maker
from tests.docx_kit import W, pack
from tests.drafts import whole_record
from tests.exporters.examples import DRIVER
from tests.exporters.settling import settled
from tests.exporters.word_rules import broken_rules, document_of, parts_of, said

_W = f"{{{W}}}"
SAMPLES = sorted((Path(__file__).parents[3] / "shared/samples").glob("mo-ta*.docx"))
AT = datetime(2024, 4, 15, 3, tzinfo=UTC)
BY = "Lê Cán Bộ"


def revised(former: Description, latter: Description, *endings: Ending) -> bytes:
    return revised_description.write(
        former, latter, endings=endings, author=BY, at=AT, layout=LAYOUTS[0]
    )


def settled_file(file: bytes, *, accept: bool) -> bytes:
    """Give the file once every change is accepted, or rejected."""
    document = etree.tostring(settled(document_of(file), accept=accept))
    return pack(parts_of(file) | {"word/document.xml": document})


def assert_turns(former: Description, latter: Description, *endings: Ending) -> None:
    file = revised(former, latter, *endings)
    # Until it is settled, a row that goes on with a merged cell may follow a deleted one.
    assert [each for each in broken_rules(file) if "goes on with nothing" not in each] == []
    for accept, wanted in ((True, latter), (False, former)):
        one = settled_file(file, accept=accept)
        assert broken_rules(one) == []
        (found,) = read(one)
        assert replace(found, problems=()) == wanted


def test_the_same_description_has_no_change() -> None:
    assert not list(document_of(revised(DRIVER, DRIVER)).iter(f"{_W}ins", f"{_W}del"))


def test_a_word_is_tracked_in_its_place_by_its_author_and_moment() -> None:
    latter = replace(DRIVER, purpose=DRIVER.purpose.replace("an toàn", "thật an toàn"))
    assert latter != DRIVER
    marks = list(document_of(revised(DRIVER, latter)).iter(f"{_W}ins", f"{_W}del"))
    assert [("".join(mark.itertext()), mark.get(f"{_W}author")) for mark in marks] == [
        (" thật", BY)
    ]
    assert marks[0].get(f"{_W}date") == "2024-04-15T03:00:00Z"


@pytest.mark.parametrize("seed", range(5))
def test_any_two_descriptions_turn_into_each_other(seed: int) -> None:
    maker = Maker(Random(seed))  # noqa: S311
    former = maker.description()
    assert_turns(former, maker.description())
    duties = (*former.duties[1:], maker.duty("2.99"))
    assert_turns(former, replace(former, duties=duties, authority=former.authority[:1]))
    assert_turns(former, replace(former, competencies=former.competencies[1:] or ()))


def test_a_column_that_came_or_went_gives_two_tables_of_which_one_is_left() -> None:
    task = Task("Đưa đón", None, "Đúng giờ")
    without = replace(DRIVER, duties=(Duty("2.1", "Lái xe", (task,), ("Đúng giờ",)),))
    product = replace(task, product="Lệnh điều xe")
    duty = Duty("2.1", "Lái xe", (product,), ("Đúng giờ",), ("Lệnh điều xe",))
    assert_turns(without, replace(DRIVER, duties=(duty,)))


def test_tasks_keep_their_identities_and_norms_on_both_sides() -> None:
    former = whole_record("Chuyên viên tổng hợp")
    first, second = former.duties
    tasks = tuple(replace(task, goes_on_from=(412 + n,)) for n, task in enumerate(first.tasks))
    former = replace(former, duties=(replace(first, tasks=tasks), second))
    longer = replace(tasks[0], text=f"{tasks[0].text}, tháng", norm_minutes=90)
    swapped = replace(first, tasks=(tasks[1], longer), criteria=first.criteria[::-1])
    assert_turns(former, replace(former, duties=(second, swapped)))
    assert_turns(former, replace(former, duties=(replace(first, tasks=(longer, tasks[1])),)))


def test_why_a_task_is_no_longer_done_stands_in_a_comment_on_its_deleted_words() -> None:
    former = whole_record("Chuyên viên tổng hợp")
    first, *others = former.duties
    gone, *stay = first.tasks
    latter = replace(former, duties=(replace(first, tasks=tuple(stay)), *others))
    endings = (
        Ending(gone.text, TaskChange.RETIRED, why="Đã có phần mềm & không ai làm"),
        Ending("Việc không còn in ở đâu", TaskChange.SPLIT, ("Một", "Hai")),
    )
    file = revised(former, latter, *endings)
    comments = list(etree.fromstring(parts_of(file)["word/comments.xml"]))
    assert [(said(each), each.get(f"{_W}author")) for each in comments] == [
        (f"{TaskChange.RETIRED.label}: {gone.text}\nLý do: Đã có phần mềm & không ai làm", BY),
        (f"{TaskChange.SPLIT.label}: Việc không còn in ở đâu\nNay là: Một; Hai", BY),
    ]
    hung, lost = document_of(file).iter(f"{_W}commentReference")
    paragraphs = [next(each.iterancestors(f"{_W}p")) for each in (lost, hung)]
    words = ["".join(each.itertext(f"{_W}delText")) for each in paragraphs]
    assert words == [gone.text, ""]
    assert_turns(former, latter, *endings)


@pytest.mark.skipif(not SAMPLES, reason="các bản mô tả mẫu không có ở máy này")
def test_the_samples_compare_as_equal_after_print_and_turn_into_each_other() -> None:
    found = [replace(each, problems=()) for file in SAMPLES for each in read(file.read_bytes())]
    assert len(found) == 3
    again = read(description_document.write(found))
    pairs = zip(found, again, strict=True)
    assert [compare(one, other) for one, other in pairs] == [[], [], []]
    assert_turns(found[0], found[1])
