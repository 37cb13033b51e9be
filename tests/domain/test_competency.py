"""Competency dictionaries as JSON: the shape that the command line prints, and the way back."""

import json

from catalogue.domain.competency import (
    Dictionary,
    DictionaryEntry,
    as_json,
    entries_as_json,
    from_json,
)
from catalogue.domain.problems import Problem

DICTIONARY = Dictionary(
    title="KHUNG NĂNG LỰC",
    entries=(DictionaryEntry("NHÓM NĂNG LỰC CHUNG", "Phối hợp", {5: "Dẫn dắt", 1: None}),),
    preface=("Phụ lục 2B",),
    problems=(Problem("Bảng 1, dòng 2", "Chữ lạ", "Bỏ đi"),),
)


def test_levels_are_keyed_by_their_figure_in_ascending_order() -> None:
    (plain,) = entries_as_json(DICTIONARY)

    assert json.dumps(plain, ensure_ascii=False) == (
        '{"group": "NHÓM NĂNG LỰC CHUNG", "name": "Phối hợp", '
        '"levels": {"1": null, "5": "Dẫn dắt"}}'
    )


def test_a_dictionary_comes_back_from_json_as_it_went() -> None:
    assert from_json(json.loads(json.dumps(as_json(DICTIONARY)))) == DICTIONARY
