"""A competency dictionary as other programs exchange it, with identifiers that never change."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from catalogue.domain.problems import Problem
from catalogue.domain.text import fold, sort_key
from catalogue.domain.words import CompetencyGroup, PositionGroup

LEVELS = range(1, 6)
# The root of the identifiers that are derived: ours alone, and the same on every installation.
_NAMESPACE = UUID("6f0f3d5e-58c4-5b3e-9a0b-2752276520af")
_GROUPS = list(CompetencyGroup)


@dataclass(frozen=True, slots=True)
class Entry:
    """One competency; a level maps to its text, None where its cell is blank."""

    identifier: str
    group: str
    name: str
    levels: dict[int, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Replaced:
    """A name that another one now stands for."""

    name: str
    stands: str


@dataclass(frozen=True, slots=True)
class Framework:
    """One dictionary whole; None where a file does not say from when it holds, or for whom."""

    identifier: str
    title: str
    entries: tuple[Entry, ...]
    audience: PositionGroup | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    changed_at: datetime | None = None
    replaced: tuple[Replaced, ...] = ()
    problems: tuple[Problem, ...] = ()


def identifier_of(*words: str) -> str:
    """Derive the identifier of what these words name; the same words give the same one."""
    return str(uuid5(_NAMESPACE, "\n".join(words)))


def as_identifier(given: str) -> str:
    """Keep an identifier that is one; derive one from any other mark by which a thing goes."""
    try:
        return str(UUID(given))
    except ValueError:
        return identifier_of("given", given)


def item_identifier(framework: str, name: str) -> str:
    """Derive the identifier of a name, a competency's or a group's, within one framework."""
    return identifier_of(framework, "item", fold(name))


def in_order(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Order competencies by group, then by name: what is stored keeps no order of its own."""
    return tuple(sorted(entries, key=_place))


def as_json(framework: Framework) -> dict[str, Any]:
    """Lay a dictionary out for JSON, by the names of its fields; days and moments as in ISO."""
    days = {
        name: value and value.isoformat()
        for name in ("valid_from", "valid_to", "changed_at")
        for value in (getattr(framework, name),)
    }
    return asdict(framework) | days


def from_json(plain: Mapping[str, Any]) -> Framework:
    """Rebuild the dictionary that `as_json` laid out."""
    audience, changed_at = plain["audience"], plain["changed_at"]
    entries = (
        Entry(**{**each, "levels": {int(level): text for level, text in each["levels"].items()}})
        for each in plain["entries"]
    )
    return Framework(
        identifier=plain["identifier"],
        title=plain["title"],
        entries=tuple(entries),
        audience=audience and PositionGroup.stored(audience),
        valid_from=_day(plain["valid_from"]),
        valid_to=_day(plain["valid_to"]),
        changed_at=changed_at and datetime.fromisoformat(changed_at),
        replaced=tuple(Replaced(**each) for each in plain["replaced"]),
        problems=tuple(Problem(**each) for each in plain["problems"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _place(entry: Entry) -> tuple[int, str, str]:
    group = CompetencyGroup.of_heading(entry.group)
    rank = _GROUPS.index(group) if group else len(_GROUPS)
    return rank, fold(entry.group), sort_key(entry.name)
