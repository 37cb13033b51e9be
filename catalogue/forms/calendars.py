"""Forms by which the working calendar is kept."""

from functools import partial

from wtforms import FileField
from wtforms.widgets import DateInput

from catalogue.domain.days import FIRST, LAST, parse_day
from catalogue.domain.errors import Invalid
from catalogue.domain.foundation import DayFact
from catalogue.domain.limits import UPLOAD_BYTES
from catalogue.domain.words import DayKind
from catalogue.forms.base import Form, ReadField, day as read_day
from catalogue.forms.reviews import remark

_MOST_CHARACTERS = 100_000


def _kind(text: str) -> DayKind:
    if text not in list(DayKind):
        raise Invalid("Loại: hãy chọn một loại trong danh sách.")
    return DayKind.stored(text)


def _source(text: str) -> str:
    said = remark(text, field="source", label="Căn cứ")
    if not said:
        raise Invalid("Căn cứ: hãy ghi văn bản hoặc quy định làm căn cứ.", field="source")
    return said


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and FIRST.year <= int(text) <= LAST.year):
        raise Invalid(f"Năm: hãy ghi từ {FIRST.year} đến {LAST.year}.")
    return int(text)


def _lines(text: str) -> str:
    """Take lines as they were pasted: a spreadsheet parts its cells by tabs."""
    if len(text) > _MOST_CHARACTERS:
        message = f"Các ngày: dài {len(text)} ký tự, vượt giới hạn {_MOST_CHARACTERS}."
        raise Invalid(message, field="lines")
    return text


class DayForm(Form):
    """One day, of which kind, and on what that rests."""

    day = ReadField("Ngày", partial(parse_day, label="Ngày"), widget=DateInput())
    kind = ReadField("Loại", _kind)
    made_up = ReadField("Ngày làm bù", partial(read_day, label="Ngày làm bù"), widget=DateInput())
    source = ReadField("Căn cứ", _source)

    def fact(self) -> DayFact:
        """Give what was typed; only after the form was found valid."""
        return DayFact(
            self.day.value or FIRST, self.kind.value or DayKind.HOLIDAY, self.source.value or ""
        )


class YearForm(Form):
    """A year's days, pasted or as a file; the file goes first where both are there."""

    year = ReadField("Năm", _year)
    lines = ReadField("Các ngày, mỗi ngày một dòng", _lines)
    file = FileField("Hoặc tệp .csv")

    @property
    def content(self) -> bytes:
        """Give the bytes sent, one more than the limit at most; nothing where no file was."""
        if not hasattr(self.file.data, "read"):
            return b""
        sent: bytes = self.file.data.read(UPLOAD_BYTES + 1)
        return sent
