"""What a competency dictionary (khung cấp độ năng lực) reads to."""

from dataclasses import dataclass, field

from catalogue.domain.problems import Problem


@dataclass(frozen=True, slots=True)
class DictionaryEntry:
    """One competency of one group; `levels` maps 1–5 to the level's text, None for a blank cell."""

    group: str
    name: str
    levels: dict[int, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dictionary:
    """All competencies of one file in their printed order."""

    title: str
    entries: tuple[DictionaryEntry, ...]
    problems: tuple[Problem, ...] = ()
