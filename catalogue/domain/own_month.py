"""A person's own month: hours against their own standard, and what the head said of them."""

from dataclasses import dataclass
from decimal import Decimal

from catalogue.domain.hours import rounded


@dataclass(frozen=True, slots=True)
class OwnMonth:
    """Whole minutes of one person's month; `standard` is None for a year without a calendar.

    `pending` wait for a task and belong to no other sum.
    """

    standard: int | None
    in_hours: int = 0
    overtime: int = 0
    product: int = 0
    accepted: int = 0
    pending: int = 0

    @property
    def logged(self) -> int:
        return self.in_hours + self.overtime

    def of_logged(self, minutes: int) -> Decimal | None:
        """Give the percentage of what was logged; None where nothing was."""
        return _share(minutes, self.logged)

    def of_standard(self, minutes: int) -> Decimal | None:
        """Give the percentage of the person's own standard hours; None where there are none."""
        return _share(minutes, self.standard or 0)


def _share(minutes: int, whole: int) -> Decimal | None:
    return rounded(Decimal(minutes) * 100 / whole) if whole else None
