"""Ballots and minutes as a page sends them: one choice and one remark, or three counts, an item."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from catalogue.domain.errors import Invalid
from catalogue.domain.reviewing import Choice
from catalogue.domain.voting import Mark, Tally
from catalogue.forms.reviews import remark, whole

_COUNTS = ("agree", "agree_amended", "disagree")


@dataclass(slots=True)
class Marks:
    """What was typed of every item, what could be read of it, and what could not."""

    said: dict[int, Mark] = field(default_factory=dict)
    typed: dict[int, tuple[str, str]] = field(default_factory=dict)
    errors: dict[int, str] = field(default_factory=dict)


def read_marks(sent: Mapping[str, str], items: Mapping[int, str]) -> Marks:
    """Read the marks of the items named; an item without a choice and a remark says nothing."""
    marks = Marks()
    for item_id, name in items.items():
        choice, text = sent.get(f"choice-{item_id}", ""), sent.get(f"remark-{item_id}", "")
        marks.typed[item_id] = (choice, text)
        try:
            if mark := _mark(choice, text, name):
                marks.said[item_id] = mark
        except Invalid as refusal:
            marks.errors[item_id] = str(refusal)
    return marks


def of_marks(marks: Mapping[int, Mark]) -> Marks:
    """Give what was saved in the form in which it is typed."""
    typed = {item_id: (mark.choice.value, mark.remark) for item_id, mark in marks.items()}
    return Marks(said=dict(marks), typed=typed)


def read_counts(
    sent: Mapping[str, str], items: Iterable[tuple[int, str, str]]
) -> tuple[dict[int, Tally], list[str]]:
    """Read three counts an item from the fields of its group, and what could not be read.

    An item is (its key, its name, the group whose fields count for it).
    """
    counts, errors = {}, []
    for item_id, name, group in items:
        try:
            numbers = [whole(sent.get(f"{count}-{group}", ""), label=name) for count in _COUNTS]
        except Invalid as refusal:
            errors.append(str(refusal))
        else:
            counts[item_id] = Tally(*numbers)
    return counts, list(dict.fromkeys(errors))


def _mark(choice: str, text: str, name: str) -> Mark | None:
    said = remark(text, field="remark", label=f"Ý kiến ở {name}")
    if not choice:
        if said:
            raise Invalid(f"Có ý kiến ở {name} nhưng chưa chọn đồng ý hay không.")
        return None
    for word in Choice:
        if word == choice:
            return Mark(word, said)
    raise Invalid(f"Không có lựa chọn này ở {name}.")
