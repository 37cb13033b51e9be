"""The real server over a database made by a test, started as an installation starts it."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest
from flask_migrate import stamp
from werkzeug.serving import make_server

from catalogue.app import create_app
from catalogue.config import Config, Push
from catalogue.domain.push import encoded
from catalogue.extensions import db

ROOT = Path(__file__).parents[1]
_PATIENCE = 90


@contextmanager
def serving(config: Config) -> Iterator[int]:
    """Serve the tables that `config` names, made by the models; yield the port on loopback."""
    stamp_tables(config)
    port = free_port()
    with start_server(config, port) as server:
        try:
            wait_for(port)
            yield port
        finally:
            server.send_signal(signal.SIGTERM)


@contextmanager
def serving_here(config: Config) -> Iterator[int]:
    """Serve from this process, without the worker beside: there at once, where pages suffice."""
    app = create_app(config)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            db.engine.dispose()


def stamp_tables(config: Config) -> None:
    """Say that the tables, made by the models, are those of the last revision."""
    app = create_app(config)
    with app.app_context():
        stamp()
        db.engine.dispose()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start_server(config: Config, port: int) -> "subprocess.Popen[bytes]":
    """Start it in a process group of its own, which can be killed as a whole."""
    program = "from catalogue.app import main; main()"
    command = [sys.executable, "-c", program, "serve", "--port", str(port)]
    environment = os.environ | _settings(config)
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL, start_new_session=True
    )


def _settings(config: Config) -> dict[str, str]:
    return {
        "CATALOGUE_INSTANCE": str(config.instance),
        "CATALOGUE_DATABASE_URL": config.database_url,
        "CATALOGUE_TODAY": config.today.isoformat() if config.today else "",
        "CATALOGUE_HTTPS": "",
        **_push_settings(config.push),
    }


def _push_settings(push: Push | None) -> dict[str, str]:
    if push is None:
        return {"CATALOGUE_VAPID_PRIVATE_KEY": ""}
    return {
        "CATALOGUE_VAPID_PRIVATE_KEY": encoded(push.private_key),
        "CATALOGUE_VAPID_SUBJECT": push.subject,
        "CATALOGUE_PUSH_HOSTS": ",".join(push.hosts),
    }


def wait_for(port: int) -> None:
    """Wait until the server answers."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/suc-khoe")
            assert connection.getresponse().read() == b"ok"
        except (OSError, HTTPException):
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    pytest.fail(f"the server did not start within {_PATIENCE} seconds")
