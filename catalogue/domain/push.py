"""Notices on devices: which push services are spoken to, and what a browser hands in of itself."""

import base64
import binascii
import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from catalogue.domain.errors import Invalid

# Where the browsers in use have their messages handed in; `*.` stands for any name below.
USUAL_HOSTS = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    "*.notify.windows.com",
    "web.push.apple.com",
)
_BROWSERS = {
    "googleapis.com": "Chrome hoặc trình duyệt cùng họ",
    "mozilla.com": "Firefox",
    "windows.com": "Edge",
    "apple.com": "Safari",
}
LONGEST_ENDPOINT = 2000
MOST_DEVICES = 10
_LOOPBACK = ("127.0.0.1", "localhost")
_HTTPS_PORT = 443
_PLAIN = re.compile(r"[!-\[\]-~]+")  # visible ASCII; a backslash is read in two ways
_CODED = re.compile(r"[A-Za-z0-9_-]+={0,2}")


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where one browser takes messages, and the keys that only it can open them with."""

    endpoint: str
    key: bytes
    secret: bytes


def encoded(data: bytes) -> str:
    """Write bytes as base64url without padding, as the web's push standards do."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Read base64url, padded or not; raises ValueError for anything else."""
    if not _CODED.fullmatch(text):
        raise ValueError("not base64url")
    bare = text.rstrip("=")
    try:
        return base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    except binascii.Error:
        raise ValueError("not base64url") from None


def address(endpoint: str, hosts: Collection[str]) -> SplitResult:
    """Take an endpoint apart; raises Invalid unless it is a push service that is spoken to.

    The browser chooses this address and the server sends to it: any other host would let a
    stranger point our requests at machines that only the server reaches.
    """
    if len(endpoint) <= LONGEST_ENDPOINT and _PLAIN.fullmatch(endpoint):
        parts = _split(endpoint)
        if parts and _is_known(parts, hosts):
            return parts
    raise Invalid(
        "Thiết bị: dịch vụ thông báo của trình duyệt này chưa được chương trình chấp nhận. "
        "Hãy dùng trình duyệt khác, hoặc đề nghị người cài đặt xem CATALOGUE_PUSH_HOSTS."
    )


def browser(endpoint: str) -> str:
    """Name the browser whose maker runs the push service; its host where that is not known."""
    host = urlsplit(endpoint).hostname or ""
    return next((name for end, name in _BROWSERS.items() if host.endswith(end)), host)


def _split(endpoint: str) -> SplitResult | None:
    try:
        parts = urlsplit(endpoint)
        named = parts.port is not None or ":" not in parts.netloc
    except ValueError:
        return None
    return parts if named and "@" not in parts.netloc and not parts.fragment else None


def _is_known(parts: SplitResult, hosts: Collection[str]) -> bool:
    host = parts.hostname or ""
    if host in _LOOPBACK:
        return host in hosts and parts.scheme in ("http", "https")
    safe = parts.scheme == "https" and parts.port in (None, _HTTPS_PORT)
    return safe and any(_matches(host, each) for each in hosts)


def _matches(host: str, wanted: str) -> bool:
    if wanted.startswith("*."):
        return host.endswith(wanted[1:]) and host != wanted[1:]
    return host == wanted
