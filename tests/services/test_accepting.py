"""Writing what was read: rows and a reconciliation at once, once, and nothing in force by it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from catalogue.domain import annex as annexes
from catalogue.domain.annex import Annex
from catalogue.domain.errors import BlockedImport, Conflict
from catalogue.domain.problems import Problem
from catalogue.domain.reviewing import JobState
from catalogue.domain.upload import Claim, UploadKind, own_list_number
from catalogue.domain.words import SourceState, VersionState
from catalogue.models import AnnexFile, AnnexRow, Job, PositionVersion, Reconciliation
from catalogue.services import accepting, files, jobs
from catalogue.services.accepting import Accepted
from tests.making import AT, TODAY, annex_of, make_agency, make_person, make_unit

NAMES = ("Văn thư", "Lưu trữ")


@dataclass
class Desk:
    """One agency with one unit, and an officer whose files were read."""

    session: Session
    agency: int
    unit: int
    by: int

    def signed(self, annex: Annex, number: str = "2754-QĐ/BTCTW") -> Job:
        return self._read(annex, Claim(UploadKind.SIGNED, number, self.agency, None, "a.docx"))

    def own_list(self, annex: Annex) -> Job:
        number = own_list_number("Văn phòng Tỉnh ủy", "VPTU")
        claim = Claim(UploadKind.OWN_LIST, number, self.agency, self.unit, "b.docx")
        return self._read(annex, claim)

    def accept(self, job: Job) -> Accepted:
        return accepting.accept(self.session, job.id, today=TODAY, by=self.by, at=AT)

    def count(self, model: Any) -> int:  # noqa: ANN401 (any table)
        return self.session.scalars(select(func.count(model.id))).one()

    def _read(self, annex: Annex, claim: Claim) -> Job:
        content = repr((annex, claim.kind)).encode()
        file = files.store(self.session, "a.docx", "x", content, by=self.by, at=AT)
        job = jobs.ask(self.session, file, claim, by=self.by, at=AT)
        jobs.take(self.session, at=AT)
        jobs.ready(self.session, job.id, annexes.as_json(annex), last=AT, at=AT)
        self.session.refresh(job)
        return job


@pytest.fixture
def desk(session: Session) -> Desk:
    agency = make_agency(session, "VP", "Văn phòng")
    unit = make_unit(session, "VPTU", "Văn phòng Tỉnh ủy", agency)
    return Desk(session, agency.id, unit.id, make_person(session, "Nguyễn Cán Bộ").id)


def test_a_signed_annex_becomes_rows_and_opens_a_reconciliation(desk: Desk) -> None:
    job = desk.signed(annex_of(NAMES))

    file, opened = desk.accept(job)

    assert (job.state, job.ended_at) == (JobState.DONE, AT)
    assert (file.file_name, file.sha256) == ("a.docx", job.file.sha256)
    assert file.document.state is SourceState.VERIFIED
    assert desk.count(AnnexRow) == 2
    assert desk.count(PositionVersion) == 0
    assert opened
    assert (opened.official_file_id, opened.own_file_id) == (file.id, None)


def test_a_units_list_becomes_drafts_and_waits_for_a_signed_annex(desk: Desk) -> None:
    _, opened = desk.accept(desk.own_list(annex_of(NAMES)))

    assert opened is None
    states = desk.session.scalars(select(PositionVersion.state)).all()
    assert list(states) == [VersionState.DRAFT] * 2


def test_a_units_list_is_laid_beside_the_signed_annex_of_its_kind(desk: Desk) -> None:
    official, _ = desk.accept(desk.signed(annex_of(NAMES)))

    own, opened = desk.accept(desk.own_list(annex_of(NAMES[:1])))

    assert opened
    assert (opened.official_file_id, opened.own_file_id) == (official.id, own.id)
    assert opened.unit_id == desk.unit


def test_the_same_file_asked_for_twice_is_written_once(desk: Desk) -> None:
    job = desk.signed(annex_of(NAMES))
    desk.accept(job)
    again = desk.signed(annex_of(NAMES))
    assert again.id != job.id

    desk.accept(again)

    assert (desk.count(AnnexFile), desk.count(AnnexRow)) == (1, 2)
    assert desk.count(Reconciliation) == 1


def test_what_blocks_is_refused_and_nothing_is_written(desk: Desk) -> None:
    problem = Problem("Bảng 1, dòng 2", "Biên chế không phải số", "Sửa ô này", blocks=True)
    job = desk.signed(replace(annex_of(NAMES), problems=(problem,)))

    with pytest.raises(BlockedImport):
        desk.accept(job)

    assert (desk.count(AnnexFile), desk.count(AnnexRow)) == (0, 0)


def test_what_is_still_read_or_was_put_aside_cannot_be_written(desk: Desk) -> None:
    job = desk.signed(annex_of(NAMES))
    jobs.discard(desk.session, job.id, by=desk.by, at=AT)

    with pytest.raises(Conflict, match="đã bỏ"):
        desk.accept(job)


def test_of_two_who_write_at_once_one_does(engine: Engine, desk: Desk) -> None:
    job_id = desk.signed(annex_of(NAMES)).id
    desk.session.commit()

    def write(_: int) -> bool:
        with Session(engine) as session:
            try:
                accepting.accept(session, job_id, today=TODAY, by=desk.by, at=AT)
            except Conflict:
                return False
            session.commit()
            return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(write, range(4))) == [False, False, False, True]
    assert desk.count(AnnexFile) == 1
