"""The manifest claims what was verified and nothing more; the units and the calendar follow it."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

SEED = Path(__file__).parents[2] / "seed" / "btctw_2752_2765"

# The working days of each month as domain notes computed them, checked against the news.
WORKING_DAYS = {
    2024: (22, 16, 21, 19, 23, 20, 23, 22, 19, 23, 21, 22),
    2025: (17, 20, 21, 21, 20, 21, 23, 21, 20, 23, 20, 23),
    2026: (21, 15, 22, 20, 20, 22, 23, 21, 20, 22, 20, 23),
}
MARKS = {"V", "R cao", "R tb", "R thấp", "NF", "I", "C"}


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((SEED / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    return load("manifest.toml")


@pytest.fixture(scope="module")
def units() -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = load("units.toml")["units"]
    return listed


def decisions(manifest: dict[str, Any]) -> dict[str, Any]:
    (entry,) = (entry for entry in manifest["documents"] if entry["kind"] == "quyết định")
    return dict(entry)


def test_the_fourteen_decisions_stand_without_a_signed_text(manifest: dict[str, Any]) -> None:
    entry = decisions(manifest)
    assert entry["numbers"] == [f"{number}-QĐ/BTCTW" for number in range(2752, 2766)]
    assert entry["issued_on"] == date(2024, 3, 29)
    assert {document["state"] for document in manifest["documents"]} == {"chưa có văn bản đã ký"}


def test_no_decision_is_claimed_for_an_agency(manifest: dict[str, Any]) -> None:
    entry = decisions(manifest)
    assert "agency" not in entry
    assert entry["marks"]["agency"]["mark"] == "NF"
    assert not any("QĐ/BTCTW" in str(agency) for agency in manifest["agencies"])


def test_every_stated_fact_has_a_known_mark_and_a_source(manifest: dict[str, Any]) -> None:
    facts = [mark for document in manifest["documents"] for mark in document["marks"].values()]
    facts += [agency["basis"] for agency in manifest["agencies"]]
    assert all(fact["mark"] in MARKS and fact["source"] for fact in facts)


def test_the_two_milestones_of_the_report_stand_with_the_words_that_set_them(
    manifest: dict[str, Any],
) -> None:
    days = [(each["subject"], each["due_on"]) for each in manifest["milestones"]]
    assert days == [
        ("Danh mục chính thức", date(2024, 4, 15)),
        ("Bản mô tả công việc và khung năng lực", date(2024, 6, 30)),
    ]
    for each in manifest["milestones"]:
        assert each["basis"]["mark"] == "V"
        assert f"trước ngày {each['due_on']:%-d/%-m/%Y}" in each["basis"]["source"]


def test_every_agency_of_the_report_and_its_district_counterpart_is_listed(
    manifest: dict[str, Any],
) -> None:
    levels = [agency["level"] for agency in manifest["agencies"]]
    assert (levels.count("tỉnh"), levels.count("huyện")) == (15, 12)


def test_the_agency_that_the_report_does_not_name_is_marked_as_inferred(
    manifest: dict[str, Any],
) -> None:
    inferred = [agency for agency in manifest["agencies"] if agency["basis"]["mark"] == "I"]
    assert [agency["name"] for agency in inferred] == ["Ban Nội chính Tỉnh ủy"]
    assert "suy ra, báo cáo không nêu tên" in inferred[0]["basis"]["source"]


def test_twenty_three_units_report_and_each_body_points_to_a_kind_of_agency(
    manifest: dict[str, Any], units: list[dict[str, Any]]
) -> None:
    level = {agency["code"]: agency["level"] for agency in manifest["agencies"]}
    districts = [unit for unit in units if unit["level"] == "huyện"]
    assert (len(units), len(districts)) == (23, 8)
    assert {unit["agency"] for unit in units if "agency" in unit} == {
        code for code, where in level.items() if where == "tỉnh"
    }
    for district in districts:
        assert {part["agency"] for part in district["parts"]} == {
            code for code, where in level.items() if where == "huyện"
        }


def test_codes_of_units_are_unique_and_bodies_bear_their_districts_own_style(
    units: list[dict[str, Any]],
) -> None:
    parts = [part for unit in units for part in unit.get("parts", [])]
    codes = [entry["code"] for entry in (*units, *parts)]
    assert len(codes) == len(set(codes)) == 23 + 96
    assert {
        "Văn phòng Huyện ủy Vị Thủy",
        "Thị đoàn Long Mỹ",
        "Hội Liên hiệp Phụ nữ huyện Vị Thủy",
        "Ban Tổ chức Thành ủy Vị Thanh",
    } <= {part["name"] for part in parts}


def days_of(year: int, month: int) -> list[date]:
    first = date(year, month, 1)
    following = (first + timedelta(days=31)).replace(day=1)
    return [first + timedelta(days=step) for step in range((following - first).days)]


@pytest.mark.parametrize("year", WORKING_DAYS)
def test_the_calendar_gives_the_working_days_of_every_month(year: int) -> None:
    exceptions = {day["date"]: day["kind"] == "làm bù" for day in load("calendar.toml")["days"]}
    months = tuple(
        sum(exceptions.get(day, day.weekday() < 5) for day in days_of(year, month))
        for month in range(1, 13)
    )
    assert months == WORKING_DAYS[year]


def test_every_listed_day_changes_a_working_day_and_stands_once() -> None:
    days = load("calendar.toml")["days"]
    assert len({day["date"] for day in days}) == len(days)
    assert all((day["date"].weekday() == 5) == (day["kind"] == "làm bù") for day in days)
    assert all(day["mark"] in MARKS and day["source"] for day in days)
