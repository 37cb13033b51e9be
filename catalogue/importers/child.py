"""The process in which files are read, so that a hostile one takes no other down with it.

It answers on standard output, one line of JSON each: how far it has come, then the record, the
refusal, or the trace of a fault. On standard input come a line of JSON and the bytes of a file.
"""

import json
import signal
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any, BinaryIO

from catalogue.domain import (
    annex,
    annotations,
    competency,
    description,
    diary_sheet as diaries,
    exchange,
    limits,
    remarks,
)
from catalogue.domain.errors import UnreadableFile
from catalogue.importers import (
    competency_dictionary,
    description_annotations,
    description_document,
    diary_sheet,
    exchanged,
    position_annex,
    refusals,
    review_pack,
)

if sys.platform != "win32":
    import resource

# One line a kind of file: how it is read and how its record is laid out.
# What else the sender says of a file comes by name.
_KINDS: dict[str, Callable[..., Any]] = {
    "annex": lambda data, name, progress: annex.as_json(
        position_annex.read(data, name, progress=progress)
    ),
    "descriptions": lambda data, name, progress: [
        description.as_json(one)
        for one in description_document.read(data, name=name, progress=progress)
    ],
    "description annotations": lambda data, name, _: annotations.as_json(
        description_annotations.read(data, name)
    ),
    "dictionary": lambda data, name, progress: competency.as_json(
        competency_dictionary.read(data, name=name, progress=progress)
    ),
    "framework": lambda data, name, _: exchange.as_json(exchanged.read(data, name)),
    "review pack": lambda data, name, progress: remarks.as_json(
        review_pack.read(data, name, progress)
    ),
    "diary": lambda data, name, _, **given: diaries.as_json(
        [diary_sheet.read(data, name, **given)]
    ),
}


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Read file after file until there are no more requests."""
    while line := requests.readline():
        request = json.loads(line)
        data = requests.read(request["size"])
        _limit_seconds()
        _tell(answers, _answer(request, data, answers))


def _answer(request: dict[str, Any], data: bytes, answers: BinaryIO) -> dict[str, Any]:
    kind, name = request["kind"], request["name"]

    def progress(done: int, total: int, rows: int) -> None:
        _tell(answers, {"progress": [done, total, rows]})

    try:
        return {"record": _KINDS[kind](data, name, progress, **request["given"])}
    except UnreadableFile as refusal:
        return {"refused": str(refusal)}
    except (MemoryError, RecursionError):
        return {"refused": str(refusals.exhausts(name))}
    except Exception:  # noqa: BLE001 (a fault is the parent's to report, with its trace)
        return {"fault": traceback.format_exc()}


def _tell(answers: BinaryIO, message: dict[str, Any]) -> None:
    answers.write(json.dumps(message, ensure_ascii=False).encode() + b"\n")
    answers.flush()


def _limit_memory() -> None:
    if sys.platform != "win32":
        limit = limits.READER_MEMORY_BYTES
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _limit_seconds() -> None:
    """Give the next file its own seconds of processor time; those before it do not count."""
    if sys.platform != "win32":
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        spent = int(time.process_time()) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (spent + limits.READER_CPU_SECONDS, hard))


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the parent, which ends us
    _limit_memory()
    serve(sys.stdin.buffer, sys.stdout.buffer)
