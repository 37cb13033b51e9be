"""One demonstration over made-up lists of positions, generated once for all of its tests."""

from datetime import date, timedelta

import pytest

from catalogue.demonstration.diaries import lines
from catalogue.demonstration.people import people
from catalogue.demonstration.records import Body, Line, Person, Position, ReportingUnit, Task
from catalogue.domain.words import PositionGroup

PROVINCE = (
    *("VPTU", "UBKTTU", "BTCTU", "BTGTU", "BDVTU", "BNCTU", "DUK", "TCT", "BHG", "MTTQ"),
    *("LDLD", "HND", "HPN", "CCB", "TD"),
)
DISTRICTS = ("VTH", "CT", "CTA", "PH", "LMH", "VTP", "NB", "LMX")
PARTS = (*("VP", "UBKT", "BTC", "BTG", "BDV", "MTTQ", "LDLD", "HND", "HPN", "CCB", "DTN", "TTCT"),)
# Headcounts as the lists print them, by group; None is a blank.
PROVINCE_LIST = ((1, 2, 3, 1), (3, 3, 2, 1, 1), (1, 1, 1, None), (2, 1))
DISTRICT_LIST = ((1, 1), (1, 1, None), (None,), ())
OFFICE_LIST = ((1, 1), (2, 2, 1), (1, 1, None), (1, 2))
NEW_YEAR_AND_TET = {date(2024, 1, 1), *(date(2024, 2, day) for day in (8, 9, 12, 13, 14))}


def make_task(key: str, n: int) -> Task:
    if n == 0:
        return Task(key, "Tham dự các cuộc họp của cơ quan", None)
    return Task(key, f"Tham mưu kế hoạch số {n} về công tác của cơ quan", f"Kế hoạch số {n}")


def make_position(body: str, group: PositionGroup, n: int, headcount: int | None) -> Position:
    key = f"{body}/{group.value}/{n}"
    tasks = tuple(make_task(f"{key}/{task}", task) for task in range(8))
    return Position(key, group, f"{group.label} {n}", tasks, headcount)


def make_body(code: str, headcounts: tuple[tuple[int | None, ...], ...]) -> Body:
    return Body(
        code,
        tuple(
            make_position(code, group, n, headcount)
            for group, printed in zip(PositionGroup, headcounts, strict=True)
            for n, headcount in enumerate(printed)
        ),
    )


@pytest.fixture(scope="session")
def units() -> list[ReportingUnit]:
    return [
        *(ReportingUnit(code, (make_body(code, PROVINCE_LIST),)) for code in PROVINCE),
        *(
            ReportingUnit(
                code,
                tuple(
                    make_body(f"{code}-{part}", OFFICE_LIST if part == "VP" else DISTRICT_LIST)
                    for part in PARTS
                ),
            )
            for code in DISTRICTS
        ),
    ]


@pytest.fixture(scope="session")
def standard_days() -> list[date]:
    quarter = (date(2024, 1, 1) + timedelta(days=n) for n in range(91))
    return [day for day in quarter if day.weekday() < 5 and day not in NEW_YEAR_AND_TET]


@pytest.fixture(scope="session")
def staff(units: list[ReportingUnit]) -> list[Person]:
    return people(units)


@pytest.fixture(scope="session")
def diary(staff: list[Person], standard_days: list[date]) -> list[Line]:
    return list(lines(staff, standard_days))
