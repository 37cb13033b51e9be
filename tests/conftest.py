"""What every test may ask for: a database of either kind, made fresh, and the tools that CI has."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.orm import Session
from xdist.remote import Producer

from catalogue.cli import serving
from catalogue.models import Base, sqlite
from tests import scratch
from tests.dealing import ByFolder, place
from tests.postgres import Cluster, postgres_binaries
from tests.terminal import open_terminal

REQUIRE_ALL = os.environ.get("CATALOGUE_REQUIRE_ALL") == "1"


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Begin before pytest makes its own folder; workers are started from here and follow."""
    if (folder := scratch.set_up()) is not None:
        config.add_cleanup(lambda: scratch.take_away(folder))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: place(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFolder | None:
    if config.getvalue("dist") != "loadscope":
        return None
    config.option.loadscopereorder = False  # ours is the order to keep, not the scopes' sizes
    return ByFolder(config, log)


def missing(what: str) -> None:
    """Skip with one visible line, or fail where nothing may be missing."""
    if REQUIRE_ALL:
        pytest.fail(f"{what} is missing and CATALOGUE_REQUIRE_ALL=1")
    pytest.skip(f"{what} is not installed here")


@pytest.fixture(scope="session")
def soffice() -> str:
    found = shutil.which("soffice")
    if found is None:
        missing("LibreOffice")
    assert found
    return found


@pytest.fixture(scope="session")
def chromium() -> str:
    found = shutil.which("chromium")
    if found is None:
        missing("Chromium")
    assert found
    return found


@pytest.fixture(scope="session")
def cluster(request: pytest.FixtureRequest) -> Iterator[Cluster]:
    """One PostgreSQL server of our own on a free port of the loopback, ended with the tests.

    Proofs have one that waits for the disk: what they prove is of such a server.
    """
    binaries = postgres_binaries()
    if binaries is None:
        missing("PostgreSQL")
    assert binaries
    proving = any(item.get_closest_marker("proof") for item in request.session.items)
    # Not below pytest's folder: every other pytest run closes that one to other users.
    with (
        TemporaryDirectory(prefix="catalogue-postgres-", ignore_cleanup_errors=True) as folder,
        Cluster(binaries, Path(folder), durable=proving) as running,
    ):
        yield running


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What each test's SQLite database is a copy of: all tables and no rows."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    _create_tables(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(cluster: Cluster) -> str:
    """What each test's PostgreSQL database is a copy of."""
    _create_tables(cluster.create("empty"))
    return "empty"


@pytest.fixture(scope="session")
def address_in_sqlite(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('fresh') / 'catalogue.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A copy of the template, of each kind in turn.

    Each test has a new one, at the address where the last test had its own: see `engines`.
    """
    if request.param == "sqlite":
        address: str = request.getfixturevalue("address_in_sqlite")
        folder = Path(make_url(address).database or "").parent
        for left in folder.iterdir():
            left.unlink()
        shutil.copy(request.getfixturevalue("sqlite_template"), folder / "catalogue.db")
        yield address
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    url = cluster.create("fresh", template=request.getfixturevalue("postgres_template"))
    yield url
    cluster.drop(url)


@pytest.fixture(scope="session")
def engines() -> dict[str, Engine]:
    """One engine for each kind of database: what it compiled for one test serves all others.

    Compiling the statements anew takes most tests longer than carrying them out.
    """
    return {}


@pytest.fixture
def engine(database_url: str, engines: dict[str, Engine]) -> Iterator[Engine]:
    if database_url not in engines:
        engines[database_url] = create_engine(database_url, query_cache_size=2000)
        sqlite.prepare(engines[database_url])
    yield engines[database_url]
    engines[database_url].dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the loaded demonstration: catalogue.db, printed.txt, out/*.docx.

    Loading takes its time, so all workers of one run share one load; copy before writing.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder = shared / "demonstration"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "printed.txt").exists():
            load_demonstration(folder)
    return folder


def load_demonstration(folder: Path) -> None:
    with pytest.MonkeyPatch.context() as environment:
        environment.setattr(serving, "ROOT", folder)  # where out/ is made
        terminal = open_terminal(environment, folder)
        answer = terminal("demo")
        terminal.close()
    assert answer.status == 0, answer.err
    (folder / "printed.txt").write_text(answer.out)


def _create_tables(url: str) -> None:
    engine = create_engine(url)
    sqlite.prepare(engine)
    Base.metadata.create_all(engine)
    engine.dispose()
