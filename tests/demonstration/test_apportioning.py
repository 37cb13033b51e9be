"""Shares are exact, proportional and never too small."""

import pytest
from hypothesis import given, strategies as st

from catalogue.demonstration.apportioning import apportion


@given(
    total=st.integers(0, 10_000_000),
    weights=st.lists(st.integers(1, 1000), min_size=1, max_size=60),
)
def test_shares_sum_to_the_total_and_stay_within_one_of_their_proportion(
    total: int, weights: list[int]
) -> None:
    shares = apportion(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share * sum(weights) - total * weight) < sum(weights)


def test_nobody_gets_less_than_the_least() -> None:
    assert apportion(20, [1, 1000], least=5) == [5, 15]


@pytest.mark.parametrize("total", [-7, 0])
def test_a_shortfall_is_shared_as_a_surplus_is(total: int) -> None:
    assert sum(apportion(total, [3, 3, 1])) == total
