"""Databases and figures of the longer proofs."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.proofs.ground import Ground, lay

ROOT = Path(__file__).parents[2]
Say = Callable[[str], None]
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> Say:
    """Print what was measured, past pytest's capture."""

    def say(words: str) -> None:
        with capsys.disabled():
            print(f"\n    {request.node.name}: {words}", flush=True)  # noqa: T201 (the figures)

    return say


@pytest.fixture
def ground(engine: Engine) -> Ground:
    with Session(engine) as session:
        return lay(session, people=1)


@pytest.fixture
def start() -> Start:
    """Start one of the programs of this folder in a process of its own, to be killed."""

    def start(program: str, *arguments: object) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", f"tests.proofs.{program}", *map(str, arguments)]
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    return start
