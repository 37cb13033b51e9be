"""The one door through which files are read: each in a child process, its records brought back."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from catalogue.domain import (
    annex,
    annotations,
    competency,
    description,
    diary_sheet,
    exchange,
    limits,
    remarks,
)
from catalogue.domain.annex import Annex
from catalogue.domain.annotations import Annotations
from catalogue.domain.competency import Dictionary
from catalogue.domain.description import Description
from catalogue.domain.diary_columns import DiaryColumn
from catalogue.domain.diary_sheet import SheetFile
from catalogue.domain.errors import UnreadableFile
from catalogue.domain.exchange import Framework
from catalogue.domain.remarks import ReturnedPack
from catalogue.importers import old_word, refusals
from catalogue.importers.word import Progress

_ROOT = Path(__file__).parents[2]
# Nothing else of the environment reaches the child: it may hold the application's secrets.
_PASSED_ON = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL")


def read_annex(data: bytes, name: str, progress: Progress | None = None) -> Annex:
    """Read one annex of positions; raises UnreadableFile with the reason in Vietnamese."""
    with Reader() as reader:
        return reader.annex(data, name, progress)


def read_descriptions(
    data: bytes, name: str, progress: Progress | None = None
) -> tuple[Description, ...]:
    """Read one file of job descriptions; raises UnreadableFile likewise."""
    with Reader() as reader:
        return reader.descriptions(data, name, progress)


def read_dictionary(data: bytes, name: str, progress: Progress | None = None) -> Dictionary:
    """Read one competency dictionary; raises UnreadableFile likewise."""
    with Reader() as reader:
        return reader.dictionary(data, name, progress)


def read_framework(data: bytes, name: str) -> Framework:
    """Read one exchanged dictionary, CASE or Moodle; raises UnreadableFile likewise."""
    with Reader() as reader:
        return reader.framework(data, name)


def read_review_pack(data: bytes, name: str, progress: Progress | None = None) -> ReturnedPack:
    """Read a review pack that came back; raises UnreadableFile likewise."""
    with Reader() as reader:
        return reader.review_pack(data, name, progress)


class Reader:
    """A child process that reads many files in a row, begun again should one of them kill it."""

    def __init__(self, *, seconds: float = limits.READER_SECONDS) -> None:
        self._seconds = seconds
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def annex(self, data: bytes, name: str, progress: Progress | None = None) -> Annex:
        return annex.from_json(self._read("annex", data, name, progress))

    def descriptions(
        self, data: bytes, name: str, progress: Progress | None = None
    ) -> tuple[Description, ...]:
        plain = self._read("descriptions", data, name, progress)
        return tuple(map(description.from_json, plain))

    def dictionary(self, data: bytes, name: str, progress: Progress | None = None) -> Dictionary:
        return competency.from_json(self._read("dictionary", data, name, progress))

    def framework(self, data: bytes, name: str) -> Framework:
        return exchange.from_json(self._read("framework", data, name, None))

    def review_pack(self, data: bytes, name: str, progress: Progress | None = None) -> ReturnedPack:
        return remarks.from_json(self._read("review pack", data, name, progress))

    def description_annotations(
        self, data: bytes, name: str, progress: Progress | None = None
    ) -> Annotations:
        """Read what people wrote beside the text of a file of job descriptions."""
        plain = self._read("description annotations", data, name, progress)
        return annotations.from_json(plain)

    def diary(
        self,
        data: bytes,
        name: str,
        aliases: Mapping[str, DiaryColumn],
        encoding: str | None = None,
    ) -> SheetFile:
        """Read one diary kept in a spreadsheet; `encoding` is one before Unicode that was told."""
        given = {"aliases": dict(aliases), "encoding": encoding}
        (file,) = diary_sheet.from_json(self._read("diary", data, name, None, given))
        return file

    def close(self) -> None:
        """End the child; a further file would begin another."""
        if self._child is not None:
            self._child.end()
            self._child = None

    def _read(
        self,
        kind: str,
        data: bytes,
        name: str,
        progress: Progress | None,
        given: Mapping[str, object] | None = None,
    ) -> Any:  # noqa: ANN401 (what JSON holds)
        if len(data) > limits.UPLOAD_BYTES:
            raise refusals.too_big(name, len(data))
        if old_word.is_old_word(data):
            data = old_word.converted(data, name)
        request = {"kind": kind, "name": name, "size": len(data), "given": given or {}}
        answer = self._ask(request, data, progress)
        if answer is None:
            raise refusals.exhausts(name)
        if "fault" in answer:
            raise RuntimeError(f"the reader failed on {name!r}:\n{answer['fault']}")
        if "refused" in answer:
            raise UnreadableFile(answer["refused"])
        return answer["record"]

    def _ask(
        self, request: dict[str, Any], data: bytes, progress: Progress | None
    ) -> dict[str, Any] | None:
        """Send a file and wait for the answer; None where the child dies over it."""
        self._child = self._child or _Child()
        timer = threading.Timer(self._seconds, self._child.process.kill)
        timer.start()
        answer = None
        try:
            answer = self._child.ask(request, data, progress)
        finally:
            timer.cancel()
            if answer is None:  # dead, or left in the middle of an answer
                self.close()
        return answer


class _Child:
    """The process and its two pipes."""

    def __init__(self) -> None:
        environment = {key: os.environ[key] for key in _PASSED_ON if key in os.environ}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "catalogue.importers.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment | {"PYTHONPATH": str(_ROOT)},
        )

    def ask(
        self, request: dict[str, Any], data: bytes, progress: Progress | None
    ) -> dict[str, Any] | None:
        """Give the child's answer to one file, None where there is none."""
        if self.process.stdin is None or self.process.stdout is None:
            return None
        with suppress(OSError):  # a child that died closes its end; its silence says so below
            self.process.stdin.write(json.dumps(request).encode() + b"\n" + data)
            self.process.stdin.flush()
        for line in self.process.stdout:
            if not line.endswith(b"\n"):
                return None
            answer: dict[str, Any] = json.loads(line)
            if "progress" not in answer:
                return answer
            if progress is not None:
                progress(*answer["progress"])
        return None

    def end(self) -> None:
        self.process.kill()
        with suppress(OSError):
            self.process.communicate()
