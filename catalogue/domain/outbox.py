"""Lines that a device kept while it had no network, and what became of each."""

from dataclasses import dataclass
from datetime import date

from catalogue.domain.diary import LineDraft


@dataclass(frozen=True, slots=True)
class Kept:
    """One line that a device kept, and the day that it is of."""

    day: date
    draft: LineDraft


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one line; without words it is written, now or by an earlier send."""

    entry_key: str
    refusal: str = ""
