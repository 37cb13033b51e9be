"""The lines that a device sends as JSON: held to the same reading as those that a page sends."""

from collections.abc import Mapping, Sequence
from typing import Any

from catalogue.domain.days import parse_day
from catalogue.domain.errors import Invalid
from catalogue.domain.outbox import Answer, Kept
from catalogue.forms.diary import FIELDS, TypedLine

MOST_SENT = 200
_SHAPE = "Nội dung gửi lên không đúng dạng. Hãy tải lại trang rồi gửi lại."


def typed(content: Mapping[str, Any]) -> list[Mapping[str, str]]:
    """Take the lines out of what was sent; raises Invalid unless each is a plain set of texts."""
    lines = content.get("lines")
    if set(content) != {"lines"} or not isinstance(lines, list) or len(lines) > MOST_SENT:
        raise Invalid(_SHAPE)
    known = {*FIELDS, "entry_key", "day"}
    for line in lines:
        if not isinstance(line, dict) or not known.issuperset(line):
            raise Invalid(_SHAPE)
        if not all(isinstance(value, str) for value in line.values()):
            raise Invalid(_SHAPE)
    return lines


def read(lines: Sequence[Mapping[str, str]]) -> tuple[list[Kept], list[Answer]]:
    """Read each line; those that cannot be read are answered at once."""
    kept, refused = [], []
    for number, line in enumerate(lines):
        told = {name: line[name] for name in FIELDS if name in line}
        typed_line = TypedLine(str(number), told, line.get("entry_key", ""))
        try:
            day = parse_day(line.get("day", ""), label="Ngày")
        except Invalid as refusal:
            refused.append(Answer(typed_line.entry_key, str(refusal)))
            continue
        draft = typed_line.draft()
        if words := " ".join(each for errors in typed_line.errors.values() for each in errors):
            refused.append(Answer(typed_line.entry_key, words))
        else:
            kept.append(Kept(day, draft))
    return kept, refused
