"""The forms of reconciling: which two lists, how their lines relate, from which score to accept."""

from collections.abc import Sequence
from functools import partial

from wtforms import Field

from catalogue.domain.errors import Invalid
from catalogue.domain.reviewing import MatchKind
from catalogue.forms.base import Form, ReadField, key, text_reader

LEAST_SCORES = (100, 95, 90)
_MOST_LINES = 200


def _optional(text: str, label: str) -> int | None:
    return key(text, message=_unknown(label)) if text else None


def _kind(text: str) -> MatchKind:
    found = next((kind for kind in MatchKind if kind == text), None)
    if found is None:
        raise Invalid("Loại: hãy chọn một loại trong danh sách.")
    return found


def _least(text: str) -> int:
    if text not in map(str, LEAST_SCORES):
        raise Invalid("Từ điểm: không có lựa chọn này.")
    return int(text)


def _unknown(label: str) -> str:
    return f"{label}: không có lựa chọn này."


class KeysField(Field):
    """Several things ticked in a list, each by its identifier."""

    def __init__(self, label: str, *, most: int = _MOST_LINES, **kwargs: object) -> None:
        super().__init__(label, default=(), **kwargs)  # type: ignore[arg-type]
        self.data: tuple[int, ...] = ()
        self.most = most

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        if len(valuelist) > self.most:
            message = f"{self.label.text}: không quá {self.most} dòng một lần."
            raise ValueError(message)
        try:
            self.data = tuple(key(text, message=_unknown(self.label.text)) for text in valuelist)
        except Invalid as refusal:
            raise ValueError(str(refusal)) from None


class OpenForm(Form):
    """Which decision's file is laid beside which list."""

    official_file = ReadField(
        "Văn bản, tệp", partial(key, message="Văn bản, tệp: hãy chọn một tệp trong danh sách.")
    )
    unit = ReadField("Đơn vị", partial(_optional, label="Đơn vị"))
    own_file = ReadField("Danh sách của đơn vị", partial(_optional, label="Danh sách của đơn vị"))


class RuleForm(Form):
    """How the ticked lines of both lists relate."""

    kind = ReadField("Loại", _kind)
    own = KeysField("Vị trí của đơn vị")
    row = KeysField("Dòng của văn bản")
    why = ReadField("Vì sao", text_reader("why", "Vì sao"))


class AcceptForm(Form):
    """From which score on proposals are accepted at once."""

    least = ReadField("Từ điểm", _least)
