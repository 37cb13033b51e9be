"""Terminals on an empty database, on a new installation, and on the demonstration."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docx_kit import docx, table
from tests.postgres import Cluster
from tests.terminal import Terminal, open_terminal

SEED = Path(__file__).parents[2] / "seed" / "btctw_2752_2765"
OFFICE_LIST = SEED / "annexes" / "van-phong-tinh-uy.docx"
OFFICE_DESCRIPTIONS = SEED / "descriptions" / "van-phong-tinh-uy.docx"
DICTIONARY = SEED / "dictionaries" / "lanh-dao-quan-ly.docx"
HEAD = ("TT", "Tên vị trí việc làm", "Ngạch", "Mã vị trí", "Biên chế")


def annex_file(path: Path, *names: str) -> Path:
    """A small signed annex: one group, one numbered row a name."""
    rows = [(str(no), name, "Chuyên viên", f"VP-{no:02d}", "1") for no, name in enumerate(names, 1)]
    group = ("I", "Vị trí nghiệp vụ chuyên ngành", "", "", "")
    path.write_bytes(docx("PHỤ LỤC", "Danh mục vị trí việc làm", table(HEAD, group, *rows)))
    return path


@pytest.fixture
def bare_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Terminal]:
    """A terminal in a new folder, where no database has been made."""
    terminal = open_terminal(monkeypatch, tmp_path)
    yield terminal
    terminal.close()


@pytest.fixture(scope="session")
def installed_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    with pytest.MonkeyPatch.context() as environment:
        terminal = open_terminal(environment, folder)
        assert terminal("init").status == 0
        terminal.close()
    return folder / "catalogue.db"


@pytest.fixture(scope="session")
def installed_postgres(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> str:
    url = cluster.create("installed")
    with pytest.MonkeyPatch.context() as environment:
        terminal = open_terminal(environment, tmp_path_factory.mktemp("installed"))
        terminal.use(url)
        assert terminal("init").status == 0
        terminal.close()
    return "installed"


@pytest.fixture(params=["sqlite", "postgresql"])
def terminal(
    request: pytest.FixtureRequest, bare_terminal: Terminal, tmp_path: Path
) -> Iterator[Terminal]:
    """A terminal on a new installation, on each kind of database in turn."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("installed_sqlite"), tmp_path / "catalogue.db")
        yield bare_terminal
        return
    template = request.getfixturevalue("installed_postgres")
    cluster: Cluster = request.getfixturevalue("cluster")
    url = cluster.create(None, template=template)
    bare_terminal.use(url)
    yield bare_terminal
    bare_terminal.close()
    cluster.drop(url)


@pytest.fixture
def shown(demonstration: Path, bare_terminal: Terminal, tmp_path: Path) -> Terminal:
    """A terminal on a copy of the loaded demonstration."""
    shutil.copy(demonstration / "catalogue.db", tmp_path / "catalogue.db")
    return bare_terminal
