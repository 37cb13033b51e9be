"""Many browsers at once: plain HTTP over the loopback, each request timed."""

import asyncio
import json
import re
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from urllib.parse import urlencode

UNREACHED = 0
_LENGTH = re.compile(r"^Content-Length: ([0-9]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Sent:
    """One request on its way, so many seconds after the start."""

    after: float
    request: bytes


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back, and the seconds that it took; `UNREACHED` where nothing did."""

    status: int
    seconds: float
    text: str


def page(path: str, cookie: str) -> bytes:
    return _request("GET", path, {"Cookie": cookie})


def form(path: str, cookie: str, fields: Mapping[str, str]) -> bytes:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return _request("POST", path, {"Cookie": cookie} | kind, urlencode(fields).encode())


def told_as_json(path: str, cookie: str, token: str, content: object) -> bytes:
    headers = {"Cookie": cookie, "X-CSRFToken": token, "Content-Type": "application/json"}
    return _request("POST", path, headers, json.dumps(content).encode())


def send_all(port: int, requests: Sequence[Sent]) -> list[Answered]:
    """Send every request at its own moment and wait for all answers.

    A process of its own does so, with little in it: what a test has in memory would slow it down.
    """
    return _sender().submit(_send_all, port, requests).result()


def slowest_of_95_percent(answers: Sequence[Answered]) -> float:
    ordered = sorted(answer.seconds for answer in answers)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


@cache
def _sender() -> ProcessPoolExecutor:
    """Start the process once: what is timed begins when it is asked to send."""
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))


def _request(method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> bytes:
    around = {"Host": "127.0.0.1", "Content-Length": str(len(body)), "Connection": "close"}
    lines = [f"{name}: {value}" for name, value in {**headers, **around}.items()]
    return "\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", ""]).encode() + body


def _send_all(port: int, requests: Sequence[Sent]) -> list[Answered]:
    async def send() -> list[Answered]:
        return await asyncio.gather(*(_send(port, each) for each in requests))

    return asyncio.run(send())


async def _send(port: int, sent: Sent) -> Answered:
    await asyncio.sleep(sent.after)
    began = time.perf_counter()
    try:
        answer = await _exchange(port, sent.request)
    except ConnectionError:
        answer = ""
    if _breaks_off(answer):
        answer = ""
    seconds = time.perf_counter() - began
    return Answered(int(answer.split(" ", 2)[1]) if answer else UNREACHED, seconds, answer)


def _breaks_off(answer: str) -> bool:
    """Tell whether the server ended before all of its answer was out: to a browser that is none."""
    head, ended, body = answer.partition("\r\n\r\n")
    promised = _LENGTH.search(head)
    return not ended or (promised is not None and len(body.encode()) < int(promised[1]))


async def _exchange(port: int, request: bytes) -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        return (await reader.read()).decode()
    finally:
        writer.close()
