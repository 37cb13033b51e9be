"""A mail server on the loopback that keeps what it is handed, and refuses whom it is told to."""

import socketserver
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread


@dataclass
class Postbox:
    """Where the server listens, what it took, which addresses it refuses, and what it does first.

    `meanwhile` is done before a letter is taken: its sender waits for that long.
    """

    port: int = 0
    letters: list[tuple[str, EmailMessage]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    meanwhile: Callable[[], object] = lambda: None


@contextmanager
def open_postbox() -> Iterator[Postbox]:
    box = Postbox()

    class Handler(_Handler):
        postbox = box

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        box.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()


class _Handler(socketserver.StreamRequestHandler):
    """Speaks as much of RFC 5321 as a client needs to hand a letter in."""

    postbox: Postbox

    def handle(self) -> None:
        self._say("220 loopback")
        recipient = ""
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "RCPT":
                recipient = line.partition("<")[2].partition(">")[0]
                self._say("550 no such mailbox" if recipient in self.postbox.refused else "250 ok")
            elif verb == "DATA":
                self._say("354 go on")
                self._take(recipient)
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _take(self, recipient: str) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        letter = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.postbox.meanwhile()
        self.postbox.letters.append((recipient, letter))
        self._say("250 taken")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())
