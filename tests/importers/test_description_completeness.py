"""Reading whole job descriptions: what was printed is what is read, and nothing is dropped."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from catalogue.domain.description import as_json
from catalogue.importers import description_document
from tests.description_kit import Maker
from tests.description_printer import Printer
from tests.docx_kit import docx
from tests.lost_text import PRINTED_BY_THE_FORM, lost
from tests.spoiling import spoilt

SAMPLE = Path(__file__).parents[3] / "shared/samples/mo-ta-cong-viec-ho-tro-phuc-vu.docx"
needs_sample = pytest.mark.skipif(
    not SAMPLE.exists(), reason=f"bản mô tả mẫu {SAMPLE.name} không có ở máy này"
)


@pytest.mark.parametrize("seed", range(25))
def test_what_offices_print_in_their_different_ways_reads_the_same(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    maker, printer = Maker(random), Printer(random)
    printed = [maker.description() for _ in range(random.randint(1, 3))]
    data = docx(*(block for description in printed for block in printer.blocks(description)))

    found = description_document.read(data)

    assert [replace(description, problems=()) for description in found] == printed


@pytest.mark.parametrize("seed", range(40))
def test_a_spoilt_form_loses_no_text(seed: int) -> None:
    assert lost_after_spoiling(seed) == []


@pytest.mark.proof
def test_thousands_of_spoilt_forms_lose_no_text() -> None:
    assert [seed for seed in range(40, 4000) if lost_after_spoiling(seed)] == []


def lost_after_spoiling(seed: int) -> list[str]:
    random = Random(seed)  # noqa: S311
    maker, printer = Maker(random), Printer(random)
    whole = docx(*(block for _ in range(2) for block in printer.blocks(maker.description())))
    data = spoilt(whole, random)
    found = description_document.read(data)
    return lost(data, [as_json(description) for description in found], PRINTED_BY_THE_FORM)


@needs_sample
def test_the_sample_reads_completely() -> None:
    data = SAMPLE.read_bytes()
    guard, attendant, driver = found = description_document.read(data)

    plain = [as_json(description) for description in found]
    assert lost(data, plain, PRINTED_BY_THE_FORM) == []
    assert [(one.name, one.code) for one in found] == [
        ("Nhân viên Bảo vệ", "TP-HTPV-01"),
        ("Nhân viên Phục vụ", "TP -HTPV-02"),
        ("Nhân viên Lái xe", "TP -HTPV-03"),
    ]
    assert [[len(duty.tasks) for duty in one.duties] for one in found] == [
        [3, 1, 2, 0], [4, 1, 0, 0], [3, 1, 3, 0],
    ]  # fmt: skip
    assert [[len(duty.criteria) for duty in one.duties] for one in found] == [
        [2, 1, 0, 0], [2, 1, 2, 0], [2, 3, 2, 0],
    ]  # fmt: skip
    assert [len(one.authority) for one in found] == [2, 4, 2]
    assert [len(one.relations.outside) for one in found] == [1, 2, 5]
    assert [len(one.competencies) for one in found] == [10, 10, 9]
    assert {(asked.level_min, asked.level_max) for asked in driver.competencies} == {(1, 1)}
    assert {asked.group for asked in attendant.competencies} == {
        "Nhóm năng lực chung", "Nhóm năng lực chuyên môn", "Nhóm năng lực quản lý",
    }  # fmt: skip
    assert list(driver.qualifications)[1] == "Kỹ năng"
    assert [problem.where for problem in guard.problems] == ["Bảng 2, dòng 5"]
    assert not attendant.problems
    assert not driver.problems
