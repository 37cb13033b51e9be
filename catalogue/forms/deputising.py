"""Whom a head names to judge in their place, where and how long."""

from datetime import date
from functools import partial

from wtforms.widgets import DateInput

from catalogue.domain.errors import Invalid
from catalogue.forms.base import Form, ReadField, day, key


def _wanted(text: str, *, label: str) -> date:
    chosen = day(text, label=label)
    if chosen is None:
        raise Invalid(f"{label}: hãy chọn một ngày.")
    return chosen


class DeputyForm(Form):
    """One naming of a deputy; both days are asked for."""

    person = ReadField(
        "Người được ủy quyền",
        partial(key, message="Người được ủy quyền: hãy chọn trong danh sách."),
    )
    unit = ReadField("Đơn vị", partial(key, message="Đơn vị: hãy chọn trong danh sách."))
    since = ReadField("Từ ngày", partial(_wanted, label="Từ ngày"), widget=DateInput())
    until = ReadField("Đến hết ngày", partial(_wanted, label="Đến hết ngày"), widget=DateInput())
