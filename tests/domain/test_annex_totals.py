"""Printed totals stand beside what the rows add up to."""

from catalogue.domain.annex import Annex, Row
from catalogue.domain.annex_totals import WHOLE, Total, totals


def row(name: str, group: str, headcount: int | None) -> Row:
    return Row("1", name, group, None, None, headcount, 1, 2, (name,))


ROWS = (row("Trưởng ban", "Lãnh đạo", 1), row("Văn thư", "Hỗ trợ", 2), row("Lái xe", "Hỗ trợ", 1))


def test_each_group_is_held_to_its_own_rows_and_the_total_to_all() -> None:
    printed = {
        "Lãnh đạo": {"positions": 1, "headcount": 1},
        "Hỗ trợ": {"positions": 2, "headcount": 4},
        "TỔNG CỘNG": {"positions": 3},
    }

    lead, support, whole = totals(Annex(ROWS, printed))

    assert lead == Total("Lãnh đạo", 1, 1, 1, 1)
    assert (lead.agrees, support.agrees, whole.agrees) == (True, False, True)
    assert (support.printed_headcount, support.headcount) == (4, 3)
    assert whole == Total(WHOLE, 3, 3, None, 4)


def test_the_only_sum_is_that_of_the_whole_whatever_it_is_called() -> None:
    (whole,) = totals(Annex(ROWS, {"Cộng": {"headcount": 4}}))

    assert (whole.printed_headcount, whole.headcount, whole.agrees) == (4, 4, True)


def test_one_of_several_nameless_sums_is_not_taken_for_the_whole() -> None:
    (whole,) = totals(Annex(ROWS, {"Cộng": {"positions": 1}, "Cộng (b)": {"positions": 2}}))

    assert whole.agrees is None


def test_without_printed_figures_there_is_nothing_to_agree_with() -> None:
    (whole,) = totals(Annex(ROWS))

    assert (whole.positions, whole.agrees) == (3, None)
