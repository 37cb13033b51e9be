"""Every committed file reads, through the importers of an upload, to what its source says."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest

from catalogue.domain.annex import Annex
from catalogue.domain.competency import entries_as_json
from catalogue.domain.description import as_json
from catalogue.importers import competency_dictionary, description_document, position_annex
from seed.btctw_2752_2765.making import dictionaries
from seed.btctw_2752_2765.making.source import SEED, PositionList, position_lists

LISTS = position_lists()
AGENCIES = pytest.mark.parametrize("source", LISTS, ids=lambda source: source.agency)


def expected(kind: str, name: str) -> Any:  # noqa: ANN401 (what JSON holds)
    return json.loads((SEED / "expected" / kind / f"{name}.json").read_text(encoding="utf-8"))


def stem(file: str) -> str:
    return (SEED / file).stem


def plain(annex: Annex) -> dict[str, Any]:
    """Lay an annex out as `import annex --json` prints it."""
    return {
        "rows": [asdict(row) | {"raw": list(row.raw)} for row in annex.rows],
        "printed_totals": annex.printed_totals,
        "problems": [
            {"where": problem.where, "what": problem.what, "fix": problem.fix}
            for problem in annex.problems
        ],
    }


def leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Give every single text and figure with its place, so that a failure says which one it is."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}")
    elif isinstance(value, list | tuple):
        yield f"{path} length", len(value)
        for number, inner in enumerate(value):
            yield from leaves(inner, f"{path}[{number}]")
    else:
        yield path, value


@AGENCIES
def test_the_annex_reads_to_every_row_total_and_problem_expected(source: PositionList) -> None:
    read = position_annex.read((SEED / source.annex).read_bytes())
    wanted = expected("annexes", stem(source.annex))
    assert dict(leaves(plain(read))) == dict(leaves(wanted))


@AGENCIES
def test_nothing_in_the_seeds_annexes_blocks_their_import(source: PositionList) -> None:
    read = position_annex.read((SEED / source.annex).read_bytes())
    assert [problem for problem in read.problems if problem.blocks] == []


@AGENCIES
def test_the_descriptions_read_to_every_field_expected(source: PositionList) -> None:
    read = description_document.read((SEED / source.descriptions).read_bytes())
    wanted = expected("descriptions", stem(source.descriptions))
    assert dict(leaves([as_json(each) for each in read])) == dict(leaves(wanted))


@pytest.mark.parametrize("name", dictionaries.names())
def test_the_dictionary_reads_to_every_level_expected(name: str) -> None:
    read = competency_dictionary.read((SEED / "dictionaries" / f"{name}.docx").read_bytes())
    wanted = expected("dictionaries", name)
    assert dict(leaves(entries_as_json(read))) == dict(leaves(wanted))


def test_a_printed_total_that_disagrees_is_the_only_one_reported() -> None:
    """One list prints a wrong total on purpose; the others must pass without a word."""
    said = {
        source.agency: [problem["what"] for problem in source.problems]
        for source in LISTS
        if source.problems
    }
    assert set(said) == {"LDLD", "BTGTU"}
    assert "19 vị trí" in said["LDLD"][0]
