"""Reading what stands in a cell of a diary: a day, a length of time, a count, a mark."""

import math
import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from catalogue.domain.days import FIRST, LAST
from catalogue.domain.diary import read_minutes
from catalogue.domain.errors import Invalid
from catalogue.domain.hours import MINUTES_PER_DAY
from catalogue.domain.text import fold
from catalogue.domain.words import WorkPlace

Cell = str | float | int | bool | date | datetime | time | timedelta

_EPOCH_1900, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
# Before its day numbers Vietnamese writes the weekday: «Thứ hai, 04/3/2024», «T2 - 4/3/2024».
_DAY = re.compile(r"(?:(?:thứ|chủ|cn|t)[^\d/]*\d?[\s,.:-]+)?(?:ngày )?(.+)", re.IGNORECASE)
_WRITTEN = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[ T]00:00(?::00)?)?")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}")
_SERIAL = re.compile(r"[0-9]{5}")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+")
_COUNT = re.compile(r"([0-9]{1,6})(?: [^0-9]*)?")
_ERROR = re.compile(r"#(?:REF|DIV/0|N/A|NAME\?|NULL|NUM|VALUE|SPILL|CALC)[!?]?|#N/A|Err:[0-9]{3}")
_ERROR_BEGINS = ("#", "E")
# A diary tells the same few days and lengths of time over and over; 1 and True are not the same.
_kept = lru_cache(maxsize=1_000, typed=True)
_MOST = 1_000_000
_MONTHS = 12
_WRITE_DAY = "hãy ghi ngày/tháng/năm như 05/03/2024"
_WRITE_HOURS = "hãy ghi như 7,5 hoặc 7:30 hoặc 90p"

_OVERTIME: Mapping[str, bool] = {
    "": False, "khong": False, "0": False, "trong gio": False, "trong gio hanh chinh": False,
    "false": False, "x": True, "co": True, "ngoai gio": True, "ngoai gio hanh chinh": True,
    "lam them": True, "lam them gio": True, "true": True, "v": True,
}  # fmt: skip
_PLACES: Mapping[str, WorkPlace] = {
    "co quan": WorkPlace.OFFICE, "tai co quan": WorkPlace.OFFICE, "o co quan": WorkPlace.OFFICE,
    "van phong": WorkPlace.OFFICE, "co so": WorkPlace.GRASS_ROOTS, "o co so": WorkPlace.GRASS_ROOTS,
    "di co so": WorkPlace.GRASS_ROOTS, "tai co so": WorkPlace.GRASS_ROOTS,
    "cong tac": WorkPlace.MISSION, "di cong tac": WorkPlace.MISSION,
}  # fmt: skip


def broken(cell: Cell) -> bool:
    """Tell a spreadsheet's sign of an error, such as #REF!."""
    return isinstance(cell, str) and cell[:1] in _ERROR_BEGINS and bool(_ERROR.fullmatch(cell))


@_kept
def day_of(cell: Cell, *, since_1904: bool) -> date:
    """Read a day; raises Invalid where it is none, or might be the month of another."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return _within(cell)
    if isinstance(cell, (float, int)) and not isinstance(cell, bool):
        return _of_serial(float(cell), since_1904=since_1904)
    if isinstance(cell, str):
        return _within(_of_text(cell, since_1904=since_1904))
    raise Invalid(f"không phải là ngày; {_WRITE_DAY}")


def _of_text(text: str, *, since_1904: bool) -> date:
    typed = _DAY.fullmatch(text.strip())
    bare = typed[1].strip() if typed else ""
    if match := _WRITTEN.fullmatch(bare):
        return _dated(int(match[4]), int(match[3]), int(match[1]))
    if match := _ISO.fullmatch(bare):
        return _dated(int(match[1]), int(match[2]), int(match[3]))
    if _SERIAL.fullmatch(bare):
        return _of_serial(float(bare), since_1904=since_1904)
    if _SHORT_YEAR.fullmatch(bare):
        raise Invalid("năm phải ghi đủ bốn chữ số; " + _WRITE_DAY)
    raise Invalid(f"không phải là ngày; {_WRITE_DAY}")


def _dated(year: int, month: int, day: int) -> date:
    if month > _MONTHS >= day:
        raise Invalid(f"có vẻ ghi tháng trước ngày (kiểu Mỹ); {_WRITE_DAY}")
    try:
        return date(year, month, day)
    except ValueError:
        raise Invalid(f"không có ngày này; {_WRITE_DAY}") from None


def _of_serial(serial: float, *, since_1904: bool) -> date:
    """Count from the workbook's first day; the 29/02/1900 of Excel lies long before ours."""
    if not 0 < serial < _MOST or serial != int(serial):
        raise Invalid(f"không phải là ngày; {_WRITE_DAY}")
    return _within((_EPOCH_1904 if since_1904 else _EPOCH_1900) + timedelta(days=int(serial)))


def _within(day: date) -> date:
    if not FIRST <= day <= LAST:
        raise Invalid(f"ngày {day:%d/%m/%Y} nằm ngoài các năm 2000–2099; {_WRITE_DAY}")
    return day


@_kept
def minutes_of(cell: Cell) -> int:
    """Read a length of time as whole minutes; raises Invalid for none, or more than a day."""
    minutes = _minutes(cell)
    if minutes is None:
        raise Invalid(f"không phải là thời gian; {_WRITE_HOURS}")
    if not 0 < minutes <= MINUTES_PER_DAY:
        raise Invalid("số giờ phải lớn hơn 0 và không quá 24")
    return minutes


def _minutes(cell: Cell) -> int | None:
    if isinstance(cell, str):
        return _typed_minutes(cell)
    if isinstance(cell, (time, timedelta)):
        return _clock_minutes(cell)
    if isinstance(cell, date):
        raise Invalid("Excel đã đổi số giờ thành ngày; hãy định dạng ô là chữ rồi gõ lại số giờ")
    if isinstance(cell, bool) or not math.isfinite(cell):
        return None
    hours = max(-_MOST, min(cell, _MOST))
    minutes = hours * 60
    return int(minutes) if minutes == int(minutes) else _rounded(Decimal(str(hours)) * 60)


def _typed_minutes(text: str) -> int | None:
    if _THOUSANDS.fullmatch(text.strip()):
        raise Invalid("không rõ là số lẻ hay hàng nghìn; hãy ghi giờ với một hoặc hai số lẻ")
    return read_minutes(text)


def _clock_minutes(length: time | timedelta) -> int:
    if isinstance(length, time):
        length = timedelta(hours=length.hour, minutes=length.minute, seconds=length.second)
    return _rounded(Decimal(length.days * 86_400 + length.seconds) / 60)


def _rounded(minutes: Decimal) -> int:
    return int(minutes.quantize(Decimal(1), rounding=ROUND_HALF_UP))


@_kept
def count_of(cell: Cell) -> int | None:
    """Read a whole number of things, with or without what they are; nothing is None."""
    if isinstance(cell, str):
        if not cell:
            return None
        if match := _COUNT.fullmatch(cell):
            return int(match[1]) or None
        raise Invalid("hãy ghi số nguyên")
    whole = isinstance(cell, (int, float)) and not isinstance(cell, bool) and 0 <= cell < _MOST
    if not whole or cell != int(cell):  # type: ignore[arg-type]
        raise Invalid("hãy ghi số nguyên")
    return int(cell) or None  # type: ignore[arg-type]


def overtime_of(cell: Cell) -> bool | int:
    """Read a mark of overtime, or the minutes where the column holds a length of time."""
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, str):
        marked = _OVERTIME.get(fold(cell))
        return minutes_of(cell) if marked is None else marked
    return minutes_of(cell) if cell else False


def place_of(text: str) -> WorkPlace | None:
    """Recognise where work was done; None where it is said in words of one's own."""
    folded = fold(text)
    return _PLACES.get(folded) or next((p for p in WorkPlace if fold(p.label) == folded), None)


def text_of(cell: Cell) -> str:
    """Write a cell as text; raises Invalid for a number of which the last zeros may be lost."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "có" if cell else ""
    if not isinstance(cell, (int, float)):
        return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)
    if not math.isfinite(cell) or cell != int(cell):
        raise Invalid("mã, số hiệu phải là chữ: hãy định dạng ô là Văn bản rồi gõ lại")
    return str(int(cell))
