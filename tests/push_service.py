"""A push service on the loopback, and a browser behind it that opens what comes."""

import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from catalogue.domain.push import Subscription, decoded, encoded

CURVE = ec.SECP256R1()
# The private key of the worked example in RFC 8291, appendix A: known to everybody.
SIGNING_KEY = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"

HANGS_UP = 0


@dataclass(frozen=True)
class Browser:
    """The keys that one browser made, and how it opens what was sealed for it."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(CURVE))
    secret: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def point(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def subscription(self, endpoint: str) -> Subscription:
        return Subscription(endpoint, self.point, self.secret)

    def told(self, endpoint: str) -> dict[str, str]:
        """What its script sends to the program."""
        keys = {"p256dh": encoded(self.point), "auth": encoded(self.secret)}
        return {"endpoint": endpoint, **keys}

    def open(self, body: bytes) -> bytes:
        """Open a message by the standard's own words, with none of the program's code."""
        salt, size, sender = body[:16], int.from_bytes(body[16:20], "big"), body[21 : 21 + body[20]]
        assert len(body) <= size
        peer = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender)
        info = b"WebPush: info\0" + self.point + sender
        secret = _derived(self.secret, self.key.exchange(ec.ECDH(), peer), info, 32)
        key = _derived(salt, secret, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _derived(salt, secret, b"Content-Encoding: nonce\0", 12)
        padded = AESGCM(key).decrypt(nonce, body[21 + body[20] :], None).rstrip(b"\0")
        assert padded.endswith(b"\x02")
        return padded[:-1]


@dataclass
class PushService:
    """Where it listens, what it answers at each path (else 201), and what came."""

    port: int = 0
    answers: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    senders: list[dict[str, Any]] = field(default_factory=list)

    def endpoint(self, name: str) -> str:
        return f"http://127.0.0.1:{self.port}/{name}"


@contextmanager
def open_push_service() -> Iterator[PushService]:
    service = PushService()

    class Handler(_Handler):
        push_service = service

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        service.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield service
        finally:
            server.shutdown()
            thread.join()


def sender(authorization: str, at: datetime) -> dict[str, Any]:
    """Give what a sender says of itself, its signature checked as a push service checks it."""
    scheme, _, rest = authorization.partition(" ")
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    head, told, signature = parts["t"].split(".")
    key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, decoded(parts["k"]))
    numbers = decoded(signature)
    assert (scheme, len(numbers)) == ("vapid", 64)
    signed = encode_dss_signature(
        int.from_bytes(numbers[:32], "big"), int.from_bytes(numbers[32:], "big")
    )
    key.verify(signed, f"{head}.{told}".encode(), ec.ECDSA(SHA256()))
    assert json.loads(decoded(head)) == {"typ": "JWT", "alg": "ES256"}
    claims: dict[str, Any] = json.loads(decoded(told))
    ends = datetime.fromtimestamp(claims["exp"], UTC)
    assert at < ends <= at + timedelta(hours=24)
    return claims | {"key": parts["k"]}


class _Handler(BaseHTTPRequestHandler):
    push_service: PushService

    def do_POST(self) -> None:
        service = self.push_service
        service.asked.append(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        service.senders.append(sender(self.headers["Authorization"], datetime.now(UTC)))
        assert self.headers["Content-Encoding"] == "aes128gcm"
        assert int(self.headers["TTL"]) > 0
        status = service.answers.get(self.path, 201)
        if status == HANGS_UP:
            return
        if status == 201:
            service.taken.append((self.path, body))
        self.send_response(status)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Keep quiet."""


def _derived(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    drawn = hmac.digest(salt, secret, hashlib.sha256)
    return hmac.digest(drawn, info + b"\x01", hashlib.sha256)[:length]
