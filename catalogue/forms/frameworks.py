"""The form by which the frameworks of many positions are changed at once."""

from functools import partial

from wtforms import BooleanField
from wtforms.widgets import HiddenInput

from catalogue.domain.errors import Invalid
from catalogue.domain.framework import Levels
from catalogue.domain.framework_edits import EditKind
from catalogue.forms.base import Form, ReadField, key
from catalogue.forms.reconciliations import KeysField

MOST_POSITIONS = 400
_LEVELS = "12345"


def _kind(text: str) -> EditKind:
    if text not in list(EditKind):
        raise Invalid("Việc cần làm: hãy chọn một việc trong danh sách.")
    return EditKind.stored(text)


def _level(text: str, label: str) -> int | None:
    if not text:
        return None
    if len(text) != 1 or text not in _LEVELS:
        raise Invalid(f"{label}: hãy chọn từ 1 đến 5.")
    return int(text)


def _shown(text: str) -> tuple[int, ...]:
    """Read the positions that the page showed, as it wrote them down."""
    parts = text.split(",") if text else []
    if len(parts) > MOST_POSITIONS:
        raise Invalid(f"Vị trí: không quá {MOST_POSITIONS} vị trí một lần. Hãy lọc bớt.")
    return tuple(key(part, message="Vị trí: không có lựa chọn này.") for part in parts)


class EditForm(Form):
    """What to do to which competency in which positions; `seen` names the plan that was shown."""

    kind = ReadField("Việc cần làm", _kind)
    competency = ReadField(
        "Năng lực", partial(key, message="Năng lực: hãy chọn một năng lực trong danh sách.")
    )
    low = ReadField("Từ cấp", partial(_level, label="Từ cấp"))
    high = ReadField("Đến cấp", partial(_level, label="Đến cấp"))
    row = KeysField("Vị trí", most=MOST_POSITIONS)
    every = BooleanField("Mọi vị trí đang hiện trong bảng")
    shown = ReadField("", _shown, widget=HiddenInput())
    seen = ReadField("", str, widget=HiddenInput())

    @property
    def levels(self) -> Levels:
        """Give the levels; one that is left out is the other."""
        low, high = self.low.value, self.high.value
        return Levels(low or high, high or low)

    @property
    def position_ids(self) -> tuple[int, ...]:
        chosen = self.shown.value if self.every.data else self.row.data
        return tuple(dict.fromkeys(chosen or ()))

    def validate(self, extra_validators: object = None) -> bool:
        """Check each field, then what they say together."""
        if not super().validate(extra_validators):
            return False
        for refusal in self._together():
            self.refuse(refusal)
        return not self.refusals

    def _together(self) -> list[Invalid]:
        found = []
        if not self.position_ids:
            message = "Vị trí: hãy đánh dấu ít nhất một vị trí, hoặc chọn mọi vị trí đang hiện."
            found.append(Invalid(message, field="every"))
        low, high = self.levels
        if self.kind.value is not EditKind.REMOVE and (low is None or high is None):
            found.append(Invalid("Từ cấp: hãy chọn cấp độ từ 1 đến 5.", field="low"))
        elif low and high and low > high:
            message = f"Đến cấp: cấp {high} thấp hơn cấp {low}. Hãy chọn lại."
            found.append(Invalid(message, field="high"))
        return found
