"""The lines whose work a person judges: how many wait, and each as the judge reads it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ScalarSelect, Select, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from catalogue.domain.day_rules import DiaryLimit, Limits, pages_overrun
from catalogue.domain.judging import Verdict
from catalogue.domain.words import TaskKind, WorkPlace
from catalogue.models import (
    Assignment,
    DiaryRule,
    Establishment,
    Judgement,
    LogLine,
    Person,
    TaskVersion,
    WorkItem,
)
from catalogue.queries.clean_days import blocks, closed, of_work, questioned, waits


class JudgedLine(NamedTuple):
    """One current line with its product, its marks, and the last word on it.

    `blocks` keeps its day from being accepted whole; `judged_with` is the work item with which it
    is judged; `norm` is the minutes a page that held then.
    """

    line_id: int
    assignment_id: int
    day: date
    task: str
    kind: TaskKind | None
    minutes: int
    overtime: bool
    product: str | None
    quantity: int | None
    product_unit: str | None
    evidence: str | None
    place: WorkPlace | None
    document_number: str | None
    pages: int | None
    content: str
    note: str | None
    backfilled: bool
    corrects: int | None
    judged_with: int | None
    work_item: str | None
    verdict: Verdict | None
    reason: str | None
    judge: str | None
    blocks: bool
    questioned: bool
    closed: bool
    norm: int | None

    @property
    def secret(self) -> bool:
        return self.kind is TaskKind.SECRET

    @property
    def told(self) -> str:
        """What the writer said of the work in their own words."""
        return "\n".join(filter(None, (self.content, self.note)))

    @property
    def waits(self) -> bool:
        return self.verdict is None and self.judged_with is None

    @property
    def overrun(self) -> int | None:
        """Minutes beyond the norm of studying so many pages."""
        return pages_overrun(self.minutes, self.pages, Limits(minutes_a_page=self.norm))


class Whose(NamedTuple):
    """Whose line it is, of which day and unit, and whether it still stands."""

    line_id: int
    day: date
    current: bool
    person_id: int
    person: str
    unit_id: int


class Waiting(NamedTuple):
    """How many days of an assignment have waiting lines, and which is the first."""

    days: int
    first: date


def whose(session: Session, line_id: int) -> Whose | None:
    """Tell whose a line is; None where there is none."""
    query = (
        select(
            LogLine.id,
            LogLine.day,
            LogLine.current,
            Person.id,
            Person.name,
            Establishment.unit_id,
        )
        .join(Assignment, Assignment.id == LogLine.assignment_id)
        .join(Person, Person.id == Assignment.person_id)
        .join(Establishment, Establishment.id == Assignment.establishment_id)
        .where(LogLine.id == line_id)
    )
    row = session.execute(query).first()
    return Whose(*row) if row else None


def waiting(
    session: Session, assignments: Collection[int], first: date, last: date
) -> Mapping[int, Waiting]:
    """Tell the days with waiting lines, by assignment; who has none is absent."""
    query = (
        select(LogLine.assignment_id, func.count(LogLine.day.distinct()), func.min(LogLine.day))
        .where(LogLine.assignment_id.in_(assignments))
        .where(LogLine.day.between(first, last), waits(), ~closed(first, last))
        .group_by(LogLine.assignment_id)
    )
    return {assignment_id: Waiting(*days) for assignment_id, *days in session.execute(query)}


def lines(
    session: Session, assignments: Collection[int], first: date, last: date
) -> Mapping[int, Mapping[date, Sequence[JudgedLine]]]:
    """Give the current lines by assignment and day, in the order in which they were written."""
    query = (
        _lines(first, last)
        .where(LogLine.assignment_id.in_(assignments), LogLine.current)
        .where(LogLine.day.between(first, last))
        .order_by(LogLine.day, LogLine.id)
    )
    found: dict[int, dict[date, list[JudgedLine]]] = defaultdict(lambda: defaultdict(list))
    for row in session.execute(query):
        line = JudgedLine(*row)
        found[line.assignment_id][line.day].append(_bare(line) if line.secret else line)
    return found


def line(session: Session, line_id: int, day: date) -> JudgedLine:
    """Read one line of a day."""
    row = session.execute(_lines(day, day).where(LogLine.id == line_id)).one()
    read = JudgedLine(*row)
    return _bare(read) if read.secret else read


def _bare(line: JudgedLine) -> JudgedLine:
    """Leave only the hours of a line on secret papers, whatever else it should hold."""
    return line._replace(
        product=None,
        quantity=None,
        evidence=None,
        document_number=None,
        pages=None,
        content="",
        note=None,
    )


def _lines(first: date, last: date) -> Select[Any]:
    word, judge = aliased(Judgement), aliased(Person)
    newest = select(func.max(Judgement.id)).where(Judgement.log_line_id == LogLine.id)
    return (
        select(
            LogLine.id,
            LogLine.assignment_id,
            LogLine.day,
            TaskVersion.text,
            TaskVersion.kind,
            LogLine.minutes,
            LogLine.overtime,
            LogLine.product,
            LogLine.quantity,
            TaskVersion.product_unit,
            LogLine.evidence,
            LogLine.place,
            LogLine.document_number,
            LogLine.pages,
            LogLine.content,
            LogLine.note,
            LogLine.backfilled,
            LogLine.supersedes_id,
            case((of_work(LogLine), LogLine.work_item_id)),
            WorkItem.title,
            LogLine.verdict,
            word.reason,
            judge.name,
            func.coalesce(blocks(LogLine), False),
            questioned(LogLine),
            closed(first, last),
            _norm(),
        )
        .join(TaskVersion, TaskVersion.id == LogLine.task_version_id)
        .outerjoin(WorkItem, WorkItem.id == LogLine.work_item_id)
        .outerjoin(word, word.id == newest.scalar_subquery())
        .outerjoin(judge, judge.id == word.by_id)
    )


def _norm() -> ScalarSelect[int]:
    """Select the minutes a page that held on a line's day; of two rows the later holds."""
    return (
        select(DiaryRule.value)
        .where(DiaryRule.limit == DiaryLimit.MINUTES_A_PAGE, DiaryRule.valid_from <= LogLine.day)
        .where(or_(DiaryRule.valid_to.is_(None), DiaryRule.valid_to >= LogLine.day))
        .order_by(DiaryRule.valid_from.desc(), DiaryRule.id.desc())
        .limit(1)
        .correlate(LogLine)
        .scalar_subquery()
    )
