"""Reads a seed folder's manifest and the parts that it names."""

import tomllib
from pathlib import Path
from typing import Any

from catalogue.domain.day_rules import DiaryLimit
from catalogue.domain.diary_columns import DiaryColumn
from catalogue.domain.foundation import (
    AgencyFact,
    ApprovalFact,
    DayFact,
    DocumentFact,
    DutiesFact,
    Foundation,
    HeadingFact,
    LimitFact,
    MilestoneFact,
    UnitFact,
)
from catalogue.domain.reviewing import MilestoneSubject
from catalogue.domain.words import DayKind, Level, PositionGroup, Role, TaskKind

_LEVELS = {"tỉnh": Level.PROVINCE, "huyện": Level.DISTRICT}
_DAY_KINDS = {kind.label.casefold(): kind for kind in DayKind}
_GROUPS = {group.label: group for group in PositionGroup}
_ROLES = {role.label: role for role in Role}
_SUBJECTS = {subject.label: subject for subject in MilestoneSubject}


def read(folder: Path) -> Foundation:
    """Read the folder's `manifest.toml` and the parts that it names."""
    manifest = _toml(folder / "manifest.toml")
    parts = manifest["parts"]
    drafting, diary = _toml(folder / parts["drafting"]), _toml(folder / parts["diary"])
    return Foundation(
        documents=tuple(_documents(manifest["documents"])),
        agencies=tuple(_agency(entry) for entry in manifest["agencies"]),
        units=tuple(_unit(entry) for entry in _toml(folder / parts["units"])["units"]),
        calendar=tuple(_day(entry) for entry in _toml(folder / parts["calendar"])["days"]),
        in_force_from=manifest["reference"]["in_force_from"],
        stands_in_for=manifest["reference"]["stands_in_for"],
        milestones=tuple(_milestone(entry) for entry in manifest["milestones"]),
        approvals=tuple(_approval(entry) for entry in drafting["approval_rules"]),
        templates=tuple(_duties(entry) for entry in drafting["duty_templates"]),
        limits=tuple(_limit(entry, diary["basis"]) for entry in diary["limits"]),
        headings=tuple(_headings(diary["columns"], diary["basis"])),
    )


def _toml(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def _documents(entries: list[dict[str, Any]]) -> list[DocumentFact]:
    return [
        DocumentFact(number, entry["issuer"], entry["issued_on"], entry["title"], entry["kind"])
        for entry in entries
        for number in entry["numbers"]
    ]


def _agency(entry: dict[str, Any]) -> AgencyFact:
    return AgencyFact(
        code=entry["code"],
        name=entry["name"],
        short_name=entry["short_name"],
        level=_LEVELS[entry["level"]],
        annex=entry["annex"],
        descriptions=entry["descriptions"],
        basis=_basis(entry),
    )


def _unit(entry: dict[str, Any]) -> UnitFact:
    return UnitFact(
        code=entry["code"],
        name=entry["name"],
        agency=entry.get("agency"),
        basis=_basis(entry),
        parts=tuple(_unit(part) for part in entry.get("parts", ())),
    )


def _day(entry: dict[str, Any]) -> DayFact:
    source = f"{entry['name']} ({entry['mark']}: {entry['source']})"
    return DayFact(entry["date"], _DAY_KINDS[entry["kind"]], source)


def _milestone(entry: dict[str, Any]) -> MilestoneFact:
    subject = _SUBJECTS[entry["subject"]]
    return MilestoneFact(entry["name"], subject, entry["due_on"], entry["basis"]["source"])


def _approval(entry: dict[str, Any]) -> ApprovalFact:
    return ApprovalFact(
        general=entry["general"],
        drafter=_ROLES[entry["drafter"]],
        appraiser=_ROLES[entry["appraiser"]],
        approver=_ROLES[entry["approver"]],
        basis=entry["basis"],
    )


def _duties(entry: dict[str, Any]) -> DutiesFact:
    return DutiesFact(
        name=entry["name"],
        groups=tuple(_GROUPS[label] for label in entry["groups"]),
        duties=tuple(entry["duties"]),
        basis=entry["basis"],
    )


def _limit(entry: dict[str, Any], basis: str) -> LimitFact:
    kind = TaskKind.stored(entry["kind"]) if "kind" in entry else None
    return LimitFact(
        DiaryLimit.stored(entry["limit"]), kind, entry["value"], entry.get("basis", basis)
    )


def _headings(columns: dict[str, list[str]], basis: str) -> list[HeadingFact]:
    return [
        HeadingFact(DiaryColumn.stored(column), heading, basis)
        for column, headings in columns.items()
        for heading in headings
    ]


def _basis(entry: dict[str, Any]) -> str:
    basis = entry["basis"]
    return f"{basis['mark']}: {basis['source']}"
