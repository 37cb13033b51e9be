"""What a head says of a line or of a work item, and what may be answered to it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from catalogue.domain.assessing import Assessors
from catalogue.domain.words import LabelledWord


class Verdict(LabelledWord):
    """The head's word on one line or work item."""

    ACCEPTED = "accepted", "Đạt"
    NOT_ACCEPTED = "not_accepted", "Chưa đạt"
    LATE = "late", "Chậm"
    CORRECTION = "correction", "Đề nghị sửa"

    @property
    def settles(self) -> bool:
        """Whether the line may no longer be corrected by who wrote it."""
        return self in (Verdict.ACCEPTED, Verdict.LATE)

    @property
    def needs_reason(self) -> bool:
        return self is not Verdict.ACCEPTED


class ObjectionOutcome(LabelledWord):
    """What became of an objection."""

    UPHELD = "upheld", "Giữ nguyên đánh giá"
    CHANGED = "changed", "Thay đổi đánh giá"


# What counts as accepted in the sums: late work is accepted work.
COUNTED = (Verdict.ACCEPTED, Verdict.LATE)


class Deputy(NamedTuple):
    """One person who stands in for a head in a unit and those below it."""

    person_id: int
    head_id: int
    unit_id: int | None


@dataclass(frozen=True, slots=True)
class Judges:
    """Who may judge whose work on a day: the heads over a person, and their deputies.

    The committee judges nothing: it decides on objections where nobody else stands above.
    """

    assessors: Assessors
    deputies: Collection[Deputy]
    committee: Collection[int] = ()

    def of(self, person_id: int, unit_id: int) -> Mapping[int, int | None]:
        """Name who judges a person of a unit, each with the head they stand in for, if any.

        Nobody judges their own work, and no deputy that of a head who named them, not even where
        another head named them too.
        """
        heads = self.assessors.of(person_id, unit_id)
        places = {None, *self.assessors.upwards(unit_id)}
        named = {deputy.person_id for deputy in self.deputies if deputy.head_id == person_id}
        standing_in = {
            deputy.person_id: deputy.head_id
            for deputy in self.deputies
            if deputy.head_id in heads
            and deputy.unit_id in places
            and deputy.person_id not in named
        }
        judges = standing_in | dict.fromkeys(heads)
        return {judge: place for judge, place in judges.items() if judge != person_id}

    def in_own_right(self, person_id: int, unit_id: int) -> frozenset[int]:
        """Name who judges a person for themselves: what a deputy may not do is theirs alone."""
        judges = self.of(person_id, unit_id).items()
        return frozenset(judge for judge, place in judges if place is None)

    def over(
        self, judge_id: int, unit_id: int, *, but: Collection[int]
    ) -> Mapping[int, int | None]:
        """Name who decides on an objection to a judge's word on somebody of a unit.

        They stand one level above the judge; over an organiser, it is the other organisers; where
        nobody is left, the committee. `but` are the two sides, who never decide themselves.
        """
        places = [*self.assessors.upwards(unit_id), None]
        if any(judge_id in self.assessors.heads.get(place, ()) for place in places):
            deciders = self.of(judge_id, unit_id)
        else:
            known = self.assessors.organisers
            deciders = {person: None for place in places for person in known.get(place, ())}
        sides = {judge_id, *but}
        above = {person: place for person, place in deciders.items() if person not in sides}
        return above or dict.fromkeys(each for each in self.committee if each not in sides)
