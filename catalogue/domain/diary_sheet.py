"""What was read of diaries kept in spreadsheets: rows with their place, and their problems."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, NamedTuple

from catalogue.domain.problems import Problem
from catalogue.domain.words import WorkPlace

MOST_PROBLEMS = 50


class SheetRow(NamedTuple):
    """One row as its sheet tells it, and where it stands; `task` is the task in its own words."""

    sheet: str
    row: int
    day: date
    minutes: int
    task: str = ""
    content: str = ""
    product: str = ""
    quantity: int | None = None
    overtime: bool = False
    place: WorkPlace | None = None
    document: str = ""
    pages: int | None = None
    evidence: str = ""
    note: str = ""
    person: str = ""

    @property
    def where(self) -> str:
        return f"{self.sheet} › dòng {self.row}" if self.sheet else f"dòng {self.row}"

    @property
    def told(self) -> str:
        """All that was typed about the work, beside the figures."""
        typed = (self.task, self.content, self.product, self.document, self.evidence, self.note)
        return " ".join(filter(None, typed))

    @property
    def work(self) -> str:
        """The task and the content in one text, for hours whose task is not known."""
        both = self.task and self.content and self.task != self.content
        return f"{self.task}: {self.content}" if both else self.task or self.content


@dataclass(frozen=True, slots=True)
class SheetFile:
    """One file: its rows, the first problems, and how many more there are.

    `refusal` says why nothing of it could be read; a problem that blocks lets nothing be written.
    `secret` tells a file that names a secret paper: its bytes must not be kept either.
    """

    name: str
    rows: Sequence[SheetRow] = ()
    problems: Sequence[Problem] = ()
    more: int = 0
    refusal: str = ""
    secret: bool = False

    @property
    def blocked(self) -> bool:
        return bool(self.refusal) or any(problem.blocks for problem in self.problems)


def told(problems: Sequence[Problem]) -> tuple[Sequence[Problem], int]:
    """Keep the first problems, those that block before the others; answers how many are left."""
    ordered = sorted(problems, key=lambda problem: not problem.blocks)
    return tuple(ordered[:MOST_PROBLEMS]), max(len(ordered) - MOST_PROBLEMS, 0)


_DAY, _PLACE = SheetRow._fields.index("day"), SheetRow._fields.index("place")


def as_json(files: Iterable[SheetFile]) -> dict[str, Any]:
    """Lay out files for JSON: rows apart from their files, each led by its file's place."""
    kept = tuple(files)
    return {
        "files": [
            {
                "name": file.name,
                "problems": [asdict(problem) for problem in file.problems],
                "more": file.more,
                "refusal": file.refusal,
                "secret": file.secret,
            }
            for file in kept
        ],
        "rows": [
            [place, *row[:_DAY], row.day.isoformat(), *row[_DAY + 1 :]]
            for place, file in enumerate(kept)
            for row in file.rows
        ],
    }


def from_json(plain: Mapping[str, Any]) -> tuple[SheetFile, ...]:
    """Rebuild what `as_json` laid out."""
    rows: list[list[SheetRow]] = [[] for _ in plain["files"]]
    for place, *values in plain["rows"]:
        values[_DAY] = date.fromisoformat(values[_DAY])
        if values[_PLACE] is not None:
            values[_PLACE] = WorkPlace.stored(values[_PLACE])
        rows[place].append(SheetRow(*values))
    known = {field.name for field in fields(SheetFile)} - {"rows", "problems"}
    return tuple(
        SheetFile(
            rows=tuple(rows[place]),
            problems=tuple(Problem(**problem) for problem in file["problems"]),
            **{name: file[name] for name in known},
        )
        for place, file in enumerate(plain["files"])
    )
