"""What is issued of a dossier: the terms of the decision, and each item as it was ruled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from catalogue.domain.reviewing import MatchKind, Verdict
from catalogue.domain.words import PositionGroup

ISSUER = "Ban Thường vụ Tỉnh ủy Hậu Giang"
_FOUR = 4


@dataclass(frozen=True, slots=True)
class Terms:
    """How a decision is issued; `sha256_seen` is of the content that its issuer looked at."""

    number: str
    issued_on: date
    signatory: str
    signatory_office: str
    effective_from: date
    sha256_seen: str
    urgent: bool = False
    urgent_reason: str = ""


class RuledItem(NamedTuple):
    """One item of a dossier with the committee's last ruling; without one it stands as submitted.

    `wording_row_id` is the row of the central decision, or of the own list where it is local.
    """

    item_id: int
    match_id: int
    ordinal: int
    agency_id: int
    agency: str
    wording_row_id: int
    kind: MatchKind
    former: str
    name: str
    group: PositionGroup | None
    rank: str | None
    code: str | None
    headcount: int | None
    why: str
    verdict: Verdict | None
    amended_name: str | None

    @property
    def adopted(self) -> bool:
        return self.verdict is not Verdict.REJECT

    @property
    def issued_name(self) -> str:
        amended = self.amended_name if self.verdict is Verdict.ADOPT_AMENDED else None
        return amended or self.name


class PrintedRow(NamedTuple):
    """One row of the decision's annex, which a printed copy can be held against."""

    agency: str
    place: int
    name: str
    group: str | None
    rank: str | None
    code: str | None
    headcount: int | None


def annex(items: Iterable[RuledItem]) -> list[PrintedRow]:
    """Lay out the annex that the items lead to: those adopted, counted within each agency."""
    counted: dict[str, int] = {}
    rows = []
    for item in items:
        if item.adopted:
            place = counted[item.agency] = counted.get(item.agency, 0) + 1
            rows.append(
                PrintedRow(
                    item.agency,
                    place,
                    item.issued_name,
                    item.group.label if item.group else None,
                    item.rank,
                    item.code,
                    item.headcount,
                )
            )
    return rows


def cells(row: PrintedRow) -> list[str]:
    """Give the cells of one row as the annex prints them."""
    headcount = "" if row.headcount is None else str(row.headcount)
    return [str(row.place), row.name, row.rank or "", row.code or "", headcount]


def submitted_as(content: Sequence[dict[str, Any]], item: RuledItem) -> bool:
    """Tell whether the frozen content asks for the item in these very words."""
    frozen = next((each for each in content if each["ordinal"] == item.ordinal), {})
    return all(frozen.get(field) == getattr(item, field) for field in _ASKED)


_ASKED = ("agency", "kind", "former", "name", "group", "rank", "code", "headcount", "why")


def in_fours(digest: str) -> str:
    """Part a digest so that people can read it out: `3fa9 0c1b …`."""
    return " ".join(digest[n : n + _FOUR] for n in range(0, len(digest), _FOUR))
