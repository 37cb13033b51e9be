"""How templates print days, hours, figures and marks."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from flask import Flask

from catalogue.domain.assessing import level_name
from catalogue.domain.description import Relations, Requirement
from catalogue.domain.framework import Cell, spelled
from catalogue.domain.hours import clock, rounded, vietnamese_decimal
from catalogue.domain.results import loose
from catalogue.domain.text_changes import changed
from catalogue.domain.words import UNVERIFIED, SourceState
from catalogue.queries.assessments import Listed

_HERE = ZoneInfo("Asia/Ho_Chi_Minh")
_WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")


def day(value: date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else "–"


def moment(value: datetime) -> str:
    return f"{value.astimezone(_HERE):%H:%M ngày %d/%m/%Y}"


# The same few figures stand on every page many times.
@lru_cache(maxsize=10_000)
def hours(minutes: int) -> str:
    """Print minutes as `7,5`: two decimals at most, none where none are needed."""
    text = f"{rounded(Decimal(minutes) / 60):f}"
    return text.rstrip("0").rstrip(".").replace(".", ",")


def whole(number: int) -> str:
    """Print a whole number with its thousands parted, as `5.126.203`."""
    return f"{number:,}".replace(",", ".")


def mark(state: SourceState) -> str:
    """Give the mark that stays until the signed file is read; nothing once it was."""
    return "" if state is SourceState.VERIFIED else UNVERIFIED


def source(state: SourceState) -> str:
    """Give the words of a source's chip: the mark, or that the signed file was read."""
    return mark(state) or state.label


def weekday(value: date) -> str:
    return _WEEKDAYS[value.weekday()]


def level_range(asked: Requirement) -> str:
    """Print the levels asked for: `cấp 2`, `cấp 2–3`, or that the form leaves them blank."""
    if asked.level_min is None:
        return "không ghi cấp độ"
    if asked.level_max in (None, asked.level_min):
        return f"cấp {asked.level_min}"
    return f"cấp {asked.level_min}–{asked.level_max}"


def shade(cell: Cell) -> str:
    """Give the shade of a cell: its lowest and highest level added, 2 to 10."""
    if cell.levels is None or cell.levels.low is None:
        return ""
    return f"shade-{cell.levels.low + (cell.levels.high or cell.levels.low)}"


def gap(levels: int | None) -> str:
    """Print how far an agreed level is from the lowest that is asked for."""
    if levels is None:
        return "–"
    if levels > 0:
        return f"thiếu {levels} cấp"
    return f"hơn {-levels} cấp" if levels else "đạt"


def lacking(listed: Listed) -> str:
    """Print what a confirmed assessment found lacking; a dash for one that is not."""
    if listed.lacking is None:
        return "–"
    return f"{listed.lacking} năng lực, {listed.levels} cấp" if listed.lacking else "không thiếu"


def sides(relations: Relations) -> list[tuple[str, tuple[str, ...]]]:
    """List the relations inside, each side that the form fills in with its label."""
    labelled = (
        ("Được quản lý trực tiếp bởi", relations.managed_by),
        ("Quản lý trực tiếp", relations.manages),
        ("Phối hợp trong đơn vị", relations.coordinates_in_unit),
        ("Các đơn vị phối hợp chính", relations.coordinates_with),
    )
    return [(label, who) for label, who in labelled if who]


def register(app: Flask) -> None:
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        day=day,
        moment=moment,
        hours=hours,
        whole=whole,
        clock=clock,
        figure=vietnamese_decimal,
        mark=mark,
        source=source,
        weekday=weekday,
        level_range=level_range,
        level_name=level_name,
        gap=gap,
        lacking=lacking,
        sides=sides,
        loose=loose,
        levels=spelled,
        shade=shade,
        changed=changed,
    )
