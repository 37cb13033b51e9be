"""Remarks on the items of a dossier, as a Word file carries them out and brings them back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from catalogue.domain.problems import Problem
from catalogue.domain.text import fold


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark; without an ordinal it concerns the dossier as a whole.

    `author` and `at` are as printed: a file's own are a claim, and Word writes them in local time
    whatever it says. `where` names the place in a file that came back.
    """

    ordinal: int | None
    author: str
    at: datetime | None
    text: str
    where: str = ""

    @property
    def said(self) -> tuple[str, str]:
        """Give the author and the words as they are compared: blanks and quotes differ by program.

        Two remarks of one item that say the same by the same author are one.
        """
        return fold(self.author), " ".join(self.text.split())


@dataclass(frozen=True, slots=True)
class ReturnedPack:
    """What a review pack that came back says: which dossier it is of, and every remark in it."""

    dossier_id: int | None
    sha256: str
    remarks: tuple[Remark, ...]
    problems: tuple[Problem, ...] = ()


def as_json(pack: ReturnedPack) -> dict[str, Any]:
    """Lay a pack out for JSON, by the names of its fields."""
    remarks = [asdict(each) | {"at": each.at and each.at.isoformat()} for each in pack.remarks]
    return asdict(pack) | {"remarks": remarks}


def from_json(plain: Mapping[str, Any]) -> ReturnedPack:
    """Rebuild the pack that `as_json` laid out."""
    return ReturnedPack(
        dossier_id=plain["dossier_id"],
        sha256=plain["sha256"],
        remarks=tuple(_remark(each) for each in plain["remarks"]),
        problems=tuple(Problem(**each) for each in plain["problems"]),
    )


def _remark(plain: Mapping[str, Any]) -> Remark:
    at = plain["at"]
    return Remark(**{**plain, "at": datetime.fromisoformat(at) if at else None})
