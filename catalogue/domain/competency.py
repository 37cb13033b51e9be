"""What a competency dictionary (khung cấp độ năng lực) reads to."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from catalogue.domain.problems import Problem


@dataclass(frozen=True, slots=True)
class DictionaryEntry:
    """One competency of one group; `levels` maps 1–5 to each level's text, None for none."""

    group: str
    name: str
    levels: dict[int, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dictionary:
    """All competencies of one file in their printed order.

    `title` is the document's own; `preface` is whatever else stands before the first group.
    """

    title: str
    entries: tuple[DictionaryEntry, ...]
    preface: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def entries_as_json(dictionary: Dictionary) -> list[dict[str, Any]]:
    """Lay out the competencies alone; JSON knows only texts as keys, so levels are "1" to "5"."""
    return [
        {
            "group": entry.group,
            "name": entry.name,
            "levels": {str(level): entry.levels[level] for level in sorted(entry.levels)},
        }
        for entry in dictionary.entries
    ]


def as_json(dictionary: Dictionary) -> dict[str, Any]:
    """Lay out the whole dictionary, so that nothing is lost on the way between two processes."""
    return asdict(dictionary) | {"entries": entries_as_json(dictionary)}


def from_json(plain: Mapping[str, Any]) -> Dictionary:
    """Rebuild the dictionary that `as_json` laid out."""
    return Dictionary(
        title=plain["title"],
        entries=tuple(
            DictionaryEntry(
                group=entry["group"],
                name=entry["name"],
                levels={int(level): text for level, text in entry["levels"].items()},
            )
            for entry in plain["entries"]
        ),
        preface=tuple(plain["preface"]),
        problems=tuple(Problem(**problem) for problem in plain["problems"]),
    )
