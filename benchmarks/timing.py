"""Timing several ways of one thing against each other, in turns, so that noise hits all alike."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence

Rounds = Sequence[Mapping[str, float]]


def medians(
    ways: Mapping[str, Callable[[], object]],
    *,
    rounds: int = 5,
    before: Callable[[], object] = lambda: None,
) -> dict[str, float]:
    """Give each way's median seconds over interleaved rounds."""
    taken = timed(ways, rounds=rounds, before=before)
    return {name: statistics.median(each[name] for each in taken) for name in ways}


def timed(
    ways: Mapping[str, Callable[[], object]],
    *,
    rounds: int,
    before: Callable[[], object] = lambda: None,
    clock: Callable[[], float] = time.perf_counter,
) -> Rounds:
    """Give the seconds of each way in each of the interleaved rounds, the first one thrown away.

    `before` runs before each way and is not timed.
    """
    taken: list[dict[str, float]] = [{} for _ in range(rounds + 1)]
    for seconds in taken:
        for name, way in ways.items():
            before()
            gc.collect()
            start = clock()
            way()
            seconds[name] = clock() - start
    return taken[1:]


def ratio(taken: Rounds, way: str, to: str) -> float:
    """Give the median of the ratios within each round, whose two parts met the same noise."""
    return statistics.median(seconds[way] / seconds[to] for seconds in taken)
