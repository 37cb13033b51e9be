"""Days that the report tells of: the course, the journeys, 8 March, the paper's weekends."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from catalogue.demonstration.records import Person
from catalogue.domain.words import PositionGroup

_PARTY_AND_MASS_BODIES = (
    *("VPTU", "UBKTTU", "BTCTU", "BTGTU", "BDVTU", "BNCTU", "DUK"),
    *("MTTQ", "LDLD", "HND", "HPN", "CCB", "TD"),
)
_EVERYONE = slice(None)
_SATURDAY, _SUNDAY = 5, 6


@dataclass(frozen=True, slots=True)
class Occasion:
    """Days on which part of a unit's staff has one thing to write; ordinary work where none."""

    units: tuple[str, ...]
    who: slice
    days: tuple[date, ...]
    contents: tuple[str, ...] = ()


def _march(*days: int) -> tuple[date, ...]:
    return tuple(date(2024, 3, day) for day in days)


# Footnote 5 of the report. It dates only the course; the journeys' days are chosen to hold a
# weekend each, as it says.
_TOLD = (
    Occasion(
        _PARTY_AND_MASS_BODIES,
        slice(None, None, 6),
        _march(23, 24),
        (
            "Học lớp bồi dưỡng nghiệp vụ phòng, chống tham nhũng và kiểm soát tài sản, thu nhập",
            "Thảo luận tổ tại lớp bồi dưỡng phòng, chống tham nhũng",
            "Đọc tài liệu của lớp bồi dưỡng phòng, chống tham nhũng",
        ),
    ),
    Occasion(
        ("HPN",),
        _EVERYONE,
        _march(8),
        (
            "Tổ chức hoạt động kỷ niệm 8/3 cấp tỉnh",
            "Dự hoạt động kỷ niệm 8/3 tại cơ sở",
            "Chuẩn bị hội trường, tài liệu cho hoạt động 8/3",
        ),
    ),
    Occasion(
        ("HPN",),
        slice(1, 4),
        _march(14, 15, 16, 17, 18, 19),
        (
            "Đi công tác ngoài tỉnh: làm việc, trao đổi kinh nghiệm",
            "Đi công tác ngoài tỉnh: di chuyển",
            "Đi công tác ngoài tỉnh: tham quan mô hình",
        ),
    ),
    Occasion(
        ("HPN",),
        slice(1),
        _march(20, 21, 22, 23, 24, 25, 26),
        (
            "Đi công tác nước ngoài: làm việc theo chương trình đoàn",
            "Đi công tác nước ngoài: di chuyển",
            "Đi công tác nước ngoài: ghi chép, chuẩn bị báo cáo đoàn",
        ),
    ),
)


def occasions(
    people: Sequence[Person], weekends: Iterable[date]
) -> dict[int, dict[date, tuple[str, ...]]]:
    """Book the told days and what is written on them, by the person's number."""
    booked: dict[int, dict[date, tuple[str, ...]]] = defaultdict(dict)
    for occasion in (*_TOLD, *_press_shifts(weekends)):
        for unit in occasion.units:
            for person in _staff(people, unit)[occasion.who]:
                booked[person.number] |= dict.fromkeys(occasion.days, occasion.contents)
    return booked


def _staff(people: Sequence[Person], unit: str) -> list[Person]:
    return [p for p in people if p.unit == unit and p.group is not PositionGroup.SUPPORT]


def _press_shifts(weekends: Iterable[date]) -> list[Occasion]:
    """Let two thirds of the newsroom work a day of each weekend for Monday's paper."""
    days = list(weekends)
    return [
        Occasion(("BHG",), slice(third, None, 3), tuple(d for d in days if d.weekday() == weekday))
        for third, weekday in enumerate((_SATURDAY, _SUNDAY))
    ]
