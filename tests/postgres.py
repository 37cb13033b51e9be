"""A PostgreSQL server of the tests' own, on a free port, never as root."""

import os
import shutil
import socket
import subprocess
import uuid
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

_USER = "catalogue"


def postgres_binaries() -> Path | None:
    """Find the folder with initdb and pg_ctl, the newest of Debian's or the one on PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: p.parts[-3])
    found = str(debian[-1]) if debian else shutil.which("initdb")
    return Path(found).parent if found else None


class Cluster:
    """A throw-away server; a context manager that ends what it started.

    Only a `durable` one waits for the disk, as an installation's does.
    """

    def __init__(self, binaries: Path, folder: Path, *, durable: bool = False) -> None:
        self.durable = durable
        self.binaries = binaries
        self.data = folder / "data"
        self.port = _free_port()
        self.url = f"postgresql+psycopg://{_USER}@127.0.0.1:{self.port}"
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")

    def __enter__(self) -> Self:
        self._run("initdb", "-D", self.data, "-U", _USER, "-A", "trust", "-E", "UTF8", "--no-sync")
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' "
            "-c max_connections=60"
        )
        if not self.durable:
            options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
            # Databases that live for one test leave nothing to clean up after, nor to restore.
            options += " -c autovacuum=off -c wal_level=minimal -c max_wal_senders=0"
        log = self.data.parent / "log"
        self._run("pg_ctl", "-D", self.data, "-l", log, "-o", options, "-w", "start")
        engine = create_engine(f"{self.url}/postgres", isolation_level="AUTOCOMMIT")
        self._steward = engine.connect()  # one for all: a connection costs as much as a small test
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._steward.close()
        self._steward.engine.dispose()
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "stop")

    def create(self, name: str | None, *, template: str = "template1") -> str:
        """Make a database like the template; answers its address."""
        name = name or f"t{uuid.uuid4().hex}"
        # Copying the template's files, where its pages through the log would be the default.
        how = f'TEMPLATE "{template}" STRATEGY file_copy'
        self._steward.execute(text(f'CREATE DATABASE "{name}" {how}'))
        return f"{self.url}/{name}"

    def drop(self, url: str) -> None:
        name = make_url(url).database
        self._steward.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))

    def _run(self, program: str, *arguments: str | Path) -> None:
        command = [str(self.binaries / program), *map(str, arguments)]
        if os.geteuid() == 0:
            command = [
                "setpriv",
                "--reuid=postgres",
                "--regid=postgres",
                "--clear-groups",
                *command,
            ]
        subprocess.run(command, check=True, capture_output=True, cwd=self.data.parent)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
