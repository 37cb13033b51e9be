"""What is typed of each competency of an assessment: a level and words beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from catalogue.domain.assessing import LEVELS, Said
from catalogue.domain.errors import Invalid
from catalogue.forms.base import Form, ReadField, key
from catalogue.forms.reviews import remark

_LEVELS = {str(level): level for level in LEVELS}


class BeginForm(Form):
    """Whose assessment is opened."""

    assignment = ReadField(
        "Vị trí đang giữ", partial(key, message="Vị trí đang giữ: hãy chọn trong danh sách.")
    )


@dataclass(slots=True)
class Sheet:
    """What was typed, what could be read of it, and what could not; keyed by requirement."""

    said: dict[int, Said] = field(default_factory=dict)
    typed: dict[int, tuple[str, str]] = field(default_factory=dict)
    errors: dict[int, str] = field(default_factory=dict)


def read_sheet(sent: Mapping[str, str], asked: Mapping[int, str], *, complete: bool) -> Sheet:
    """Read the level and the words of each competency; `complete` asks for every level."""
    sheet = Sheet()
    for requirement_id, name in asked.items():
        level = sent.get(f"level-{requirement_id}", "")
        text = sent.get(f"text-{requirement_id}", "")
        sheet.typed[requirement_id] = (level, text)
        try:
            sheet.said[requirement_id] = _said(level, text, name, complete=complete)
        except Invalid as refusal:
            sheet.errors[requirement_id] = str(refusal)
    return sheet


def of_words(words: Mapping[int, Said]) -> Sheet:
    """Give what stands already in the form in which it is typed."""
    return Sheet(
        typed={
            requirement_id: ("" if said.level is None else str(said.level), said.text)
            for requirement_id, said in words.items()
        }
    )


def _said(level: str, text: str, name: str, *, complete: bool) -> Said:
    words = remark(text, field="text", label=f"Phần ghi ở «{name}»")
    if level not in _LEVELS and (level or complete):
        raise Invalid(f"«{name}»: hãy chọn một cấp độ.")
    return Said(_LEVELS.get(level), words)
