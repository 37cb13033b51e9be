"""Ctrl+C ends a command with a sentence, and its reading process with it."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest

from catalogue.importers import reading
from tests.cli.conftest import OFFICE_LIST
from tests.docx_kit import docx
from tests.terminal import Terminal

ROOT = Path(__file__).parents[2]


def test_a_stopped_command_says_that_nothing_was_written(
    bare_terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "read_annex", Mock(side_effect=KeyboardInterrupt))

    answer = bare_terminal("import", "annex", OFFICE_LIST, "--dry-run")

    assert answer.status == 64
    assert answer.err.strip() == "Đã dừng; chưa ghi gì."


def test_the_reading_process_leaves_it_to_its_parent_when_to_end() -> None:
    data = docx("Kính gửi")
    request = {"kind": "annex", "name": "thư.docx", "size": len(data)}
    asked = json.dumps(request).encode() + b"\n" + data
    command = [sys.executable, "-m", "catalogue.importers.child"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        assert child.stdin
        assert child.stdout
        child.stdin.write(asked)
        child.stdin.flush()
        child.stdout.readline()  # it is under way
        child.send_signal(signal.SIGINT)
        child.stdin.write(asked)
        rest, trace = child.communicate(timeout=30)

    assert rest.count(b"\n") >= 1
    assert trace == b""
    assert child.returncode == 0
