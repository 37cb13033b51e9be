"""Quorum, tallies and what is still open: whole numbers, no fractions of a vote."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from catalogue.domain.reviewing import Choice, Stage, Verdict

_NAMED = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """What one member says of one item."""

    choice: Choice
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody rules on one item at one stage, before any rule has looked at it."""

    stage: Stage
    verdict: Verdict
    reason: str = ""
    amended_name: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A seat as it is given: in which body, as what, voting or as its secretary."""

    stage: Stage
    person_id: int
    office: str
    secretary: bool
    since: date


@dataclass(frozen=True, slots=True)
class Scan:
    """A scanned paper as it was sent."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Tally:
    """How many said what of one item."""

    agree: int = 0
    agree_amended: int = 0
    disagree: int = 0

    @property
    def answered(self) -> int:
        return self.agree + self.agree_amended + self.disagree

    @property
    def objections(self) -> int:
        return self.agree_amended + self.disagree


@dataclass(frozen=True, slots=True)
class Minutes:
    """What a meeting decided by show of hands: who was there, and the count of each item."""

    held_on: date
    present: int
    counts: Mapping[int, Tally]


@dataclass(frozen=True, slots=True)
class Rule:
    """The shares of those who vote that must have answered, and that must agree, in hundredths."""

    quorum_percent: int
    agree_percent: int
    more_than: bool
    basis: str = ""

    def quorum(self, voters: int) -> int:
        return fewest(voters, self.quorum_percent, more_than=self.more_than)

    def majority(self, voters: int) -> int:
        return fewest(voters, self.agree_percent, more_than=self.more_than)


def fewest(voters: int, percent: int, *, more_than: bool) -> int:
    """Give the fewest of the voters who make up the share: one at least, all of them at most."""
    share = voters * percent
    count = share // 100 + 1 if more_than else -(-share // 100)
    return max(1, min(voters, count))


@dataclass(frozen=True, slots=True)
class Result:
    """What a stage has come to: `ballots` and `meeting` hold only what counts.

    `tallies` are of the ballots; `ruled` are the items that have a ruling at the stage.
    """

    voters: int
    rule: Rule | None
    ballots: int = 0
    tallies: Mapping[int, Tally] = field(default_factory=dict)
    meeting: Minutes | None = None
    ruled: frozenset[int] = frozenset()

    @property
    def quorum(self) -> int:
        return self.rule.quorum(self.voters) if self.rule else 0

    @property
    def quorate(self) -> bool:
        """Tell whether enough have answered: by ballots, or by being at the meeting."""
        present = self.meeting.present if self.meeting else 0
        return self.rule is not None and max(self.ballots, present) >= self.quorum

    def disputed(self, item_id: int) -> bool:
        """Tell whether somebody does not simply agree, or too few of those who vote do."""
        by_ballot = self.tallies.get(item_id, Tally())
        if self.rule is None or by_ballot.objections:
            return True
        shown = self.meeting.counts.get(item_id, Tally()) if self.meeting else by_ballot
        return shown.agree < self.rule.majority(self.voters)

    def missing(self, items: Mapping[int, str]) -> list[str]:
        """Say what the stage still lacks to end, item by item; nothing where it may end."""
        if self.rule is None:
            return ["chưa có quy tắc biểu quyết nào đang hiệu lực cho bước này"]
        lacking = []
        if not self.quorate:
            lacking.append(
                f"mới có {self.ballots} phiếu được tính, cần ít nhất {self.quorum} "
                f"trên {self.voters} người biểu quyết (hoặc một cuộc họp đủ số người có mặt)"
            )
        unruled = [
            name
            for item_id, name in items.items()
            if item_id not in self.ruled and self.disputed(item_id)
        ]
        if unruled and self.quorate:
            lacking.append(f"chưa kết luận {len(unruled)} mục còn ý kiến khác: {_named(unruled)}")
        return lacking


def _named(names: list[str]) -> str:
    more = len(names) - _NAMED
    return "; ".join(names[:_NAMED]) + (f"; và {more} mục nữa" if more > 0 else "")
