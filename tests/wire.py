"""A wire between a browser and a server whose answers can be held, that can be cut and joined."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Wire:
    """Carries what comes to `port` on to the server, unless it is cut."""

    def __init__(self, server: int) -> None:
        self.whole = True
        self._answering = threading.Event()
        self._answering.set()
        self._server = server
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def cut(self) -> None:
        """Break what is open, and answer nothing from now on."""
        self.whole = False
        for each in self._open:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def join(self) -> None:
        self.whole = True

    def hold(self) -> None:
        """Let what is sent reach the server, and no answer come back until `release`."""
        self._answering.clear()

    def release(self) -> None:
        self._answering.set()

    def close(self) -> None:
        self.cut()
        self.release()
        self._listener.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                self._carry(self._listener.accept()[0])

    def _carry(self, browser: socket.socket) -> None:
        if not self.whole:
            browser.close()
            return
        server = socket.create_connection(("127.0.0.1", self._server))
        self._open += [browser, server]
        for source, target in ((browser, server), (server, browser)):
            threading.Thread(target=self._pump, args=(source, target), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError), source, target:
            while data := source.recv(65_536):
                if source.getpeername()[1] == self._server:
                    self._answering.wait()
                target.sendall(data)


@contextmanager
def wire_to(server: int) -> Iterator[Wire]:
    wire = Wire(server)
    try:
        yield wire
    finally:
        wire.close()
