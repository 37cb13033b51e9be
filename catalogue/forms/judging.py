"""What a head sends: a word on one line, the days to accept, the answer to an objection."""

import re
from datetime import date
from functools import partial

from catalogue.domain.days import parse_day
from catalogue.domain.errors import Invalid
from catalogue.domain.judging import Verdict
from catalogue.forms.base import Form, ReadField, key
from catalogue.forms.reviews import remark

_STALE = "Biểu mẫu này không còn dùng được. Hãy mở lại trang rồi đánh giá lại."
_LIST = re.compile(r"[0-9]{1,9}(,[0-9]{1,9})*")
_MOST = 5_000
_KEEP = "keep"


def _verdict(text: str) -> Verdict:
    for verdict in Verdict:
        if verdict == text:
            return verdict
    raise Invalid("Đánh giá: hãy chọn một mức.")


def _last_read(text: str) -> int | None:
    return key(text, message=_STALE) if text else None


def _keys(text: str) -> tuple[int, ...]:
    """Read identifiers parted by commas, as a page of ours lists them."""
    if not _LIST.fullmatch(text) or text.count(",") >= _MOST:
        raise Invalid(_STALE)
    return tuple(map(int, text.split(",")))


def _day(text: str) -> date:
    return parse_day(text, label="Ngày", field="day")


def _one_day(text: str) -> date | None:
    return _day(text) if text else None


def _new_verdict(text: str) -> Verdict | None:
    if text == _KEEP:
        return None
    try:
        return _verdict(text)
    except Invalid:
        raise Invalid("Quyết định: hãy chọn giữ nguyên hoặc một đánh giá mới.") from None


class JudgeForm(Form):
    """A word on one line; `seen` is the last one that the page showed."""

    verdict = ReadField("Đánh giá", _verdict)
    reason = ReadField("Lý do", partial(remark, field="reason", label="Lý do"))
    seen = ReadField("", _last_read)


class AcceptForm(Form):
    """The days to accept: of whom, from when to when, and every line that the page showed.

    `day` is the one day whose button was pressed; without it, all of them.
    """

    assignments = ReadField("", _keys)
    lines = ReadField("", _keys)
    first = ReadField("", _day)
    last = ReadField("", _day)
    day = ReadField("", _one_day)


class DecideForm(Form):
    """Whether a judgement is kept or changed, and why."""

    verdict = ReadField("Quyết định", _new_verdict)
    answer = ReadField("Trả lời", partial(remark, field="answer", label="Trả lời"))


class ObjectForm(Form):
    """What somebody answers to a judgement of their work."""

    text = ReadField("Ý kiến của bạn", partial(remark, field="text", label="Ý kiến"))
