"""What a working calendar must keep to: weekdays by kind, and a Saturday worked for each swap."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from catalogue.domain.errors import Conflict, Invalid
from catalogue.domain.foundation import DayFact
from catalogue.domain.hours import Month, working_days
from catalogue.domain.words import DayKind

_SATURDAY = 5
# A day off in place of another is taken from a week; a made-up day is given from a weekend.
_WEEKDAYS = (DayKind.COMPENSATORY, DayKind.SWAPPED_OFF)
Kinds = Mapping[date, DayKind]


@dataclass(frozen=True, slots=True)
class YearCounts:
    """The working days of a year by month; None where the year has no calendar."""

    months: tuple[int, ...] | None

    @property
    def whole(self) -> int:
        return sum(self.months or ())


def counts(year: int, days: Kinds) -> YearCounts:
    if not has_year(year, days):
        return YearCounts(None)
    return YearCounts(tuple(working_days(Month(year, n), days) for n in range(1, 13)))


def has_year(year: int, days: Collection[date]) -> bool:
    return any(day.year == year for day in days)


def why_odd(fact: DayFact) -> str | None:
    """Tell why a day cannot be of its kind; None where it can."""
    weekend = fact.day.weekday() >= _SATURDAY
    if fact.kind in _WEEKDAYS and weekend:
        return f"ngày {fact.day:%d/%m/%Y} là cuối tuần, vốn đã nghỉ"
    if fact.kind is DayKind.MADE_UP and not weekend:
        return f"ngày {fact.day:%d/%m/%Y} là ngày làm việc trong tuần, không phải ngày làm bù"
    return None if fact.source else f"ngày {fact.day:%d/%m/%Y} chưa có căn cứ"


def swapped(fact: DayFact, made_up: date | None) -> list[DayFact]:
    """Give the rows of one entry: a swapped day names the Saturday that is worked for it."""
    if fact.kind is DayKind.MADE_UP:
        message = "Loại: ngày làm bù được ghi cùng ngày hoán đổi nghỉ. Hãy chọn «Hoán đổi nghỉ»."
        raise Invalid(message, field="kind")
    if fact.kind is not DayKind.SWAPPED_OFF:
        return [fact]
    if made_up is None:
        message = "Ngày làm bù: hãy chọn thứ bảy hoặc chủ nhật làm bù cho ngày hoán đổi nghỉ."
        raise Invalid(message, field="made_up")
    return [
        DayFact(fact.day, fact.kind, f"{fact.source}; làm bù ngày {made_up:%d/%m/%Y}"),
        DayFact(made_up, DayKind.MADE_UP, f"{fact.source}; làm bù cho ngày {fact.day:%d/%m/%Y}"),
    ]


def refuse_unbalanced(before: Kinds, after: Kinds) -> None:
    """Refuse a change by which days swapped off and days made up no longer match."""
    if abs(_unmatched(after)) > abs(_unmatched(before)):
        message = (
            "Mỗi ngày hoán đổi nghỉ đi cùng một ngày làm bù: hãy thêm hoặc bỏ cả hai cùng lúc. "
            "Chưa có gì thay đổi."
        )
        raise Conflict(message)


def _unmatched(days: Kinds) -> int:
    kinds = Counter(days.values())
    return kinds[DayKind.SWAPPED_OFF] - kinds[DayKind.MADE_UP]
