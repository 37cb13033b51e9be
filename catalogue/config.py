"""Settings from the environment, with defaults that suit one machine."""

import os
import re
import secrets
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Self

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from catalogue.domain import push as push_services
from catalogue.domain.errors import CatalogueError

ROOT = Path(__file__).resolve().parent.parent
_KEY_BYTES = 32
_SIGNING_KEY = re.compile(r"[A-Za-z0-9_-]{43}=?")
# How many private keys the curve P-256 has (FIPS 186-4, D.1.2.3): each is a number below it.
_SIGNING_KEYS = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_HOST = re.compile(r"(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*")
# The short forms that hosts of PostgreSQL hand out mean the driver that we pin.
_DRIVERS = {
    "sqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


class BadSetting(CatalogueError):
    """A setting in the environment cannot be read."""


@dataclass(frozen=True, slots=True)
class Smtp:
    """Where letters are handed in; without a user nobody is named to the server."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    sender: str
    starttls: bool


@dataclass(frozen=True, slots=True)
class Push:
    """What notices on devices are signed with, and the push services that are spoken to."""

    private_key: bytes = field(repr=False)
    subject: str
    hosts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Config:
    """What one installation is told from outside; `today` is None outside a demonstration."""

    database_url: str
    instance: Path
    today: date | None
    secure_cookies: bool
    trusted_hosts: tuple[str, ...]
    proxies: int
    smtp: Smtp | None = None
    push: Push | None = None

    @classmethod
    def from_environment(cls) -> Self:
        instance = Path(os.environ.get("CATALOGUE_INSTANCE", ROOT / "instance")).resolve()
        default_url = f"sqlite:///{instance / 'catalogue.db'}"
        hosts = os.environ.get("CATALOGUE_TRUSTED_HOSTS", "localhost,127.0.0.1")
        return cls(
            database_url=_database_url(os.environ.get("CATALOGUE_DATABASE_URL") or default_url),
            instance=instance,
            today=_date("CATALOGUE_TODAY"),
            secure_cookies=os.environ.get("CATALOGUE_HTTPS", "") == "1",
            trusted_hosts=tuple(host.strip() for host in hosts.split(",") if host.strip()),
            proxies=_whole_number("CATALOGUE_PROXIES"),
            smtp=_smtp(),
            push=_push(),
        )

    def secret_key(self) -> bytes:
        """Read the installation's own key, making it the first time; nobody else may read it."""
        path = self.instance / "secret_key"
        self.instance.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return _whole_key(path)
        with os.fdopen(descriptor, "wb") as file:
            key = secrets.token_bytes(_KEY_BYTES)
            file.write(key)
        return key


def _whole_key(path: Path) -> bytes:
    """Read a key, unless a full disk or a killed start left half of it: that would sign nothing."""
    key = path.read_bytes()
    if len(key) < _KEY_BYTES:
        message = f"Tệp khóa «{path}» không trọn vẹn. Hãy xóa tệp này rồi chạy lại."
        raise BadSetting(message)
    return key


def _database_url(text: str) -> str:
    """Settle on the driver; the address itself may hold a password and is never repeated."""
    try:
        url = make_url(text)
        driver = _DRIVERS[url.drivername]
    except (ArgumentError, ValueError, KeyError):
        raise BadSetting(
            "CATALOGUE_DATABASE_URL không đọc được. Hãy viết theo dạng "
            "sqlite:////thư-mục/catalogue.db hoặc "
            "postgresql+psycopg://tên:mật-khẩu@máy-chủ/cơ-sở-dữ-liệu."
        ) from None
    return url.set(drivername=driver).render_as_string(hide_password=False)


def _date(name: str) -> date | None:
    text = os.environ.get(name, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        message = f"{name}=«{text}» không phải là ngày. Hãy viết theo dạng 2024-04-10."
        raise BadSetting(message) from None


def _smtp() -> Smtp | None:
    """Read where letters go; None where no server is named."""
    host = os.environ.get("CATALOGUE_SMTP_HOST", "")
    if not host:
        return None
    sender = os.environ.get("CATALOGUE_SMTP_FROM", "")
    if "@" not in sender:
        raise BadSetting("CATALOGUE_SMTP_FROM cần có địa chỉ gửi thư, như danh-muc@tinh.example.")
    return Smtp(
        host=host,
        port=_whole_number("CATALOGUE_SMTP_PORT", "587"),
        user=os.environ.get("CATALOGUE_SMTP_USER", ""),
        password=os.environ.get("CATALOGUE_SMTP_PASSWORD", ""),
        sender=sender,
        starttls=os.environ.get("CATALOGUE_SMTP_STARTTLS", "1") == "1",
    )


def _push() -> Push | None:
    """Read what notices on devices are signed with; None where no key is named."""
    told = os.environ.get("CATALOGUE_VAPID_PRIVATE_KEY", "")
    if not told:
        return None
    subject = os.environ.get("CATALOGUE_VAPID_SUBJECT", "")
    if not re.fullmatch(r"mailto:[!-~]+@[!-~]+|https://[!-~]+", subject):
        raise BadSetting(
            "CATALOGUE_VAPID_SUBJECT cần có nơi liên hệ, như mailto:quan-tri@tinh.example "
            "hoặc https://tinh.example."
        )
    return Push(_signing_key(told), subject, _push_hosts())


def _signing_key(told: str) -> bytes:
    """Read a key, or the file that holds one; neither is ever repeated in what is said."""
    try:
        text = told if _SIGNING_KEY.fullmatch(told) else Path(told).read_text("ascii").strip()
        key = push_services.decoded(text)
    except (OSError, ValueError):
        key = b""
    if len(key) != _KEY_BYTES or not 0 < int.from_bytes(key, "big") < _SIGNING_KEYS:
        raise BadSetting(
            "CATALOGUE_VAPID_PRIVATE_KEY không phải khóa, cũng không phải tệp chứa khóa. "
            "Hãy chạy «catalogue push-keys» để tạo khóa."
        )
    return key


def _push_hosts() -> tuple[str, ...]:
    told = os.environ.get("CATALOGUE_PUSH_HOSTS") or ",".join(push_services.USUAL_HOSTS)
    hosts = tuple(host.strip().lower() for host in told.split(",") if host.strip())
    if wrong := [host for host in hosts if not _HOST.fullmatch(host)]:
        message = (
            f"CATALOGUE_PUSH_HOSTS: «{wrong[0]}» không phải tên máy. Hãy viết các tên cách nhau "
            "bằng dấu phẩy, như fcm.googleapis.com,*.notify.windows.com."
        )
        raise BadSetting(message)
    return hosts


def _whole_number(name: str, default: str = "0") -> int:
    text = os.environ.get(name) or default
    if text.isascii() and text.isdigit():
        return int(text)
    message = f"{name}=«{text}» không phải là số nguyên."
    raise BadSetting(message)
