"""The form of how a person wants to be told of things."""

import re
from datetime import time

from wtforms import BooleanField

from catalogue.domain.errors import Invalid
from catalogue.domain.notices import USUAL_QUIET, Channel, QuietHours
from catalogue.forms.base import Form, ReadField

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:hg]([0-5][0-9])")


def _time(text: str) -> time:
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        raise Invalid("Giờ yên lặng: hãy ghi giờ và phút, như 21:00.")
    return time(int(match[1]), int(match[2]))


class NoticeForm(Form):
    """The channels that are wanted, and the hours of rest."""

    email = BooleanField(Channel.EMAIL.label)
    push = BooleanField(Channel.PUSH.label)
    begin = ReadField("Yên lặng từ", _time)
    end = ReadField("đến", _time)

    @property
    def wanted(self) -> dict[Channel, bool]:
        return {Channel.EMAIL: self.email.data, Channel.PUSH: self.push.data}

    @property
    def quiet(self) -> QuietHours:
        """Give the hours of rest; only after the form was found valid."""
        return QuietHours(self.begin.value or USUAL_QUIET.begin, self.end.value or USUAL_QUIET.end)
