"""`catalogue work` reads an upload of job descriptions file by file, in one child process."""

from datetime import UTC, datetime
from unittest.mock import Mock

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from catalogue.cli import working
from catalogue.cli.heartbeat import Heartbeat
from catalogue.domain import limits, received as uploads
from catalogue.domain.description import Description
from catalogue.domain.reviewing import JobState
from catalogue.domain.upload import DescriptionClaim
from catalogue.exporters import description_document
from catalogue.importers.reading import Reader
from catalogue.models import Job, Person
from catalogue.services import files, jobs
from tests.docx_kit import docx, pack
from tests.drafts import whole_record
from tests.making import make_person

NAMES = ("Văn thư", "Lưu trữ")


@pytest.fixture
def asked(engine: Engine) -> Engine:
    with Session(engine) as session, session.begin():
        make_person(session, "Lê Cán Bộ")
    return engine


def word(*names: str) -> bytes:
    return description_document.write([whole_record(name) for name in names])


def ask(engine: Engine, content: bytes, name: str) -> int:
    at = datetime.now(UTC)
    with Session(engine) as session, session.begin():
        by = session.scalars(select(Person.id)).one()
        file = files.store(session, name, "application/zip", content, by=by, at=at)
        return jobs.ask(session, file, DescriptionClaim(None, None, name), by=by, at=at).id


def work(engine: Engine) -> None:
    with Reader() as reader:
        while working._work_on_next(engine, reader):
            pass


def test_a_zip_is_read_file_by_file_and_told_how_far_it_is(
    asked: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    steps: list[tuple[str, int, int]] = []
    monkeypatch.setattr(Heartbeat, "enter", lambda _, *step: steps.append(step))
    zipped = pack({"a.docx": word(NAMES[0]), "x/b.docx": word(NAMES[1]), "c.docx": docx("a")})
    job_id = ask(asked, zipped, "hai bản.zip")

    work(asked)

    assert capsys.readouterr().out == "hai bản.zip: đọc được 2 bản mô tả, chờ người xem lại.\n"
    assert steps == [("a.docx", 1, 3), ("x/b.docx", 2, 3), ("c.docx", 3, 3)]
    with Session(asked) as session:
        job = session.get_one(Job, job_id)
        received = uploads.from_json(job.found or {})
        assert (job.state, job.done) == (JobState.READY, 2)
    assert [each.name for _, each in received.descriptions] == list(NAMES)
    assert [bool(file.refusal) for file in received.files] == [False, False, True]
    assert received.file_of(1).name == "x/b.docx"


def test_a_lone_file_that_is_no_description_ends_with_its_refusal(asked: Engine) -> None:
    job_id = ask(asked, docx("a"), "a.docx")
    work(asked)
    with Session(asked) as session:
        job = session.get_one(Job, job_id)
        assert job.state is JobState.FAILED
        assert "không có bản mô tả công việc nào" in (job.refusal or "")


def test_more_descriptions_than_anybody_would_look_through_are_refused(
    asked: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = (Description("Văn thư"),) * (limits.DESCRIPTIONS_SENT + 1)
    monkeypatch.setattr(Reader, "descriptions", Mock(return_value=many))
    job_id = ask(asked, word("Văn thư"), "nhiều.docx")
    work(asked)
    with Session(asked) as session:
        job = session.get_one(Job, job_id)
        assert f"401 bản mô tả, vượt giới hạn {limits.DESCRIPTIONS_SENT}" in (job.refusal or "")
