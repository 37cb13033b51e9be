"""The form by which an absence is entered: a kind and its days, and nothing else to say."""

from datetime import date
from functools import partial

from wtforms import BooleanField
from wtforms.widgets import DateInput

from catalogue.domain.absences import AbsenceKind
from catalogue.domain.days import parse_day
from catalogue.domain.errors import Invalid
from catalogue.forms.base import Form, ReadField, key


def _kind(text: str) -> AbsenceKind:
    if text not in list(AbsenceKind):
        raise Invalid("Loại: hãy chọn một loại trong danh sách.")
    return AbsenceKind.stored(text)


def _person(text: str) -> int | None:
    return key(text, message="Của ai: hãy chọn trong danh sách.") if text else None


class AbsenceForm(Form):
    """Who is away, of which kind, from which day to which; nobody named is oneself."""

    person = ReadField("Của ai", _person)
    kind = ReadField("Loại", _kind)
    first = ReadField("Từ ngày", partial(parse_day, label="Từ ngày"), widget=DateInput())
    last = ReadField("Đến hết ngày", partial(parse_day, label="Đến hết ngày"), widget=DateInput())
    half = BooleanField("Mỗi ngày chỉ nghỉ nửa ngày")

    def away(self) -> tuple[AbsenceKind, date, date]:
        """Give what was typed; only after the form was found valid."""
        kind, first = self.kind.value or AbsenceKind.LEAVE, self.first.value or date.min
        return kind, first, self.last.value or first
