"""Runs every benchmark and prints its ratios; answers 1 when one misses its goal.

Each has a process of its own: what one leaves in the memory would be paid for by the next.
"""

import multiprocessing
import pkgutil
import sys
from concurrent.futures import ProcessPoolExecutor

import benchmarks
from benchmarks.ratios import Ratio, measured

_PARTS = {"__main__", "ratios", "timing", "province"}


def main(wanted: list[str]) -> int:
    names = [m.name for m in pkgutil.iter_modules(benchmarks.__path__) if m.name not in _PARTS]
    missed = 0
    for name in wanted or names:
        print(f"\n{name}")
        for ratio in _measured_alone(name):
            print(_line(ratio))
            missed += not ratio.holds
    print(f"\n{missed} goals missed" if missed else "\nall goals held")
    return min(missed, 1)


def _measured_alone(name: str) -> list[Ratio]:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        return process.submit(measured, name).result()


def _line(ratio: Ratio) -> str:
    sign = "≤" if ratio.better == "lower" else "≥"
    verdict = "holds" if ratio.holds else "MISSED"
    return f"  {verdict:<7}{ratio.value:>9.2f}  (goal {sign} {ratio.goal:g})  {ratio.name}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
