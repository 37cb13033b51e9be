"""What a dossier asks for, item by item, and the digest by which it is known for ever."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from catalogue.domain.reviewing import MatchKind
from catalogue.domain.words import PositionGroup


@dataclass(frozen=True, slots=True)
class Item:
    """One position as it is asked for; `former` are the names under which it stood until now.

    `rows` name the rows of annexes that it rests on: (document, file's SHA-256, table, row).
    """

    ordinal: int
    agency: str
    kind: MatchKind
    differs: bool
    former: str
    name: str
    group: PositionGroup | None
    rank: str | None
    code: str | None
    headcount: int | None
    why: str
    rows: tuple[tuple[str, str, int, int], ...]


def as_json(items: Sequence[Item]) -> list[dict[str, Any]]:
    """Lay the items out for JSON, by the names of their fields."""
    return [asdict(item) | {"rows": [list(row) for row in item.rows]} for item in items]


def digest(content: Sequence[dict[str, Any]]) -> str:
    """Give the SHA-256 of the items in one spelling: sorted keys, no blanks, UTF-8."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
