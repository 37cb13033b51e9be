"""Days on which somebody is away, by kind alone; and whose standard hours they lower."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from catalogue.domain.hours import STANDARD_HOURS_PER_DAY, is_working_day
from catalogue.domain.words import DayKind, LabelledWord

STANDARD_MINUTES = 60 * STANDARD_HOURS_PER_DAY
_WORTH_A_REMARK = 60  # minutes; a little more than a day's standard is how days go


class AbsenceKind(LabelledWord):
    """Why somebody is not at the office; nothing more is asked or kept."""

    LEAVE = "leave", "Nghỉ phép"
    ILLNESS = "illness", "Nghỉ ốm"
    OTHER_LEAVE = "other_leave", "Nghỉ theo chế độ khác"
    MISSION = "mission", "Đi công tác"
    TRAINING = "training", "Đi học, tập huấn"

    @property
    def lowers_standard(self) -> bool:
        """On leave nobody owes hours; on a mission or a course one works, elsewhere."""
        return self not in (AbsenceKind.MISSION, AbsenceKind.TRAINING)


@dataclass(frozen=True, slots=True)
class Away:
    """One absence, both days included; `half` where each of its days is half a day only."""

    first: date
    last: date
    kind: AbsenceKind
    half: bool = False

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def closes_day(self) -> bool:
        """Whether nothing may be logged in standard hours meanwhile."""
        return self.kind.lowers_standard and not self.half


def standard_minutes(
    days: Iterable[date],
    calendar: Mapping[date, DayKind],
    employed: Collection[tuple[date, date | None]],
    absences: Collection[Away],
) -> int:
    """Sum a person's own standard minutes: working days in office, less leave.

    `employed` are the spans, both days included, in which the person holds a position.
    """
    return sum(
        _owed(day, absences)
        for day in days
        if is_working_day(day, calendar) and _employed(day, employed)
    )


def excess(minutes: int, standard: int) -> int:
    """Minutes of a day's standard hours beyond what it owes, once they are worth a remark."""
    beyond = minutes - standard
    return beyond if beyond >= _WORTH_A_REMARK else 0


def _owed(day: date, absences: Collection[Away]) -> int:
    away = [each for each in absences if day in each and each.kind.lowers_standard]
    if any(not each.half for each in away):
        return 0
    return max(STANDARD_MINUTES - len(away) * STANDARD_MINUTES // 2, 0)


def _employed(day: date, spans: Collection[tuple[date, date | None]]) -> bool:
    return any(first <= day and (last is None or day <= last) for first, last in spans)


def days_between(first: date, last: date) -> list[date]:
    """List the days from the first to the last, both included."""
    return [first + timedelta(days=each) for each in range((last - first).days + 1)]
