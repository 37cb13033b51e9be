"""`catalogue demo`, `run`, `serve`: what is loaded where, and whose port it is."""

import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from gunicorn.app import wsgiapp
from sqlalchemy import Pool, event
from werkzeug.serving import make_server

from catalogue.app import create_app
from catalogue.cli import serving
from tests.terminal import Terminal

EVERYWHERE = "0.0.0.0"  # noqa: S104 (it is refused before anything listens)


class Stranger(BaseHTTPRequestHandler):
    """Another program, which knows none of our addresses."""

    def do_GET(self) -> None:
        self.send_error(404)

    def log_message(self, *words: object) -> None:
        """Keep quiet on the standard error that the test reads."""


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


@contextmanager
def listening(server: HTTPServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def listened(target: object, name: str, listener: Callable[..., None]) -> Iterator[None]:
    event.listen(target, name, listener)
    try:
        yield
    finally:
        event.remove(target, name, listener)


@pytest.mark.parametrize("command", ["run", "serve"])
def test_a_port_that_a_stranger_holds_is_left_to_him(
    bare_terminal: Terminal, tmp_path: Path, port: int, command: str
) -> None:
    with listening(HTTPServer(("127.0.0.1", port), Stranger)):
        answer = bare_terminal(command, "--port", str(port))

    assert answer.status == 65
    assert answer.err == (
        f"Cổng {port} đang có chương trình khác dùng. "
        f"Hãy chọn cổng khác: make run PORT={port + 1}\n"
    )
    assert not (tmp_path / "catalogue.db").exists()


@pytest.mark.parametrize(
    "command",
    [("run",), ("serve",), ("serve", "--host", EVERYWHERE)],
    ids=" ".join,
)
def test_a_second_start_says_where_the_first_one_runs(
    bare_terminal: Terminal, port: int, command: tuple[str, ...]
) -> None:
    ours = make_server("127.0.0.1", port, create_app(), threaded=True)
    with listening(ours):
        answer = bare_terminal(*command, "--port", str(port))

    assert answer.status == 65
    assert answer.err == f"Chương trình đã chạy rồi: mở http://127.0.0.1:{port}\n"


def test_a_place_that_is_not_this_machine_cannot_be_listened_on(
    bare_terminal: Terminal, port: int
) -> None:
    answer = bare_terminal("serve", "--host", "192.0.2.1", "--port", str(port))

    assert answer.status == 65
    assert f"Không mở được cổng {port}" in answer.err


def test_no_connection_is_left_for_the_servers_processes_to_share(
    terminal: Terminal, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "start_beside", lambda: None)
    monkeypatch.setattr(sys, "argv", [])
    opened, at_start = list[object](), list[object]()
    monkeypatch.setattr(wsgiapp, "run", lambda: at_start.extend([len(opened), *sys.argv]))
    with (
        listened(Pool, "connect", lambda raw, _: opened.append(raw)),
        listened(Pool, "close", lambda raw, _: opened.remove(raw)),
    ):
        answer = terminal("serve", "--port", str(port))

    assert answer.status == 0
    assert at_start[:4] == [0, "gunicorn", "--bind", f"127.0.0.1:{port}"]


def test_the_demonstration_is_not_loaded_over_real_data(terminal: Terminal) -> None:
    answer = terminal("demo")

    assert (answer.status, answer.out) == (65, "")
    assert "đã có dữ liệu thật" in answer.err
    assert terminal("coverage").out.endswith("0/14\n")


def test_a_second_load_changes_nothing(shown: Terminal, tmp_path: Path) -> None:
    before = (tmp_path / "catalogue.db").read_bytes()

    answer = shown("demo")

    assert (answer.status, answer.out) == (0, "Bản trình diễn đã có sẵn; không thay đổi gì.\n")
    assert (tmp_path / "catalogue.db").read_bytes() == before


def test_a_demonstration_is_no_installation(shown: Terminal) -> None:
    assert shown("init").status == 65
