"""What every benchmark reports: a ratio against a floor measured in the same run."""

import importlib
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Ratio:
    """One measured ratio and the goal that it is held to."""

    name: str
    value: float
    goal: float
    better: Literal["lower", "higher"] = "lower"

    @property
    def holds(self) -> bool:
        return self.value <= self.goal if self.better == "lower" else self.value >= self.goal


def measured(name: str) -> list[Ratio]:
    """Run one benchmark, by its module's name."""
    return list(importlib.import_module(f"benchmarks.{name}").measure())
