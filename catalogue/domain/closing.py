"""What a month still lacks before it is closed, person by person."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from catalogue.domain.absences import Away
from catalogue.domain.errors import Conflict
from catalogue.domain.hours import Month

Span = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class Lacking:
    """What one person's month in a reporting unit lacks.

    `empty` are working days without a line or an absence; the others count lines that wait for a
    task, lines nobody judged, lines of work of several days that nobody judged, such work that was
    handed in, and objections that nobody decided.
    """

    unit_id: int
    person_id: int
    person: str
    empty: Sequence[date] = ()
    waiting: int = 0
    unjudged: int = 0
    of_work: int = 0
    handed_in: int = 0
    objections: int = 0

    @property
    def anything(self) -> bool:
        return any(self.figures[1:])

    @property
    def figures(self) -> list[int]:
        """Give what the audit keeps of it: whose, and how much of each."""
        counts = (self.waiting, self.unjudged, self.of_work, self.handed_in, self.objections)
        return [self.person_id, len(self.empty), *counts]


def empty_days(
    working: Iterable[date],
    employed: Collection[Span],
    told: Collection[date],
    absences: Collection[Away],
) -> list[date]:
    """List the working days in office of which nothing is told: no hours, and no whole absence."""
    return [
        day
        for day in working
        if day not in told
        and any(first <= day and (last is None or day <= last) for first, last in employed)
        and not any(day in each and not each.half for each in absences)
    ]


def refuse_unfinished(month: Month, today: date) -> None:
    """Refuse to close a month that is not over."""
    if today <= month.last:
        message = (
            f"Chưa hết {month.label} nên chưa khóa được. Hãy khóa từ ngày "
            f"{month.next.first:%d/%m/%Y}."
        )
        raise Conflict(message)


def refuse_unread(month: Month, lacking: Collection[Lacking], *, acknowledged: bool) -> None:
    """Refuse to close over what is lacking unless that list was acknowledged."""
    if lacking and not acknowledged:
        message = (
            f"{month.label.capitalize()} còn {len(lacking)} người có phần chưa xong. Hãy xem danh "
            "sách, đánh dấu «Tôi đã xem danh sách còn thiếu», rồi khóa. Chưa có gì thay đổi."
        )
        raise Conflict(message)
