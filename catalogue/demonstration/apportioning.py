"""Sharing whole minutes and whole people exactly."""

from collections.abc import Sequence
from itertools import accumulate, pairwise


def apportion(total: int, weights: Sequence[int], *, least: int = 0) -> list[int]:
    """Share `total` in proportion to the weights, nobody below `least`; the shares sum to it.

    Rounding the running sums keeps every share within one of its exact value.
    """
    spare, whole = total - least * len(weights), sum(weights)
    ends = (spare * reached // whole for reached in accumulate(weights))
    return [least + end - start for start, end in pairwise((0, *ends))]
