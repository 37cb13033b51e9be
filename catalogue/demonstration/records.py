"""What the generator is given of units and positions, and what it hands back."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeAlias

from catalogue.domain.words import PositionGroup

# Whatever the loader knows a position or a task by; handed back as it came.
Key: TypeAlias = int | str


@dataclass(frozen=True, slots=True)
class Task:
    """One task of a position's description; no product where it declares none."""

    key: Key
    text: str
    product: str | None


@dataclass(frozen=True, slots=True)
class Position:
    """A position that people can hold: its description has at least one task.

    `headcount` is what the body's list prints for it, None for a blank.
    """

    key: Key
    group: PositionGroup
    name: str
    tasks: tuple[Task, ...]
    headcount: int | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """One agency with its positions in the order of their list."""

    code: str
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class ReportingUnit:
    """A province body, which is its own only body, or a district with all of its bodies."""

    code: str
    bodies: tuple[Body, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """One synthetic person and the positions held: the main one, then one held concurrently."""

    number: int
    name: str
    unit: str
    body: str
    positions: tuple[Position, ...]

    @property
    def group(self) -> PositionGroup:
        return self.positions[0].group


class Line(NamedTuple):
    """One diary line, in whole minutes; `person` and `position` name the assignment together."""

    person: int
    position: Key
    task: Key
    day: date
    content: str
    product: str | None
    quantity: int | None
    minutes: int
    overtime: bool
