"""Layout follows the date of the document."""

from datetime import date

import pytest

from catalogue.domain.layout import Letterhead, layout_on, party_month


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2017, 1, 1), "hd36"),
        (date(2024, 4, 10), "hd36"),
        (date(2026, 5, 26), "hd36"),
        (date(2026, 5, 27), "hd05"),
    ],
)
def test_a_document_takes_the_layout_in_force_on_its_day(day: date, key: str) -> None:
    assert layout_on(day).key == key


def test_a_regulation_has_its_own_code_until_the_newer_instruction() -> None:
    codes = [layout_on(date(year, 12, 1)).type_codes["quy định"] for year in (2024, 2026)]
    assert codes == ["QĐi", "QĐ"]


def test_only_january_february_and_days_below_ten_take_a_leading_zero() -> None:
    assert [party_month(month) for month in (1, 2, 3, 12)] == ["01", "02", "3", "12"]
    head = Letterhead("Tỉnh ủy", "Ban Tổ chức", "BTCTU", "Hậu Giang", date(2024, 2, 5))
    assert head.dateline == "Hậu Giang, ngày 05 tháng 02 năm 2024"


def test_a_number_not_yet_given_leaves_room() -> None:
    head = Letterhead("Tỉnh ủy", "Ban Tổ chức", "BTCTU", "Hậu Giang", date(2024, 2, 5))
    assert head.reference("BC") == "Số       -BC/BTCTU"
