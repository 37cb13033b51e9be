"""What was read of an uploaded file, beside what the catalogue already holds of that list."""

from dataclasses import dataclass
from itertools import islice

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from catalogue.domain.annex import Annex, Row
from catalogue.domain.annex_changes import Changes, Line, compare
from catalogue.domain.annex_totals import Total, totals
from catalogue.domain.problems import Problem
from catalogue.domain.upload import Claim
from catalogue.models import Reconciliation
from catalogue.queries import jobs, sources
from catalogue.queries.jobs import EarlierFile, JobPage


@dataclass(frozen=True, slots=True)
class Preview:
    """What a person looks at before writing.

    `written` is set once the same bytes are in the catalogue; `former` is the last other file of
    the list, of which `changes` says what is new.
    """

    annex: Annex
    totals: list[Total]
    written: EarlierFile | None
    former: EarlierFile | None
    changes: Changes

    @property
    def blocking(self) -> list[Problem]:
        return [problem for problem in self.annex.problems if problem.blocks]

    @property
    def may_be_written(self) -> bool:
        return bool(self.annex.rows) and self.written is None and not self.blocking

    def rows(self, offset: int, limit: int) -> list[Row]:
        return list(islice(self.annex.rows, offset, offset + limit))


def of_job(session: Session, job: JobPage) -> Preview:
    """Put together what a job found with the earlier files of the same list."""
    annex = jobs.found(session, job.job_id)
    earlier = _earlier(session, job.claim)
    written = next((file for file in earlier if file.sha256 == job.sha256), None)
    former = next(
        (file for file in earlier if written is None or file.annex_file_id < written.annex_file_id),
        None,
    )
    return Preview(annex, totals(annex), written, former, _changes(session, former, annex))


def written(session: Session, claim: Claim, sha256: str) -> EarlierFile | None:
    """Find the file of these bytes where it was written for the same list."""
    return next((file for file in _earlier(session, claim) if file.sha256 == sha256), None)


def reconciliation_of(session: Session, annex_file_id: int) -> int | None:
    """Find the last reconciliation that a written file takes part in."""
    concerned = or_(
        Reconciliation.official_file_id == annex_file_id,
        Reconciliation.own_file_id == annex_file_id,
    )
    query = select(Reconciliation.id).where(concerned).order_by(Reconciliation.id.desc())
    return session.scalars(query.limit(1)).first()


def _earlier(session: Session, claim: Claim) -> list[EarlierFile]:
    document = sources.numbered(session, claim.number)
    return (
        [] if document is None else list(jobs.earlier_files(session, document.id, claim.agency_id))
    )


def _changes(session: Session, former: EarlierFile | None, annex: Annex) -> Changes:
    if former is None:
        return Changes()
    now = [Line(row.name, row.group, row.rank, row.code, row.headcount) for row in annex.rows]
    return compare(jobs.lines(session, former.annex_file_id), now)
