"""What a printed catalogue of job positions holds."""

from dataclasses import dataclass

from catalogue.domain.layout import Letterhead


@dataclass(frozen=True, slots=True)
class ListedPosition:
    """One position: `origin` names the row of the decision or list from which it comes."""

    name: str
    rank: str | None = None
    code: str | None = None
    headcount: int | None = None
    origin: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class ListedGroup:
    """One of the groups of positions under its printed heading."""

    heading: str
    positions: tuple[ListedPosition, ...]

    @property
    def headcount(self) -> int:
        return sum(position.headcount or 0 for position in self.positions)


@dataclass(frozen=True, slots=True)
class Listing:
    """An annex of positions; `basis` is the line under its title, such as `(Kèm theo …)`."""

    letterhead: Letterhead
    title: str
    groups: tuple[ListedGroup, ...]
    basis: str = ""
    marks: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return sum(len(group.positions) for group in self.groups)

    @property
    def headcount(self) -> int:
        return sum(group.headcount for group in self.groups)
