"""A dictionary goes out as CASE or Moodle's table, comes back, and is the same dictionary."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from catalogue.domain import moodle
from catalogue.domain.errors import UnreadableFile
from catalogue.domain.exchange import Framework
from catalogue.exporters import case_package as case_out, moodle_csv as moodle_out
from catalogue.importers import case_package, moodle_csv
from tests.exchanges import LONG_NAME, a_framework

TODAY = date(2024, 4, 10)


def package(framework: Framework) -> dict[str, Any]:
    return case_out.write(framework, root="https://noi.vn/ims/case/v1p1", on=TODAY)


def packed(plain: object) -> bytes:
    return json.dumps(plain, ensure_ascii=False).encode()


def test_a_case_package_comes_back_as_the_dictionary_that_went_out() -> None:
    went = a_framework()
    assert case_package.read(packed(package(went))) == went


def test_a_package_says_its_levels_by_the_criteria_of_a_rubric() -> None:
    whole = package(a_framework())
    criteria = whole["CFRubrics"][0]["CFRubricCriteria"]
    items = {item["identifier"] for item in whole["CFItems"]}
    assert len(criteria) == len(a_framework().entries)
    assert all(each["CFItemURI"]["identifier"] in items for each in criteria)
    levels = criteria[0]["CFRubricCriterionLevels"]
    assert [(each["score"], each.get("description")) for each in levels][:2] == [
        (1, "Nghe và trình bày."),
        (2, None),
    ]


def test_every_association_leads_from_an_item_of_the_package_to_another_or_to_its_document() -> (
    None
):
    whole = package(a_framework())
    known = {item["identifier"] for item in whole["CFItems"]} | {whole["CFDocument"]["identifier"]}
    kinds = set()
    for link in whole["CFAssociations"]:
        kinds.add(link["associationType"])
        assert {
            link["originNodeURI"]["identifier"],
            link["destinationNodeURI"]["identifier"],
        } <= known
    assert kinds == {"isChildOf", "replacedBy"}


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "status"),
    [
        (date(2024, 1, 1), None, "Adopted"),
        (date(2024, 1, 1), date(2024, 4, 9), "Deprecated"),
        (date(2024, 4, 11), None, "Draft"),
    ],
)
def test_a_document_is_adopted_by_its_dates(
    valid_from: date, valid_to: date | None, status: str
) -> None:
    dated = replace(a_framework(), valid_from=valid_from, valid_to=valid_to)
    assert package(dated)["CFDocument"]["adoptionStatus"] == status


def test_a_package_of_another_program_gives_its_leaves_as_competencies() -> None:
    plain = package(a_framework())
    plain["CFRubrics"] = []
    read = case_package.read(packed(plain))
    assert {entry.name for entry in read.entries} == {entry.name for entry in a_framework().entries}
    assert all(not entry.levels for entry in read.entries)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "sai cú pháp ở dòng 1"),
        (b"[" * 100_000, "lồng nhau quá sâu"),
        (b'{"a": NaN}', "không phải số"),
        (b'{"a": 1, "a": 2}', "hai lần"),
        (b"[]", "không phải một đối tượng"),
        (b"\xff\xfe{}", "không phải UTF-8"),
        (b'{"CFDocument": {}}', "không phải gói CASE"),
    ],
)
def test_what_is_no_package_is_refused_with_its_reason(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableFile, match=why):
        case_package.read(data)


def test_a_sixth_level_or_a_name_twice_blocks_the_package() -> None:
    plain = package(a_framework())
    plain["CFRubrics"][0]["CFRubricCriteria"][0]["CFRubricCriterionLevels"][0]["score"] = 6
    plain["CFItems"][4]["fullStatement"] = plain["CFItems"][5]["fullStatement"]
    blocking = [each.what for each in case_package.read(packed(plain)).problems if each.blocks]
    assert any("mức «6»" in what for what in blocking)
    assert any("có hai lần" in what for what in blocking)


def test_moodles_table_comes_back_as_the_dictionary_that_went_out() -> None:
    went = replace(a_framework(), changed_at=None, replaced=())  # which Moodle has no column for
    assert moodle_csv.read(moodle_out.write(went)) == went


def test_moodles_columns_stand_in_the_order_by_which_it_reads_them() -> None:
    heads, top, *rows = moodle_out.write(a_framework()).decode("utf-8-sig").split("\r\n")
    assert heads == ",".join(moodle.HEADS)
    assert "Cấp độ 1,Cấp độ 2,Cấp độ 3,Cấp độ 4,Cấp độ 5" in top
    assert "'=Năng lực có dấu bằng" in "\n".join(rows)


def test_a_name_too_long_for_moodle_is_cut_there_and_whole_in_the_description() -> None:
    row = next(
        line
        for line in moodle_out.write(a_framework()).decode().split("\r\n")
        if "thực phẩm" in line
    )
    assert LONG_NAME in row
    assert f"{LONG_NAME[:99]}…" in row


def test_moodles_table_is_read_with_semicolons_and_from_utf_16() -> None:
    went = replace(a_framework(), changed_at=None, replaced=(), entries=())
    table = moodle_out.write(went).decode("utf-8-sig")
    plain = table.replace('"Cấp độ 1,Cấp độ 2,Cấp độ 3,Cấp độ 4,Cấp độ 5"', "x")
    assert moodle_csv.read(table.encode("utf-16")) == went
    lines = [line for line in plain.split("\r\n") if line]
    semicolons = ";".join(moodle.HEADS) + "\r\n" + f";{went.identifier};Khung;;1;;;;;;;;1;\r\n"
    assert len(lines) == 2
    assert moodle_csv.read(semicolons.encode()).title == "Khung"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "14 cột"),
        (b"a,b\r\n", "14 cột"),
        (",".join(moodle.HEADS).encode() + b"\r\n", "0 dòng khung"),
        (b"\x89PNG\r\n\x1a\n\xff", "Unicode"),
        (",".join(moodle.HEADS).encode() + b'\r\n"a', "không phải bảng CSV"),
    ],
)
def test_what_is_no_table_of_moodle_is_refused_with_its_reason(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableFile, match=why):
        moodle_csv.read(data)


def test_a_description_that_is_no_list_of_levels_is_said_not_dropped_in_silence() -> None:
    heads = ",".join(moodle.HEADS)
    table = f"{heads}\r\n,F,Khung,,1,,,,,,,,1,\r\n,A,Giao tiếp,<p>Nói rõ</p>,1,,,,,,,,,\r\n"
    problems = moodle_csv.read(table.encode()).problems
    assert [(each.where, each.blocks) for each in problems] == [("Dòng 3", False)]
