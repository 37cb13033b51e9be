"""A program asks for some of a collection, in the terms of CASE 1.1, and is told what it cannot."""

import pytest

from catalogue.domain.case_collections import Thing, find, offsets, page, read
from catalogue.domain.errors import Invalid

FIRST: Thing = {
    "identifier": "1",
    "title": "Khung B",
    "subject": ["Lãnh đạo, quản lý", "Hỗ trợ"],
    "lastChangeDateTime": "2024-03-01T00:00:00Z",
    "CFPackageURI": {"title": "Khung B"},
}
SECOND: Thing = {
    "identifier": "2",
    "title": "Khung A AND khung C",
    "lastChangeDateTime": "2024-01-01T00:00:00Z",
}
BOTH = [FIRST, SECOND]


def found(**asked: str) -> list[object]:
    return [each["identifier"] for each in find(BOTH, read(asked))]


@pytest.mark.parametrize(
    ("condition", "marks"),
    [
        ("title='khung b'", ["1"]),
        ("title!='Khung B'", ["2"]),
        ("title~'KHUNG'", ["1", "2"]),
        ("title='Khung A AND khung C'", ["2"]),
        ("subject='Hỗ trợ'", ["1"]),
        ("subject!='Hỗ trợ'", ["2"]),
        ("lastChangeDateTime>='2024-02-01'", ["1"]),
        ("title~'khung' AND lastChangeDateTime<'2024-02-01'", ["2"]),
        ("title='không' OR identifier='1' AND title~'b'", ["1"]),
        ("identifier='1' or identifier='2'", ["1", "2"]),
        ("notes='gì'", []),
    ],
)
def test_a_filter_finds_what_meets_its_conditions(condition: str, marks: list[str]) -> None:
    assert found(filter=condition) == marks


def test_the_order_is_that_of_the_field_either_way_and_otherwise_as_it_was() -> None:
    assert found() == ["1", "2"]
    assert found(sort="title") == found(sort="title", orderBy="asc") == ["2", "1"]
    assert found(sort="title", orderBy="desc") == ["1", "2"]
    assert found(sort="subject") == ["2", "1"]


def test_a_page_gives_the_fields_asked_for_and_where_the_others_begin() -> None:
    many = [{"identifier": str(number), "title": "Khung"} for number in range(7)]
    wish = read({"fields": "identifier, CFPackageURI", "limit": "3", "offset": "3"})
    assert page(many, wish) == [{"identifier": "3"}, {"identifier": "4"}, {"identifier": "5"}]
    assert offsets(7, wish) == {"first": 0, "prev": 0, "next": 6, "last": 6}
    assert offsets(0, read({})) == {"first": 0, "last": 0}


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("sort", "CFPackageURI"),
        ("sort", ""),
        ("orderBy", "up"),
        ("fields", "title,colour"),
        ("fields", ""),
        ("filter", ""),
        ("filter", "colour='red'"),
        ("filter", "title=Khung"),
        ("filter", "title='Khung' AND"),
        ("filter", "title='Khung' identifier='1'"),
        ("limit", "0"),
        ("limit", "1,2"),
        ("offset", "-1"),
    ],
)
def test_what_cannot_stand_is_refused_by_its_name(name: str, asked: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read({name: asked})
    assert refusal.value.field == name
