"""Forms by which filling in past days is asked for and answered."""

from functools import partial

from wtforms.widgets import DateInput

from catalogue.domain.days import parse_day
from catalogue.forms.base import Form, ReadField, day
from catalogue.forms.reviews import remark


class BackfillForm(Form):
    """Which days, and why they were not written in time."""

    first = ReadField("Từ ngày", partial(parse_day, label="Từ ngày"), widget=DateInput())
    last = ReadField("Đến hết ngày", partial(parse_day, label="Đến hết ngày"), widget=DateInput())
    reason = ReadField("Lý do", partial(remark, field="reason", label="Lý do"))


class AnswerForm(Form):
    """Until when it may be written; no day is a refusal, which needs its reason."""

    open_until = ReadField(
        "Được ghi đến hết ngày", partial(day, label="Được ghi đến hết ngày"), widget=DateInput()
    )
    answer = ReadField("Trả lời", partial(remark, field="answer", label="Trả lời"))
