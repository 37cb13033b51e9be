"""The reference lists, descriptions and dictionaries say what they are and keep their promises."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from functools import cache

import pytest

from catalogue.domain.words import PositionGroup
from seed.btctw_2752_2765 import build
from seed.btctw_2752_2765.making import dictionaries
from seed.btctw_2752_2765.making.descriptions import descriptions
from seed.btctw_2752_2765.making.source import SEED, PositionList, position_lists, reference

LISTS = position_lists()
AGENCIES = pytest.mark.parametrize("source", LISTS, ids=lambda source: source.agency)
# What the sources may rest on; a list's row is never inferred or computed.
MARKS = {"V", "R cao", "R tb", "R thấp"}


@cache
def parts(file: str) -> dict[str, str]:
    with zipfile.ZipFile(SEED / file) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def words(xml: str) -> str:
    return re.sub(r"<[^>]+>", "", xml)


def all_files() -> Iterator[str]:
    for source in LISTS:
        yield from (source.annex, source.descriptions)
    yield from (f"dictionaries/{name}.docx" for name in dictionaries.names())


def test_the_lists_together_hold_as_many_positions_as_a_province_has() -> None:
    assert 250 <= sum(len(list(source.positions())) for source in LISTS) <= 380


@AGENCIES
def test_every_position_says_what_it_rests_on_and_its_code_is_its_own(source: PositionList) -> None:
    positions = list(source.positions())
    assert {position.mark for position in positions} <= MARKS
    assert len({position.code for position in positions}) == len(positions)
    assert len({position.name for position in positions}) == len(positions)


@AGENCIES
def test_every_heading_names_another_of_the_four_groups(source: PositionList) -> None:
    found = [PositionGroup.of_heading(group.heading) for group in source.groups]
    assert found == list(PositionGroup)[: len(found)]
    assert len(found) >= 3


@AGENCIES
def test_every_position_has_six_to_fifteen_tasks_and_competencies(source: PositionList) -> None:
    for described in descriptions(source, reference()):
        tasks = [task for duty in described.duties for task in duty.tasks]
        assert 6 <= len(tasks) <= 15, described.name
        assert len({task.text for task in tasks}) == len(tasks), described.name
        assert any(task.product for task in tasks)
        assert described.competencies
        assert described.relations.managed_by


@AGENCIES
def test_levels_fit_the_group_that_a_position_stands_in(source: PositionList) -> None:
    by_name = {each.name: each for each in descriptions(source, reference())}
    for group in source.groups:
        wanted = {
            PositionGroup.LEADERSHIP: {2, 3, 4},
            PositionGroup.SUPPORT: {1},
        }.get(PositionGroup.of_heading(group.heading) or PositionGroup.SPECIALIST, {1, 2, 3})
        for position in group.positions:
            asked = by_name[position.name].competencies
            assert {level for each in asked for level in (each.level_min, each.level_max)} <= wanted


@pytest.mark.parametrize("file", list(all_files()))
def test_every_file_carries_the_mark_in_its_text_and_in_its_headers(file: str) -> None:
    mark = reference().mark
    package = parts(file)
    headers = [words(text) for text in package.values() if "<w:hdr " in text]
    assert mark in words(package["word/document.xml"])
    assert headers
    assert all(mark in header for header in headers)


@AGENCIES
def test_every_list_says_that_it_is_not_the_official_one(source: PositionList) -> None:
    said = words(parts(source.annex)["word/document.xml"])
    assert "không phải danh mục chính thức" in said
    assert "mã trình diễn" in said
    assert "QĐ/BTCTW" not in said


@AGENCIES
def test_every_description_is_marked_as_a_specimen(source: PositionList) -> None:
    marked = words(parts(source.descriptions)["word/document.xml"]).count(
        reference().description_mark
    )
    assert marked == len(list(source.positions()))


def test_the_files_are_what_the_sources_build() -> None:
    """What the exporter prints is held by reading it, so that its looks may change."""
    as_word = [source for source in LISTS if source.layout.saved_by == "Word"]
    built = [
        *build.annexes(as_word),
        *build.dictionary_files(),
        *build.expectations(LISTS),
    ]
    for name, data in built:
        assert unpacked(data) == unpacked((SEED / name).read_bytes()), name


def test_a_third_of_the_lists_was_saved_by_libreoffice() -> None:
    saved = [s for s in LISTS if "LibreOffice" in parts(s.annex).get("docProps/app.xml", "")]
    assert saved == [s for s in LISTS if s.layout.saved_by == "LibreOffice"]
    assert len(LISTS) // 3 <= len(saved) < len(LISTS) // 2


def unpacked(data: bytes) -> object:
    """Compare parts, not bytes: another zlib packs the same text otherwise."""
    if data[:2] != b"PK":
        return json.loads(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
