"""The whole line in one test: a Word annex in, a Word report out, and the way back."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from docx import Document
from flask import Flask
from sqlalchemy import select

from catalogue import cli
from catalogue.app import create_app
from catalogue.config import ROOT, Config
from catalogue.domain.diary import LineDraft
from catalogue.domain.hours import Month
from catalogue.domain.layout import Letterhead, layout_on
from catalogue.domain.words import UNVERIFIED, SourceState
from catalogue.exporters import description_document, hours_report
from catalogue.extensions import db
from catalogue.importers import description_document as description_document_reader, foundation
from catalogue.models import Position, PositionVersion, Unit
from catalogue.queries import checks, descriptions, hours, reports, tasks, trace
from catalogue.services import founding, logging_work, staffing
from tests.docx_kit import docx, paragraph, table

SEED = ROOT / "seed" / "btctw_2752_2765"
START, DAY, TODAY = date(2024, 1, 1), date(2024, 3, 5), date(2024, 4, 10)
AT = datetime(2024, 4, 10, 1, 0, tzinfo=UTC)
LETTERHEAD = Letterhead("TỈNH ỦY HẬU GIANG", "BAN CHỈ ĐẠO", "BCĐ", "Hậu Giang", TODAY)
ANNEX = docx(
    table(
        ["TT", "Vị trí việc làm", "Ngạch", "Mã", "Biên chế"],
        ["I", "Lãnh đạo, quản lý", "02 vị trí", "", "2"],
        ["1", "Chánh Văn phòng", "Chuyên viên chính", "I.01", "1"],
        ["2", "Phó Chánh Văn phòng", "Chuyên viên", "I.02", "1"],
    )
)
SIGNED = docx(
    table(
        ["Số TT", "Tên vị trí việc làm", "Số lượng"],
        ["I", "Nhóm lãnh đạo, quản lý", ""],
        ["01", "Chánh Văn phòng", "1"],
    )
)
DESCRIPTION = docx(
    paragraph("BẢN MÔ TẢ CÔNG VIỆC"),
    table(["Tên VTVL: Chánh Văn phòng", "Mã vị trí việc làm: I.01"]),
    paragraph("1. Mục tiêu vị trí việc làm"),
    paragraph("Điều hành công việc của Văn phòng."),
    paragraph("2. Các công việc và tiêu chí đánh giá"),
    table(
        ["TT", "Nhiệm vụ, mảng công việc", "Công việc cụ thể", "Sản phẩm đầu ra", "Tiêu chí"],
        ["2.1", "Điều hành", "Chủ trì giao ban tuần", "Biên bản giao ban", "Đúng lịch"],
    ),
)


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    app = create_app(
        Config(
            database_url=database_url,
            instance=tmp_path,
            today=TODAY,
            secure_cookies=False,
            trusted_hosts=("localhost",),
            proxies=0,
        )
    )
    yield app
    with app.app_context():
        db.engine.dispose()


def test_the_straight_line(app: Flask, tmp_path: Path) -> None:  # noqa: PLR0915 (the whole line)
    with app.app_context():
        founding.lay(db.session(), foundation.read(SEED), at=AT)
        founding.establish_units(db.session(), foundation.read(SEED).units, since=START)
        db.session.commit()

    # annex → positions, description → tasks: by the command line, like anybody's file
    annex, described = tmp_path / "phu-luc.docx", tmp_path / "mo-ta.docx"
    annex.write_bytes(ANNEX)
    described.write_bytes(DESCRIPTION)
    since = ("--from", START.isoformat())
    agency = ("--agency", "Văn phòng")
    source = ("--source", "Tham khảo VPTU", "--reference")
    assert cli.run(["import", "annex", str(annex), *source, *agency, *since], lambda: app) == 0
    assert cli.run(["import", "descriptions", str(described), *agency, *since], lambda: app) == 0

    with app.app_context():
        session = db.session()
        # position → person
        office = session.scalars(select(Unit).where(Unit.code == "VPTU")).one()
        chief = session.scalars(select(Position).order_by(Position.id)).first()
        assert chief is not None
        seat = staffing.establish(session, office, chief, headcount=1, since=START)
        person = staffing.add_person(session, "Người Mẫu 001", synthetic=True)
        holder = staffing.assign(session, person, seat, since=START)

        # person → line
        (task,) = tasks.own_tasks(session, holder.person_id, DAY)
        draft = LineDraft(task.task_version_id, minutes=450, product="Biên bản giao ban")
        line = logging_work.log_line(session, draft, day=DAY, today=DAY, by=holder.person_id, at=AT)
        line_id = line.id
        session.commit()

        # line → hours
        (march,) = hours.overall(session, [Month(2024, 3)])
        assert (march.people, march.minutes, march.working_days) == (1, 450, 21)
        assert str(march.hours_per_person) == "7.50"

        # hours → report
        report = reports.hours_report(
            session, [Month(2024, 3)], LETTERHEAD, notes={}, demonstration=True
        )
        printed = words_of(hours_report.write(report, layout=layout_on(TODAY)))
        assert "7,50" in printed
        assert "Văn phòng Tỉnh ủy" in printed

        # line → decision, and the description comes out as it went in
        chain = trace.of_line(session, line_id)
        assert chain is not None
        assert chain.annex_raw == ("1", "Chánh Văn phòng", "Chuyên viên chính", "I.01", "1")
        assert (chain.annex_table, chain.annex_row, chain.mark) == (1, 3, UNVERIFIED)
        agency_id = chief.agency_id
        (again,) = descriptions.of_agency(session, agency_id, DAY)
        (first,) = description_document_reader.read(DESCRIPTION)
        assert replace(again, problems=()) == replace(first, problems=())
        written = description_document.write([again], layout=layout_on(TODAY))
        assert "Chủ trì giao ban tuần" in words_of(written)
        assert {check.broken for check in checks.run(session)} == {0}

    # the signed decision arrives: the mark falls for its rows, the line keeps its chain
    signed = tmp_path / "quyet-dinh.docx"
    signed.write_bytes(SIGNED)
    assert (
        cli.run(["import", "annex", str(signed), "--decision", "2754", *agency], lambda: app) == 0
    )
    with app.app_context():
        session = db.session()
        states = {
            version.name: version.wording_row.file.document.state
            for version in session.scalars(select(PositionVersion).order_by(PositionVersion.id))
        }
        assert states == {
            "Chánh Văn phòng": SourceState.VERIFIED,
            "Phó Chánh Văn phòng": SourceState.REFERENCE,
        }
        kept = trace.of_line(session, line_id)
        assert kept == chain


def words_of(file: bytes) -> str:
    """All the text of a Word file, content controls included."""
    body = Document(io.BytesIO(file)).element.body
    return " ".join(text for text in body.itertext() if text.strip())
