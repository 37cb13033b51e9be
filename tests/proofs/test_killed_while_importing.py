"""An import of 5,000 rows killed at any point leaves all of them or none."""

import signal
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from catalogue.models import AnnexFile, AnnexRow, PositionVersion, SourceDocument
from tests.docx_kit import docx, table
from tests.making import make_agency
from tests.proofs.conftest import Say, Start
from tests.proofs.ground import assert_sound

pytestmark = pytest.mark.proof
ROWS = 5_000
HEAD = ("TT", "Tên vị trí việc làm", "Ngạch", "Mã vị trí", "Biên chế")
WHILE_READING = ("reading:0.0", "reading:0.3", "reading:0.6")
SHARES_OF_INSERTS = (0.0, 0.25, 0.5, 0.75, 1.0)


@pytest.fixture(scope="module")
def annex(tmp_path_factory: pytest.TempPathFactory) -> Path:
    names = (f"Chuyên viên lĩnh vực thứ {number:04d}" for number in range(1, ROWS + 1))
    rows = ((str(n), name, "Chuyên viên", "", "1") for n, name in enumerate(names, 1))
    path = tmp_path_factory.mktemp("annex") / "phu-luc.docx"
    path.write_bytes(docx(table(HEAD, *rows)))
    return path


@pytest.fixture
def options(
    engine: Engine, annex: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[object, ...]:
    monkeypatch.setenv("CATALOGUE_INSTANCE", str(tmp_path))
    url = engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("CATALOGUE_DATABASE_URL", url)
    with Session(engine) as session:
        make_agency(session, "VP", "Văn phòng")
        session.commit()
    return ("import", "annex", annex, "--source", "1-QĐ/TU", "--agency", "VP")


def rows(engine: Engine) -> tuple[int, int, int, int]:
    """How many documents, files, rows and versions of positions there are."""
    with Session(engine) as session:
        return tuple(  # type: ignore[return-value]
            session.scalars(select(func.count(table.id))).one()
            for table in (SourceDocument, AnnexFile, AnnexRow, PositionVersion)
        )


ALL, NONE = (1, 1, ROWS, ROWS), (0, 0, 0, 0)


def test_all_rows_are_written_or_none(
    engine: Engine, options: tuple[object, ...], start: Start, say: Say
) -> None:
    def die_at(point: str) -> str:
        process = start("annex_importer", point, *options)
        said, _ = process.communicate()
        assert process.returncode == -signal.SIGKILL, point
        return said

    inserts = int(die_at("commit:"))
    assert rows(engine) == NONE
    points = [*WHILE_READING, *(f"insert:{max(1, round(inserts * s))}" for s in SHARES_OF_INSERTS)]
    for point in points:
        die_at(point)
        assert rows(engine) == NONE, point
    die_at("answer:")
    assert rows(engine) == ALL

    began = time.perf_counter()
    again = start("annex_importer", "-", *options)
    again.communicate()
    assert again.returncode == 0
    seconds = time.perf_counter() - began
    assert rows(engine) == ALL
    assert_sound(engine)
    say(
        f"{len(points) + 1} kills up to the commit: 0 rows each; 1 after it: {ROWS} rows; "
        f"the same file again: {seconds:.1f} s, nothing new"
    )
