"""The seed's source data as records: what each reference list says and how its file is laid out."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

SEED = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Position:
    """One position; `mark` says what its title rests on, `headcount` is an illustration."""

    code: str
    name: str
    ranks: tuple[str, ...]
    mark: str
    template: str
    headcount: int | None = None
    function: str | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """One group under its printed heading."""

    heading: str
    positions: tuple[Position, ...]

    @property
    def headcount(self) -> int:
        """Sum what is printed; a blank counts nothing."""
        return sum(position.headcount or 0 for position in self.positions)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it holds, its heading, and the heading over it where there are two rows."""

    key: str
    heading: str
    over: str | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """One name as Word tracks its change: `inserted` is its end, `deleted` stood there before."""

    code: str
    deleted: str
    inserted: str


@dataclass(frozen=True, slots=True)
class Layout:
    """How the file is laid out; the choices are told in the README."""

    columns: tuple[Column, ...]
    numbers: str
    group_rows: str
    empty_row_after_header: bool = False
    counts_in: str | None = None
    totals: str | None = None
    total_label: str = ""
    total_printed: int | None = None
    split_ranks: str = "lines"
    broken_by: str | None = None
    break_after: tuple[int, ...] = ()
    table_per_group: bool = False
    repeat_header: bool = False
    key_table: bool = False
    letterhead: bool = False
    landscape: bool = False
    broken_runs: bool = False
    content_controls: bool = False
    revisions: tuple[Revision, ...] = ()
    deleted_row: str | None = None
    saved_by: str = "Word"


@dataclass(frozen=True, slots=True)
class PositionList:
    """One agency's reference list, complete."""

    agency: str
    agency_name: str
    level: str
    annex: str
    descriptions: str
    layout: Layout
    groups: tuple[Group, ...]
    problems: tuple[dict[str, Any], ...] = ()

    def positions(self) -> Iterator[Position]:
        """Go through all positions in printed order."""
        for group in self.groups:
            yield from group.positions


@dataclass(frozen=True, slots=True)
class Reference:
    """What stands on every file, so that none is taken for more than it is."""

    stands_in_for: str
    in_force_from: date
    mark: str
    description_mark: str


def load_toml(name: str) -> dict[str, Any]:
    """Read one file of the seed folder."""
    return tomllib.loads((SEED / name).read_text(encoding="utf-8"))


def reference() -> Reference:
    """Read the marks and the dates that all files share."""
    facts = load_toml("manifest.toml")["reference"]
    return Reference(
        facts["stands_in_for"], facts["in_force_from"], facts["mark"], facts["description_mark"]
    )


def position_lists() -> list[PositionList]:
    """Read the lists of all agencies, in the manifest's order."""
    return [_position_list(agency) for agency in load_toml("manifest.toml")["agencies"]]


def _position_list(agency: dict[str, Any]) -> PositionList:
    plain = load_toml(f"source/{Path(agency['annex']).stem}.toml")
    return PositionList(
        agency=agency["code"],
        agency_name=agency["name"],
        level=agency["level"],
        annex=agency["annex"],
        descriptions=agency["descriptions"],
        layout=_layout(plain["layout"]),
        groups=tuple(
            Group(group["heading"], tuple(map(_position, group["positions"])))
            for group in plain["groups"]
        ),
        problems=tuple(plain.get("problems", ())),
    )


def _layout(plain: dict[str, Any]) -> Layout:
    return Layout(
        **plain
        | {
            "columns": tuple(Column(**column) for column in plain["columns"]),
            "break_after": tuple(plain.get("break_after", ())),
            "revisions": tuple(Revision(**item) for item in plain.get("revisions", ())),
        }
    )


def _position(plain: dict[str, Any]) -> Position:
    return Position(**plain | {"ranks": tuple(plain["ranks"])})
