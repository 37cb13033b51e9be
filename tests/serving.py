"""The real server over a database made by a test, started as an installation starts it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest
from flask_migrate import stamp

from catalogue.app import create_app
from catalogue.config import Config, Push
from catalogue.domain.push import encoded
from catalogue.extensions import db

ROOT = Path(__file__).parents[1]
_PATIENCE = 90


@contextmanager
def serving(config: Config) -> Iterator[int]:
    """Serve the tables that `config` names, made by the models; yield the port on loopback."""
    app = create_app(config)
    with app.app_context():
        stamp()
        db.engine.dispose()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    program = "from catalogue.app import main; main()"
    command = [sys.executable, "-c", program, "serve", "--port", str(port)]
    environment = os.environ | _settings(config)
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(port)
            yield port
        finally:
            server.send_signal(signal.SIGTERM)


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


def _wait_for(port: int) -> None:
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
