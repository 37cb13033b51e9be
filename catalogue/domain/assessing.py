"""How a holder is assessed: what is said of each competency, what is lacking, who may say it."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from catalogue.domain.states import AssessmentMove, AssessmentState

LEVELS = range(6)
# With fewer people than this a count tells who is meant.
FEWEST_PEOPLE = 5

NO_LEVEL = "Chưa đạt cấp 1"


class Said(NamedTuple):
    """What one side says of one competency: a level 0–5 or none yet, and words beside it."""

    level: int | None
    text: str = ""


class Words(NamedTuple):
    """What stands in an assessment on one competency, as a page was drawn from it."""

    requirement_id: int
    self_level: int | None
    evidence: str
    head_level: int | None
    head_note: str


def level_name(level: int | None) -> str:
    """Print a level: `Cấp 3`, that not even the first is reached, or a dash for none said."""
    if level is None:
        return "–"
    return f"Cấp {level}" if level else NO_LEVEL


def gap(level_min: int | None, agreed: int | None) -> int | None:
    """Count the levels that are lacking: positive where the holder falls short."""
    return None if level_min is None or agreed is None else level_min - agreed


def proposed(self_level: int | None, head_level: int | None) -> int | None:
    """Propose what both sides said alike; where they differ, nobody is decided for."""
    return head_level if self_level == head_level else None


def fingerprint(state: AssessmentState, move: AssessmentMove, words: Iterable[Words]) -> str:
    """Tell one standing of an assessment from another, so that nobody answers words unread.

    What the head has only begun to write is left out of what the holder is given.
    """
    own = move is AssessmentMove.SAY_SELF
    read = sorted(each._replace(head_level=None, head_note="") if own else each for each in words)
    return hashlib.sha256(repr((state.value, read)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Assessors:
    """Who may assess whom on a day: the grants by unit, and which unit stands above which.

    A grant without a unit, kept under None, holds in the whole province.
    """

    above: Mapping[int, int | None]
    heads: Mapping[int | None, Collection[int]]
    organisers: Mapping[int | None, Collection[int]]

    def of(self, person_id: int, unit_id: int) -> frozenset[int]:
        """Name who assesses a person of a unit: the heads over them, organisers where none is.

        Who heads a unit is assessed from above it, not by another head beside; nobody by oneself.
        """
        chain = [*self.upwards(unit_id), None]
        own = [place for place, unit in enumerate(chain) if person_id in self.heads.get(unit, ())]
        over = _granted(self.heads, chain[own[-1] + 1 :] if own else chain)
        return over or _granted(self.organisers, chain) - {person_id}

    def upwards(self, unit_id: int) -> list[int]:
        """List a unit and those above it, the nearest first."""
        chain: list[int] = []
        unit: int | None = unit_id
        while unit is not None and unit not in chain:
            chain.append(unit)
            unit = self.above.get(unit)
        return chain


def _granted(
    grants: Mapping[int | None, Collection[int]], units: Iterable[int | None]
) -> frozenset[int]:
    return frozenset(person for unit in units for person in grants.get(unit, ()))
