"""Which former task each typed task goes on from, said in words beside it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from catalogue.forms.draft_duties import codes, former_of
from catalogue.forms.sheet_reading import Former, Reading
from catalogue.forms.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Orphan:
    """A former task that nothing goes on from; `field` takes the reason."""

    code: str
    text: str
    field: str


@dataclass(frozen=True, slots=True)
class Ties:
    """What is said beside each row, by the row's path, and which former tasks are left alone."""

    said: dict[str, str]
    orphans: tuple[Orphan, ...]


def ties(sheet: Sheet, former: Former) -> Ties:
    """Say of each task whether it is new, goes on, was split or merged; errors are told apart."""
    claims = {row.at: former_of(row, Reading(former)) for row in _loggable(sheet)}
    times = Counter(task for claimed in claims.values() for task in claimed)
    named = codes(former)
    return Ties(
        {at: _said(claimed, former, times) for at, claimed in claims.items()},
        tuple(
            Orphan(named[task], text, f"retired-{task}")
            for task, text in former.items()
            if not times[task]
        ),
    )


def _loggable(sheet: Sheet) -> Iterator[Sheet]:
    for duty in sheet.rows:
        yield from duty.rows or (duty,)


def _said(claimed: tuple[int, ...], former: Former, times: Counter[int]) -> str:
    if not claimed:
        return "việc mới"
    words = "; ".join(f"«{former[task]}»" for task in claimed)
    if len(claimed) > 1:
        return f"gộp từ {words}"
    return f"tách từ {words}" if times[claimed[0]] > 1 else f"tiếp nối {words}"
