"""Many browsers at once: plain HTTP over the loopback, each request timed."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Sent:
    """One form on its way: sent so many seconds after the start, by whom, and saying what."""

    after: float
    cookie: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answered:
    """The status that came back, and the seconds that it took."""

    status: int
    seconds: float


def send_all(port: int, path: str, forms: Sequence[Sent]) -> list[Answered]:
    """Send every form at its own moment and wait for all answers."""

    async def send() -> list[Answered]:
        return await asyncio.gather(*(_send(port, path, form) for form in forms))

    return asyncio.run(send())


def slowest_of_95_percent(answers: Sequence[Answered]) -> float:
    ordered = sorted(answer.seconds for answer in answers)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


async def _send(port: int, path: str, form: Sent) -> Answered:
    await asyncio.sleep(form.after)
    body = urlencode(form.fields).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {form.cookie}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    began = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(head.encode() + body)
    answer = await reader.read()
    seconds = time.perf_counter() - began
    writer.close()
    await writer.wait_closed()
    return Answered(int(answer.split(b" ", 2)[1]), seconds)
