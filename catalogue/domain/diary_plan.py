"""What an import of diaries would do, row by row: to be looked at first, then carried out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from catalogue.domain.day_rules import DayFacts, day_refusal, refusals
from catalogue.domain.diary import LineDraft
from catalogue.domain.diary_sheet import SheetRow, told
from catalogue.domain.hours import MINUTES_PER_DAY
from catalogue.domain.problems import Problem
from catalogue.domain.task_matching import KnownTask
from catalogue.domain.words import LabelledWord


class Fate(LabelledWord):
    """What becomes of a row."""

    LINE = "line", "Ghi vào nhật ký"
    PENDING = "pending", "Chờ gắn nhiệm vụ"
    REPEATED = "repeated", "Đã có từ trước"
    REFUSED = "refused", "Không ghi được"


class PlannedRow(NamedTuple):
    """One row with what becomes of it: its task where that is sure, its reason where refused.

    `among` are the tasks that it may mean where none is sure.
    """

    row: SheetRow
    person_id: int
    person: str
    key: str
    fate: Fate
    task: KnownTask | None = None
    among: Sequence[KnownTask] = ()
    reason: str = ""

    def draft(self) -> LineDraft:
        """Give the row as a line of its task; only where that is sure."""
        if self.task is None:
            raise ValueError(self.row)
        row = self.row
        return LineDraft(
            self.task.task_version_id,
            row.minutes,
            content=row.content,
            product=row.product or None,
            quantity=row.quantity,
            overtime=row.overtime,
            place=row.place,
            document_number=row.document or None,
            pages=row.pages,
            evidence=row.evidence or None,
            note=row.note or None,
            entry_key=self.key,
        )


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file with its rows' fates; nothing is written of one that is `blocked`."""

    name: str
    rows: Sequence[PlannedRow] = ()
    problems: Sequence[Problem] = ()
    more: int = 0
    refusal: str = ""
    read: int = 0

    @property
    def blocked(self) -> bool:
        return bool(self.refusal) or any(problem.blocks for problem in self.problems)

    @property
    def counts(self) -> Counter[Fate]:
        """Count the rows by what becomes of them; of a blocked file all that were read stay out."""
        counts = Counter(each.fate for each in self.rows)
        if self.blocked:
            counts[Fate.REFUSED] += self.read
        return counts

    @property
    def person(self) -> str | None:
        """Name whose diary it is, where it is one person's."""
        names = {each.person for each in self.rows}
        return names.pop() if len(names) == 1 else None

    @property
    def days(self) -> list[date]:
        """Days that something is written to."""
        written = (each for each in self.rows if each.fate in (Fate.LINE, Fate.PENDING))
        return sorted({each.row.day for each in written})

    def report(self) -> dict[str, Any]:
        """Lay out for JSON what became of the file, refused rows among its problems."""
        refused = [
            Problem(f"{self.name} › {each.row.where}", each.reason, "")
            for each in self.rows
            if each.fate is Fate.REFUSED
        ]
        problems, more = told([*self.problems, *refused])
        counts = self.counts
        return {
            "file": self.name,
            "person": self.person,
            "rows": self.read,
            "lines": counts[Fate.LINE],
            "pending": counts[Fate.PENDING],
            "repeated": counts[Fate.REPEATED],
            "refused": counts[Fate.REFUSED],
            "blocked": self.blocked,
            "days": [day.isoformat() for day in self.days],
            "refusal": self.refusal,
            "problems": [
                {"where": each.where, "what": each.what, "fix": each.fix} for each in problems
            ],
            "more": self.more + more,
        }


def sums(files: Iterable[PlannedFile]) -> Counter[Fate]:
    """Count the rows of all files by what becomes of them."""
    counted: Counter[Fate] = Counter()
    for file in files:
        counted += file.counts
    return counted


def settled(rows: Sequence[PlannedRow], facts: DayFacts) -> list[PlannedRow]:
    """Ask the rules of a day about the rows that are new to it: all of them stand, or none.

    A row that is refused says why; those beside it say that theirs is the same day.
    """
    reasons = _reasons(rows, facts)
    if not reasons:
        return list(rows)
    whole = reasons.get(None)
    beside = "Ngày này có dòng không ghi được nên cả ngày chưa ghi."
    return [
        each._replace(fate=Fate.REFUSED, reason=whole or reasons.get(place, beside))
        for place, each in enumerate(rows)
    ]


def _reasons(rows: Sequence[PlannedRow], facts: DayFacts) -> dict[int | None, str]:
    """Give the reasons by place; under None that of the whole day."""
    lines = [place for place, each in enumerate(rows) if each.fate is Fate.LINE]
    waiting = [place for place, each in enumerate(rows) if each.fate is Fate.PENDING]
    if waiting:
        added = sum(rows[each].row.minutes for each in waiting)
        facts = replace(facts, logged=facts.logged + added)
    if found := day_refusal(facts):
        return {None: found.message}
    reasons: dict[int | None, str] = dict(_of_waiting(rows, waiting, facts))
    if lines:
        for refusal in refusals([rows[place].draft() for place in lines], facts):
            place = refusal.line if refusal.line is None else lines[refusal.line]
            reasons.setdefault(place, refusal.message)
    elif facts.logged > MINUTES_PER_DAY:
        reasons[waiting[-1]] = f"Số giờ: ngày {facts.day:%d/%m/%Y} thành quá 24 giờ."
    return reasons


def _of_waiting(
    rows: Sequence[PlannedRow], waiting: Sequence[int], facts: DayFacts
) -> Iterator[tuple[int, str]]:
    """Hold hours that wait for a task to the rule of days off, which needs none."""
    away = any(facts.day in each and each.closes_day for each in facts.absences)
    for place in waiting:
        if away and not rows[place].row.overtime:
            message = (
                f"Ngày {facts.day:%d/%m/%Y} người này nghỉ. Nếu vẫn làm việc, hãy ghi là ngoài giờ "
                "hoặc sửa ngày nghỉ."
            )
            yield place, message
