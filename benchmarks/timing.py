"""Timing several ways of one thing against each other, in turns, so that noise hits all alike."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping


def medians(
    ways: Mapping[str, Callable[[], object]],
    *,
    rounds: int = 5,
    before: Callable[[], object] = lambda: None,
) -> dict[str, float]:
    """Give each way's median seconds over interleaved rounds, the first round thrown away.

    `before` runs before each way and is not timed.
    """
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(rounds + 1):
        for name, way in ways.items():
            before()
            gc.collect()
            start = time.perf_counter()
            way()
            if turn:
                taken[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in taken.items()}
