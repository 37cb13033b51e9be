"""Reading what an address asks for: a day, a month, a word of a closed set, a page number."""

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from flask import Request, abort, request
from werkzeug.routing import IntegerConverter

from catalogue.domain.days import parse_day
from catalogue.domain.diary import checked_text
from catalogue.domain.errors import Invalid
from catalogue.domain.hours import Month
from catalogue.domain.limits import DIARIES_BYTES, FORM_BYTES, SEARCH_CHARACTERS
from catalogue.domain.words import LabelledWord

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

W = TypeVar("W", bound=LabelledWord)

ROWS_A_PAGE = 50
_LARGEST_KEY = 2**31 - 1
_KEY = re.compile(r"[1-9][0-9]{0,9}")


class KeyConverter(IntegerConverter):
    """An identifier in an address: plain digits that every database can hold."""

    regex = r"[1-9][0-9]{0,9}"

    def __init__(self, map: object) -> None:  # noqa: A002 (the router's own name)
        super().__init__(map, max=_LARGEST_KEY)  # type: ignore[arg-type]


# The one page that takes many files in a large archive.
_LARGE_UPLOADS = "/nhap-nhat-ky"
_AROUND_FILES = 64 * 1024


class FormRequest(Request):
    """A request whose plain forms are held to the size of a form; only uploads may be larger."""

    def __init__(self, environ: "WSGIEnvironment", *arguments: bool, **options: bool) -> None:
        super().__init__(environ, *arguments, **options)
        if "CONTENT_TYPE" not in environ:  # a page is asked for, nothing is sent
            return
        if self.mimetype == "application/x-www-form-urlencoded":
            self.max_content_length = FORM_BYTES
        elif self.path == _LARGE_UPLOADS:
            self.max_content_length = DIARIES_BYTES + _AROUND_FILES


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page of a list is shown; a number beyond the end shows the last page."""

    number: int
    rows: int
    size: int = ROWS_A_PAGE

    @property
    def last(self) -> int:
        return max(1, -(-self.rows // self.size))

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size

    @property
    def first_row(self) -> int:
        return min(self.offset + 1, self.rows)

    @property
    def last_row(self) -> int:
        return min(self.offset + self.size, self.rows)


def refuse_repeated() -> None:
    """Stop an address that names a parameter twice: which of the two counts would be a guess."""
    if any(len(values) > 1 for values in request.args.listvalues()):
        abort(400)


def paging(rows: int, size: int = ROWS_A_PAGE) -> Paging:
    """Give the page asked for, kept within what there is."""
    text = request.args.get("trang", "1")
    number = int(text) if _KEY.fullmatch(text) else 1
    return Paging(min(number, Paging(1, rows, size).last), rows, size)


def same_page() -> dict[str, str]:
    """Give the page of a list as the address names it, for the way back to it."""
    return {"trang": request.args["trang"]} if "trang" in request.args else {}


def text(name: str, *, label: str) -> str:
    """Read a text to search for."""
    typed = request.args.get(name, "")
    if len(typed) > SEARCH_CHARACTERS:
        message = f"{label}: dài {len(typed)} ký tự, vượt giới hạn {SEARCH_CHARACTERS}."
        raise Invalid(message)
    return checked_text(typed, field=name, label=label)


def word(name: str, kind: type[W], *, label: str) -> W | None:
    """Read one of a closed set; nothing chosen is None."""
    typed = request.args.get(name, "")
    if not typed:
        return None
    if typed not in list(kind):
        message = f"{label}: không có lựa chọn này."
        raise Invalid(message)
    return next(word for word in kind if word == typed)


def key(name: str, *, label: str) -> int | None:
    """Read an identifier; nothing chosen is None."""
    typed = request.args.get(name, "")
    if not typed:
        return None
    if not _KEY.fullmatch(typed) or int(typed) > _LARGEST_KEY:
        message = f"{label}: không có lựa chọn này."
        raise Invalid(message)
    return int(typed)


def day(name: str, *, default: date) -> date:
    """Read a day, as browsers send it or as people write it."""
    typed = request.args.get(name, "").strip()
    if not typed:
        return default
    return parse_day(typed, label="Ngày", field="day")


def month(name: str, *, default: Month) -> Month:
    typed = request.args.get(name, "")
    try:
        return Month.parse(typed) if typed else default
    except ValueError:
        message = "Tháng: không có tháng này. Hãy ghi như 2024-03."
        raise Invalid(message) from None
