"""What the report on working hours prints; every figure comes from `MonthlyHours`."""

from dataclasses import dataclass
from decimal import Decimal

from catalogue.domain.hours import MonthlyHours, UnitMonth
from catalogue.domain.layout import Letterhead, Signature


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit or a person named for its hours a day; a note is printed as a footnote."""

    name: str
    hours_per_day: Decimal
    note: str = ""


@dataclass(frozen=True, slots=True)
class MonthReport:
    """One month: everybody's figures, each unit's, and who is named.

    `note` says where the figure per day differs from one printed elsewhere.
    """

    overall: MonthlyHours
    units: tuple[UnitMonth, ...]
    high_units: tuple[Mention, ...] = ()
    low_units: tuple[Mention, ...] = ()
    high_people: tuple[Mention, ...] = ()
    low_people: tuple[Mention, ...] = ()
    note: str = ""

    def ranking(self) -> list[tuple[int | None, UnitMonth]]:
        """Order the units by hours a person and day: like figures, like rank; none, no rank."""
        figures = [unit.hours.hours_per_person_day for unit in self.units]
        ranks = [
            None if figure is None else 1 + sum(other > figure for other in figures if other)
            for figure in figures
        ]
        unranked = len(ranks) + 1
        return sorted(zip(ranks, self.units, strict=True), key=lambda pair: pair[0] or unranked)


@dataclass(frozen=True, slots=True)
class HoursReport:
    """The report on some months; `archive` is the office that keeps the signed copy."""

    letterhead: Letterhead
    months: tuple[MonthReport, ...]
    signature: Signature
    recipients: tuple[str, ...]
    archive: str
    demonstration: bool
    marks: tuple[str, ...] = ()
