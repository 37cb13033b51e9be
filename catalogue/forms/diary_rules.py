"""Forms by which the diary's limits are set, and the headings of its sheets are added."""

from datetime import date
from functools import partial

from wtforms.widgets import DateInput

from catalogue.domain.day_rules import DiaryLimit
from catalogue.domain.days import parse_day
from catalogue.domain.diary_columns import DiaryColumn
from catalogue.domain.errors import Invalid
from catalogue.domain.words import TaskKind
from catalogue.forms.base import Form, ReadField
from catalogue.forms.reviews import remark

_DIGITS = 5


def _limit(text: str) -> DiaryLimit:
    if text not in list(DiaryLimit):
        raise Invalid("Giới hạn: hãy chọn một giới hạn trong danh sách.")
    return DiaryLimit.stored(text)


def _kind(text: str) -> TaskKind | None:
    if not text or text in list(TaskKind):
        return TaskKind.stored(text) if text else None
    raise Invalid("Loại việc: hãy chọn một loại trong danh sách.")


def _column(text: str) -> DiaryColumn:
    if text not in list(DiaryColumn):
        raise Invalid("Cột: hãy chọn một cột trong danh sách.")
    return DiaryColumn.stored(text)


def _value(text: str) -> int:
    typed = text.strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) <= _DIGITS):
        raise Invalid("Giá trị: hãy ghi một số nguyên, từ 0 trở lên.")
    return int(typed)


class LimitForm(Form):
    """Which limit, of what value, from which day, on what basis."""

    limit = ReadField("Giới hạn", _limit)
    kind = ReadField("Loại việc", _kind)
    value = ReadField("Giá trị", _value)
    since = ReadField("Từ ngày", partial(parse_day, label="Từ ngày"), widget=DateInput())
    basis = ReadField("Căn cứ", partial(remark, field="basis", label="Căn cứ"))

    def limited(self) -> tuple[DiaryLimit, TaskKind | None, int, str, date]:
        """Give what was typed; only after the form was found valid."""
        return (
            self.limit.value or DiaryLimit.BACKFILL_DAYS,
            self.kind.value,
            self.value.value or 0,
            self.basis.value or "",
            self.since.value or date.min,
        )


class HeadingForm(Form):
    """By which further heading a column is known."""

    column = ReadField("Cột", _column)
    heading = ReadField("Tiêu đề cột", partial(remark, field="heading", label="Tiêu đề cột"))
    heading_basis = ReadField(
        "Mẫu nào dùng tiêu đề này", partial(remark, field="heading_basis", label="Căn cứ")
    )
