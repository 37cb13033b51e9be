"""Loads the demonstration over the same road as an upload: read, record, staff, log."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.demonstration import diaries, people as staffed, seating
from catalogue.demonstration.records import Body, Position, ReportingUnit, Task
from catalogue.domain import hours
from catalogue.domain.diary import FullLine
from catalogue.domain.foundation import AgencyFact, Foundation
from catalogue.domain.words import PositionGroup, SourceState
from catalogue.importers import foundation as foundations, reading
from catalogue.models import Agency
from catalogue.queries import calendar, positions
from catalogue.services import (
    cataloguing,
    competencies,
    day_sums,
    describing,
    founding,
    logging_work,
)

WORKING_DATE = date(2024, 4, 10)
FIRST_MONTH, LAST_MONTH = hours.Month(2024, 1), hours.Month(2024, 3)
EXPECTED_LINES = 260_000

Progress = Callable[[str, int | None], Callable[[int], None]]


@dataclass(frozen=True, slots=True)
class Step:
    """One finished step of the line, with its counts as a reader wants them."""

    name: str
    counts: str


class Loading:
    """One load into an empty database; the caller commits when `steps` has ended."""

    def __init__(self, session: Session, seed: Path, *, at: datetime, progress: Progress) -> None:
        self.session = session
        self.seed = seed
        self.at = at
        self.progress = progress
        self.foundation: Foundation = foundations.read(seed)

    def steps(self) -> Iterator[Step]:
        """Do each step and tell of it; nothing is written until the caller commits."""
        yield self._lay_foundation()
        with reading.Reader() as reader:
            yield self._record_annexes(reader)
            yield self._record_dictionaries(reader)
            yield self._record_descriptions(reader)
        yield self._fill_positions()
        yield self._keep_diaries()

    def _lay_foundation(self) -> Step:
        facts = self.foundation
        founding.lay(self.session, facts, at=self.at)
        founding.establish_units(self.session, facts.units, since=facts.in_force_from)
        units = sum(1 + len(unit.parts) for unit in facts.units)
        counts = (
            f"{len(facts.documents)} văn bản, {len(facts.agencies)} loại cơ quan, {units} đơn vị"
        )
        return Step("Nền", counts)

    def _record_annexes(self, reader: reading.Reader) -> Step:
        advance = self.progress("Đọc phụ lục", len(self.foundation.agencies))
        rows = new = 0
        for fact in self.foundation.agencies:
            path = self.seed / fact.annex
            data = path.read_bytes()
            recorded = cataloguing.record_annex(
                self.session,
                reader.annex(data, path.name),
                self._annex_source(fact, path.name, data),
                by=None,
                at=self.at,
            )
            rows, new = rows + recorded.rows, new + recorded.new
            advance(1)
        return Step("Phụ lục → danh mục", f"{rows} dòng, {new} vị trí việc làm")

    def _annex_source(self, fact: AgencyFact, file_name: str, data: bytes) -> cataloguing.Source:
        agency = self.session.scalars(select(Agency).where(Agency.code == fact.code)).one()
        title = (
            f"Danh sách tham khảo vị trí việc làm – {fact.name} "
            f"(tạm thay danh mục của {self.foundation.stands_in_for})"
        )
        since = self.foundation.in_force_from
        return cataloguing.Source(
            document=founding.reference_document(
                self.session, f"Tham khảo {fact.code}", title, since
            ),
            agency=agency,
            file_name=file_name,
            sha256=hashlib.sha256(data).hexdigest(),
            state=SourceState.REFERENCE,
            valid_from=since,
        )

    def _record_dictionaries(self, reader: reading.Reader) -> Step:
        found = 0
        for path in sorted((self.seed / "dictionaries").glob("*.docx")):
            data = path.read_bytes()
            dictionary = reader.dictionary(data, path.name)
            digest = hashlib.sha256(data).hexdigest()
            source = competencies.Source(
                path.name,
                digest,
                self.foundation.in_force_from,
                PositionGroup.of_heading(dictionary.title),
            )
            competencies.record_dictionary(self.session, dictionary, source, by=None, at=self.at)
            found += len(dictionary.entries)
        return Step("Từ điển → năng lực", f"{found} năng lực")

    def _record_descriptions(self, reader: reading.Reader) -> Step:
        advance = self.progress("Đọc bản mô tả", len(self.foundation.agencies))
        descriptions = tasks = 0
        for fact in self.foundation.agencies:
            path = self.seed / fact.descriptions
            data = path.read_bytes()
            recorded = describing.record_descriptions(
                self.session,
                reader.descriptions(data, path.name),
                self._description_source(fact, path.name, data),
                by=None,
                at=self.at,
            )
            descriptions += recorded.descriptions
            tasks += recorded.tasks
            advance(1)
        return Step("Bản mô tả → công việc", f"{descriptions} bản, {tasks} công việc")

    def _description_source(
        self, fact: AgencyFact, file_name: str, data: bytes
    ) -> describing.Source:
        agency = self.session.scalars(select(Agency.id).where(Agency.code == fact.code)).one()
        return describing.Source(
            file_name=file_name,
            sha256=hashlib.sha256(data).hexdigest(),
            valid_from=self.foundation.in_force_from,
            agency_id=agency,
        )

    def _fill_positions(self) -> Step:
        self.people = staffed.people(self._reporting_units())
        self.assignments = seating.seat(
            self.session, self.people, since=self.foundation.in_force_from
        )
        counts = f"{len(self.people)} người (dữ liệu tổng hợp), {len(self.assignments)} bố trí"
        return Step("Vị trí → người", counts)

    def _reporting_units(self) -> list[ReportingUnit]:
        agency_ids = dict(self.session.execute(select(Agency.code, Agency.id)).tuples().all())
        listed = defaultdict(list)
        for described in positions.described_on(self.session, self.foundation.in_force_from):
            listed[described.agency_id].append(_position(described))
        return [
            ReportingUnit(
                unit.code,
                tuple(
                    Body(body.code, tuple(listed[agency_ids[body.agency]]))
                    for body in unit.parts or (unit,)
                    if body.agency
                ),
            )
            for unit in self.foundation.units
        ]

    def _keep_diaries(self) -> Step:
        days = calendar.days(self.session)
        standard = [
            day
            for month in hours.months_between(FIRST_MONTH, LAST_MONTH)
            for day in month.days()
            if hours.is_working_day(day, days)
        ]
        lines = (
            FullLine(
                assignment_id=self.assignments[line.person, line.position],
                task_version_id=int(line.task),
                day=line.day,
                content=line.content,
                product=line.product,
                quantity=line.quantity,
                minutes=line.minutes,
                overtime=line.overtime,
            )
            for line in diaries.lines(self.people, standard)
        )
        advance = self.progress("Ghi nhật ký", EXPECTED_LINES)
        written = 0
        for batch in logging_work.log_many(self.session, lines, at=self.at):
            written += batch
            advance(batch)
        day_sums.sum_all_days(self.session)
        return Step("Nhật ký → tổng ngày", f"{written} dòng")


def _position(described: positions.DescribedPosition) -> Position:
    return Position(
        key=described.position_id,
        group=described.group or PositionGroup.SPECIALIST,
        name=described.name,
        tasks=tuple(Task(*task) for task in described.tasks),
        headcount=described.headcount,
    )
