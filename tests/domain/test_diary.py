"""Hours as people write them, and texts that can stand in a line."""

import pytest

from catalogue.domain.diary import checked_text, parse_minutes
from catalogue.domain.errors import Invalid


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("7,5", 450),
        ("7.5", 450),
        ("7:30", 450),
        ("7h30", 450),
        ("90p", 90),
        ("90 phút", 90),
        ("24", 1440),
        (" 1 ", 60),
        ("0,25", 15),
        ("7,18", 431),
        ("8h", 480),
        ("2 h", 120),
        ("7,5h", 450),
        ("7,5 giờ", 450),
        ("1h30p", 90),
        ("1 giờ 30", 90),
        ("1 Giờ 30 phút", 90),
        ("1g30’", 90),
        ("30'", 30),
    ],
)
def test_the_ways_to_write_hours_are_read(typed: str, minutes: int) -> None:
    assert parse_minutes(typed) == minutes


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "-1",
        "0",
        "24,01",
        "1e2",
        "NaN",
        "sNaN",
        "Infinity",
        "1_0",
        "７.５",
        "٣",
        "-0",
        "+7",
        "0x7",
        "1441p",
        "7:75",
        "7h30p30",
        "7,5h30",
        "h30",
        "30''",
        "bảy",
        "1E+999999999",
        "1,2,3",
        "9" * 5000,
    ],
)
def test_what_is_no_amount_of_a_day_is_refused(typed: str) -> None:
    with pytest.raises(Invalid, match="Số giờ"):
        parse_minutes(typed)


def test_a_control_character_is_refused_by_its_place() -> None:
    with pytest.raises(Invalid, match=r"U\+0000 ở vị trí 4"):
        checked_text("abc\x00", field="content", label="Nội dung")


def test_too_long_a_text_is_refused_with_its_length() -> None:
    with pytest.raises(Invalid, match="4001"):
        checked_text("a" * 4001, field="content", label="Nội dung")
    assert checked_text("a" * 4000, field="content", label="Nội dung") == "a" * 4000
