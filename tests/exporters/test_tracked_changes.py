"""Tracked changes: accepting all gives the latter catalogue, rejecting all the former."""

from dataclasses import replace
from random import Random

import pytest
from lxml import etree

from catalogue.domain.layout import LAYOUTS
from catalogue.domain.papers import Comparison, Line
from catalogue.domain.text_changes import changed
from catalogue.exporters import tracked_changes
from tests.docx_kit import W
from tests.exporters.paper_examples import COMPARISON
from tests.exporters.settling import settled
from tests.exporters.word_rules import broken_rules, document_of, said

SEED = 20240415
_W = f"{{{W}}}"
WORDS = ("Chuyên", "viên", "tổng", "hợp", "văn", "thư", "về", "<&>", "\n", "  ")
Rows = list[tuple[str, ...]]


def write(comparison: Comparison) -> bytes:
    return tracked_changes.write(comparison, layout=LAYOUTS[0])


def rows_of(document: etree._Element, *, accept: bool) -> Rows:
    """Give what the table's rows say once every change is accepted, or rejected."""
    table = list(settled(document, accept=accept).iter(f"{_W}tbl"))[-1:]
    rows = [row for each in table for row in each.iter(f"{_W}tr")][1:]
    return [tuple(said(cell).removeprefix("\n") for cell in row.iter(f"{_W}tc")) for row in rows]


def cells(lines: tuple[Line, ...]) -> Rows:
    return [line.cells for line in lines]


def assert_turns(comparison: Comparison) -> None:
    file = write(comparison)
    assert broken_rules(file) == []
    document = document_of(file)
    assert rows_of(document, accept=True) == cells(comparison.latter)
    assert rows_of(document, accept=False) == cells(comparison.former)


def test_accepting_gives_the_latter_and_rejecting_the_former() -> None:
    assert_turns(COMPARISON)


def test_the_same_catalogue_has_no_change() -> None:
    file = write(replace(COMPARISON, latter=COMPARISON.former))
    assert not list(document_of(file).iter(f"{_W}ins", f"{_W}del"))


@pytest.mark.parametrize("side", ["former", "latter"])
def test_a_catalogue_may_begin_or_end_empty(side: str) -> None:
    empty = replace(COMPARISON, former=()) if side == "former" else replace(COMPARISON, latter=())
    assert_turns(empty)


@pytest.mark.parametrize("seed", range(SEED, SEED + 40))
def test_any_two_catalogues_turn_into_each_other(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    assert_turns(replace(COMPARISON, former=catalogue(random), latter=catalogue(random)))


def catalogue(random: Random) -> tuple[Line, ...]:
    keys = random.sample(range(12), random.randint(0, 12))
    return tuple(
        Line(("VP", str(key)), tuple(text(random) for _ in range(1 if key > 9 else 5)))
        for key in keys
    )


def text(random: Random) -> str:
    return " ".join(random.choices(WORDS, k=random.randint(0, 6))).strip("\n")


def test_a_changed_cell_is_tracked_word_by_word() -> None:
    assert changed("Chuyên viên theo dõi tổng hợp", "Chuyên viên về tổng hợp") == [
        ("", "Chuyên viên"),
        ("del", " theo dõi"),
        ("ins", " về"),
        ("", " tổng hợp"),
    ]


def test_every_change_has_its_own_number_an_author_and_a_day() -> None:
    changes = list(document_of(write(COMPARISON)).iter(f"{_W}ins", f"{_W}del"))
    assert len({change.get(f"{_W}id") for change in changes}) == len(changes)
    assert {(change.get(f"{_W}author"), change.get(f"{_W}date")) for change in changes} == {
        ("Danh mục ngày 15/4/2024", "2024-04-15T00:00:00Z")
    }


def test_a_position_that_moved_is_deleted_there_and_inserted_here() -> None:
    rows = document_of(write(COMPARISON)).findall(f".//{_W}tr")
    moved = [
        next(iter(row.find(f"{_W}trPr")[1:]), None)  # type: ignore[index]
        for row in rows
        if "Lái xe" in "".join(node.text or "" for node in row.iter(f"{_W}t", f"{_W}delText"))
    ]
    assert [None if change is None else change.tag for change in moved] == [
        f"{_W}ins",
        f"{_W}del",
    ]
