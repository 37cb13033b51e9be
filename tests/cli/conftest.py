"""Terminals on an empty database, on a new installation, and on the demonstration."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from catalogue.config import Config
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


@pytest.fixture(scope="session")
def one_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("terminal")


@pytest.fixture
def tmp_path(one_folder: Path) -> Path:
    """An empty folder at the same place for every test here: the settings are then the same."""
    for left in one_folder.iterdir():
        shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()
    return one_folder


@pytest.fixture(scope="session")
def apps() -> dict[Config, Flask]:
    """The applications that were made: what one compiled for one test serves all others."""
    return {}


@pytest.fixture
def bare_terminal(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, apps: dict[Config, Flask]
) -> Iterator[Terminal]:
    """A terminal in an empty folder, where no database has been made."""
    terminal = open_terminal(monkeypatch, tmp_path)
    terminal.apps = apps
    yield terminal
    terminal.close()


@pytest.fixture
def new_terminal(bare_terminal: Terminal) -> Terminal:
    """A terminal whose application is made with its first command, which reads the key then."""
    bare_terminal.apps = {}
    return bare_terminal


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


@pytest.fixture
def installed_terminal(bare_terminal: Terminal, installed_sqlite: Path, tmp_path: Path) -> Terminal:
    """A terminal on a new installation in SQLite."""
    shutil.copy(installed_sqlite, tmp_path / "catalogue.db")
    return bare_terminal


@pytest.fixture(params=["sqlite", "postgresql"])
def terminal(request: pytest.FixtureRequest, bare_terminal: Terminal) -> Iterator[Terminal]:
    """A terminal on a new installation, on each kind of database in turn."""
    if request.param == "sqlite":
        yield request.getfixturevalue("installed_terminal")
        return
    template = request.getfixturevalue("installed_postgres")
    cluster: Cluster = request.getfixturevalue("cluster")
    url = cluster.create("terminal", template=template)
    bare_terminal.use(url)
    yield bare_terminal
    bare_terminal.close()
    cluster.drop(url)


@pytest.fixture
def shown(demonstration: Path, bare_terminal: Terminal, tmp_path: Path) -> Terminal:
    """A terminal on a copy of the loaded demonstration."""
    shutil.copy(demonstration / "catalogue.db", tmp_path / "catalogue.db")
    return bare_terminal
