"""Imports an annex by the command line and kills itself at the point that it is told."""

import os
import signal
import sys
import time
from threading import Thread
from types import ModuleType
from typing import Any

from sqlalchemy import Engine, event

from catalogue import cli
from catalogue.app import create_app
from catalogue.cli import importing
from catalogue.importers import reading


def die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_while_reading(seconds: float) -> None:
    def wait_and_die() -> None:
        time.sleep(seconds)
        die()

    original = reading.read_annex

    def read(*arguments: Any, **named: Any) -> object:  # noqa: ANN401 (handed on as they are)
        Thread(target=wait_and_die, daemon=True).start()
        return original(*arguments, **named)

    replace(reading, "read_annex", read)


class Inserts:
    """Counts the INSERTs that are about to be sent, and dies at one or at the commit."""

    def __init__(self, last: int | None = None) -> None:
        self.last = last
        self.seen = 0
        event.listen(Engine, "before_cursor_execute", self.count)
        event.listen(Engine, "commit", self.die_at_commit)

    def count(self, *arguments: Any) -> None:  # noqa: ANN401 (the event's own)
        self.seen += arguments[2].startswith("INSERT INTO")
        if self.seen == self.last:
            die()

    def die_at_commit(self, *_: object) -> None:
        sys.stdout.write(str(self.seen))
        sys.stdout.flush()
        die()


def replace(module: ModuleType, name: str, value: object) -> None:
    setattr(module, name, value)


def prepare(point: str) -> None:
    """Lay the trap; `-` lays none."""
    kind, _, amount = point.partition(":")
    if kind == "reading":
        die_while_reading(float(amount))
    elif kind == "insert":
        Inserts(int(amount))
    elif kind == "commit":
        Inserts()
    elif kind == "answer":
        replace(importing, "_annex_outcome", die)


if __name__ == "__main__":
    prepare(sys.argv[1])
    sys.exit(cli.run(sys.argv[2:], create_app))
