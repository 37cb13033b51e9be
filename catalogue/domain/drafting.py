"""What a draft of a job description holds: its record, and what becomes of tasks it leaves out."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from catalogue.domain import description as records
from catalogue.domain.description import Description, Duty, Section, Task

# Which fields of the record each section edits; together they are all but the reader's problems.
FIELDS: Mapping[Section, tuple[str, ...]] = {
    Section.GENERAL: (
        "name",
        "code",
        "starts",
        "workplace",
        "procedures",
        "particulars",
        "marks",
        "preface",
    ),
    Section.PURPOSE: ("purpose",),
    Section.DUTIES: ("duties",),
    Section.RELATIONS: ("relations",),
    Section.AUTHORITY: ("authority",),
    Section.QUALIFICATIONS: ("qualifications",),
    Section.COMPETENCIES: ("competencies",),
}


@dataclass(frozen=True, slots=True)
class Content:
    """A draft whole; `retired` gives the reason for each former task that nothing goes on from."""

    description: Description
    retired: dict[int, str] = field(default_factory=dict)


def as_json(content: Content) -> dict[str, Any]:
    """Lay a draft out for JSON; problems belong to a reading, not to what was read."""
    plain = records.as_json(content.description)
    plain["problems"] = []
    retired = {str(task): why for task, why in content.retired.items()}
    return {"description": plain, "retired": retired}


def from_json(plain: Mapping[str, Any]) -> Content:
    """Rebuild the draft that `as_json` laid out."""
    retired = {int(task): why for task, why in plain["retired"].items()}
    return Content(records.from_json(plain["description"]), retired)


def digest(plain: Mapping[str, Any]) -> str:
    """Give the SHA-256 of a draft's JSON in one spelling: sorted keys, no blanks, UTF-8."""
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def cloned(like: Description, name: str, code: str | None) -> Content:
    """Begin with what a like position's description says; its tasks go on from nothing here."""
    duties = tuple(
        replace(
            duty,
            tasks=tuple(replace(task, goes_on_from=()) for task in duty.tasks),
            goes_on_from=(),
        )
        for duty in like.duties
    )
    return Content(replace(like, name=name, code=code, duties=duties))


def with_duties(names: Sequence[str], name: str, code: str | None) -> Content:
    """Begin with nothing but the headings of section 2, numbered as the form numbers them."""
    duties = tuple(Duty(f"2.{number}", heading) for number, heading in enumerate(names, start=1))
    return Content(Description(name=name, code=code, duties=duties))


def loggable(description: Description) -> Iterator[Task | Duty]:
    """Give what people log against, in printed order: tasks, and duties printed without any."""
    for duty in description.duties:
        yield from duty.tasks or (duty,)


def split(description: Description) -> set[int]:
    """Give the former tasks that more than one goes on from."""
    claims = Counter(former for each in loggable(description) for former in each.goes_on_from)
    return {former for former, times in claims.items() if times > 1}
