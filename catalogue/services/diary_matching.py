"""Planning an import of diaries: whose each row is, which task it means, what the rules say."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple
from uuid import UUID, uuid5

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.day_rules import DayFacts
from catalogue.domain.diary_plan import Fate, PlannedFile, PlannedRow, settled
from catalogue.domain.diary_sheet import SheetFile, SheetRow, told
from catalogue.domain.many_days import DayKey, ManyDays
from catalogue.domain.problems import Problem
from catalogue.domain.task_matching import KnownTask, likely, sure
from catalogue.domain.text import fold
from catalogue.domain.upload import DiaryClaim
from catalogue.models import Person
from catalogue.queries import diary_people, many_days
from catalogue.queries.diary_people import Named
from catalogue.services.diary_people import People

_KEYS = UUID("8a4e0a52-5d0c-5c3a-9d0e-3c1f6d0b7a11")
_Claimed = tuple[SheetRow, Named]


class Plan(NamedTuple):
    """What would be done, what was known of the days, and the facts by which each was settled."""

    files: Sequence[PlannedFile]
    known: ManyDays
    facts: Mapping[DayKey, DayFacts]


def plan(
    session: Session,
    files: Sequence[SheetFile],
    claim: DiaryClaim,
    *,
    today: date,
    waived: bool,
    held: bool = False,
) -> Plan:
    """Say of every row what an import would do with it; nothing is changed.

    `waived` is for who brings in the diaries of months past for others: their days may lie as far
    back as they do, and are marked as filled in later. `held` keeps the people's own saving
    waiting until the transaction ends.
    """
    days = _days(files)
    found = _found(session, files, claim, days)
    persons = {named.person_id for file, rows in found if not file.blocked for _, named in rows}
    if held:
        _hold(session, persons)
    known = many_days.read(session, persons, days, today)
    planner = _Planner(known, waived=waived)
    rows = planner.rows([rows if not file.blocked else () for file, rows in found])
    planned = [
        PlannedFile(
            file.name, tuple(own), file.problems, file.more, file.refusal, read=len(file.rows)
        )
        for (file, _), own in zip(found, rows, strict=True)
    ]
    return Plan(planned, known, planner.facts)


def entry_key(person_id: int, row: SheetRow, occurrence: int) -> str:
    """Give the key of a row: the same in whatever file, sheet or line it comes again."""
    words = (row.task, row.content, row.product, row.document)
    said = [
        person_id,
        row.day.isoformat(),
        *map(fold, words),
        row.minutes,
        row.overtime,
        row.quantity,
        occurrence,
    ]
    return str(uuid5(_KEYS, json.dumps(said)))


def is_stuck(session: Session, files: Sequence[SheetFile], claim: DiaryClaim) -> bool:
    """Tell whether nothing can be written before every file was mended, or somebody's name."""
    found = _found(session, files, claim, _days(files))
    return all(file.blocked or not file.rows for file, _ in found)


def proposed(each: PlannedRow) -> list[KnownTask]:
    """Give the tasks that a row may mean; only who looks at it needs them."""
    return [near.task for near in likely(each.row.work, each.among, fuzz.token_set_ratio)]


def _hold(session: Session, people: Collection[int]) -> None:
    """Lock the people, in an order that no two imports can cross."""
    query = select(Person.id).where(Person.id.in_(people)).order_by(Person.id)
    session.execute(query.with_for_update()).all()


def _days(files: Sequence[SheetFile]) -> set[date]:
    return {row.day for file in files if not file.blocked for row in file.rows}


def _found(
    session: Session, files: Sequence[SheetFile], claim: DiaryClaim, days: Collection[date]
) -> list[tuple[SheetFile, list[_Claimed]]]:
    people = _people(session, claim, days)
    return [_claimed(file, people) for file in files]


def _people(session: Session, claim: DiaryClaim, days: Collection[date]) -> People:
    if claim.person_id is not None:
        return People({}, diary_people.one(session, claim.person_id))
    if not days:
        return People({})
    return People(diary_people.by_name(session, claim.unit_id, min(days), max(days)))


def _claimed(file: SheetFile, people: People) -> tuple[SheetFile, list[_Claimed]]:
    """Find the person of each row; one who is not found blocks the file."""
    if file.blocked:
        return file, []
    rows: list[_Claimed] = []
    unknown: dict[Problem, None] = {}
    for row in file.rows:
        found = people.of(file, row)
        if isinstance(found, Problem):
            unknown[found] = None
        else:
            rows.append((row, found))
    problems, more = told([*file.problems, *unknown])
    return replace(file, problems=problems, more=file.more + more), rows


class _Planner:
    """Plans the rows of all files together: a day's hours add up wherever they were written."""

    def __init__(self, known: ManyDays, *, waived: bool) -> None:
        self._known, self._waived = known, waived
        self.facts: dict[DayKey, DayFacts] = {}
        self._matched: dict[tuple[str, Sequence[KnownTask]], KnownTask | None] = {}

    def rows(self, files: Sequence[Sequence[_Claimed]]) -> list[list[PlannedRow]]:
        """Plan the rows of each file, in its order."""
        planned = [list(self._keyed(rows)) for rows in files]
        fresh: Mapping[tuple[int, date], list[tuple[int, int]]] = defaultdict(list)
        seen: set[str] = set()
        for file, rows in enumerate(planned):
            for place, each in enumerate(rows):
                if each.key in seen or each.key in self._known.keys:
                    rows[place] = each._replace(fate=Fate.REPEATED)
                    continue
                seen.add(each.key)
                fresh[each.person_id, each.row.day].append((file, place))
        for (person_id, day), places in fresh.items():
            rows_of_day = [planned[file][place] for file, place in places]
            for (file, place), each in zip(
                places, self._settled(person_id, day, rows_of_day), strict=True
            ):
                planned[file][place] = each
        return planned

    def _keyed(self, rows: Sequence[_Claimed]) -> Iterator[PlannedRow]:
        """Give each row its key; of rows that are alike in one file, each is one of its own."""
        alike: Counter[str] = Counter()
        for row, named in rows:
            first = entry_key(named.person_id, row, 0)
            occurrence = alike[first]
            alike[first] += 1
            key = entry_key(named.person_id, row, occurrence) if occurrence else first
            yield PlannedRow(row, named.person_id, named.name, key, Fate.PENDING)

    def _settled(
        self, person_id: int, day: date, rows: Sequence[PlannedRow]
    ) -> Sequence[PlannedRow]:
        if self._known.assignment(person_id, day) is None:
            reason = f"Ngày {day:%d/%m/%Y} người này không giữ vị trí việc làm nào."
            return [each._replace(fate=Fate.REFUSED, reason=reason) for each in rows]
        tasks = self._known.own_tasks(person_id, day).known
        facts = self._known.facts(person_id, day, waived=self._waived)
        self.facts[person_id, day] = facts
        return settled([self._matched_row(each, tasks) for each in rows], facts)

    def _matched_row(self, each: PlannedRow, tasks: Sequence[KnownTask]) -> PlannedRow:
        words = each.row.task or each.row.content
        asked = words, tasks
        if asked not in self._matched:
            self._matched[asked] = sure(words, tasks, fuzz.token_sort_ratio)
        task = self._matched[asked]
        if task is not None:
            return each._replace(fate=Fate.LINE, task=task)
        return each._replace(among=tasks)
