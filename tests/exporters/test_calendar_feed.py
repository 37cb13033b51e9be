"""The calendar feed keeps to RFC 5545, letter by letter."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from catalogue.exporters.calendar_feed import Entry, write

AT = datetime(2024, 4, 1, 3, 0, 5, tzinfo=UTC)
ENTRY = Entry(
    number=1,
    name="Danh mục chính thức",
    due_on=date(2024, 4, 15),
    revision=0,
    added_at=AT,
    revised_at=AT,
)


def unfolded(feed: bytes) -> list[str]:
    return feed.replace(b"\r\n ", b"").decode().split("\r\n")


def uid_of(feed: bytes) -> str:
    return next(line for line in unfolded(feed) if line.startswith("UID:"))


def test_one_milestone_is_one_whole_day_that_rings_three_times() -> None:
    lines = unfolded(write("Mốc", [ENTRY]))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[1] == "VERSION:2.0"
    assert lines[2].startswith("PRODID:")
    assert lines[-2:] == ["END:VCALENDAR", ""]
    event = lines[lines.index("BEGIN:VEVENT") : lines.index("END:VEVENT") + 1]
    assert "DTSTAMP:20240401T030005Z" in event
    assert "DTSTART;VALUE=DATE:20240415" in event
    assert "DTEND;VALUE=DATE:20240416" in event
    assert "SUMMARY:Hạn: Danh mục chính thức" in event
    assert [line for line in event if line.startswith("TRIGGER")] == [
        "TRIGGER:-P5D",
        "TRIGGER:-P2D",
        "TRIGGER:-P1D",
    ]
    assert event.count("BEGIN:VALARM") == event.count("END:VALARM") == 3
    assert event.count("ACTION:DISPLAY") == 3


def test_every_component_is_closed_in_its_turn() -> None:
    opened: list[str] = []
    for line in unfolded(write("Mốc", [ENTRY, replace(ENTRY, number=2)])):
        name, _, value = line.partition(":")
        if name == "BEGIN":
            opened.append(value)
        elif name == "END":
            assert opened.pop() == value
    assert opened == []


@pytest.mark.parametrize("name", ["ử" * 400, "a" * 75, "ab" * 37 + "ử", "𠀋" * 60, ""])
def test_no_line_exceeds_75_octets_and_none_breaks_within_a_letter(name: str) -> None:
    feed = write("Mốc", [replace(ENTRY, name=name)])
    for line in feed.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    assert f"SUMMARY:Hạn: {name}" in unfolded(feed)


def test_lines_end_with_crlf_and_with_nothing_else() -> None:
    feed = write("Mốc", [ENTRY])
    assert feed.endswith(b"\r\n")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", feed)


def test_what_would_end_a_value_is_escaped() -> None:
    feed = write("Mốc; lịch", [replace(ENTRY, name="a;b,c\\d\nEND:VCALENDAR")])
    lines = unfolded(feed)
    assert "SUMMARY:Hạn: a\\;b\\,c\\\\d\\nEND:VCALENDAR" in lines
    assert "NAME:Mốc\\; lịch" in lines
    assert lines.count("END:VCALENDAR") == 1


def test_an_extension_moves_the_same_event_and_raises_its_sequence() -> None:
    later = replace(
        ENTRY, due_on=date(2024, 4, 30), revision=1, revised_at=AT.replace(hour=9), name="Tên khác"
    )
    before, after = write("Mốc", [ENTRY]), write("Mốc", [later])
    assert uid_of(before) == uid_of(after)
    assert "SEQUENCE:0" in unfolded(before)
    assert "SEQUENCE:1" in unfolded(after)
    assert "DTSTART;VALUE=DATE:20240430" in unfolded(after)
    assert "LAST-MODIFIED:20240401T090005Z" in unfolded(after)


def test_two_milestones_and_two_installations_never_share_an_identity() -> None:
    others = (replace(ENTRY, number=2), replace(ENTRY, added_at=AT.replace(second=6)))
    assert len({uid_of(write("Mốc", [each])) for each in (ENTRY, *others)}) == 3


def test_the_same_milestones_give_the_same_bytes() -> None:
    assert write("Mốc", [ENTRY]) == write("Mốc", [ENTRY])


def test_another_library_reads_the_same_milestones() -> None:
    entries = [replace(ENTRY, name="Mốc; một, hai\\ba"), replace(ENTRY, number=2, revision=3)]
    events = Calendar.from_ical(write("Mốc", entries)).walk("VEVENT")
    assert [
        (str(event["SUMMARY"]), event.decoded("DTSTART"), event.decoded("DTEND"), event["SEQUENCE"])
        for event in events
    ] == [
        ("Hạn: Mốc; một, hai\\ba", date(2024, 4, 15), date(2024, 4, 16), 0),
        ("Hạn: Danh mục chính thức", date(2024, 4, 15), date(2024, 4, 16), 3),
    ]
    alarms = events[0].walk("VALARM")
    rung = [alarm.decoded("TRIGGER") for alarm in alarms]
    assert rung == [timedelta(days=-days) for days in (5, 2, 1)]
