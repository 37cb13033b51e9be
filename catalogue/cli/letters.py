"""Letters by e-mail: how one is written, and the server that takes them."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.errors import MessageError
from email.header import Header
from email.mime.text import MIMEText
from email.utils import format_datetime, make_msgid
from typing import Protocol

from catalogue.cli import clock
from catalogue.config import Smtp
from catalogue.domain.errors import CatalogueError

_PATIENCE_SECONDS = 20
# An address that the server or the letter's own format does not take; the others still go out.
UNDELIVERABLE = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPNotSupportedError,
    MessageError,
    ValueError,
)


class NotSent(CatalogueError):
    """The mail server could not be reached or refused a letter."""


class Addressee(Protocol):
    """Whoever a letter goes to."""

    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str | None: ...


def letter(to: Addressee, subject: str, text: str, sender: str) -> MIMEText:
    """Write a letter that says it was sent by a program."""
    written = MIMEText(
        f"Kính gửi {to.name},\n\n{text}\n\n"
        "Thư này do chương trình Danh mục vị trí việc làm gửi tự động.\n"
    )
    # The newer EmailMessage loses a space where it folds a subject that is not plain ASCII.
    written["Subject"] = Header(subject, "utf-8", header_name="Subject").encode()
    written["From"] = sender
    written["To"] = to.email or ""
    written["Date"] = format_datetime(clock.now())
    written["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    written["Auto-Submitted"] = "auto-generated"
    return written


@contextmanager
def connected(smtp: Smtp) -> Iterator[smtplib.SMTP]:
    try:
        with smtplib.SMTP(smtp.host, smtp.port, timeout=_PATIENCE_SECONDS) as server:
            if smtp.starttls:
                server.starttls(context=ssl.create_default_context())
            if smtp.user:
                server.login(smtp.user, smtp.password)
            yield server
    except (smtplib.SMTPException, OSError) as refusal:
        message = (
            f"Không gửi được thư qua {smtp.host}:{smtp.port} ({type(refusal).__name__}). Hãy xem "
            "các biến CATALOGUE_SMTP_… rồi chạy lại; thư đã gửi sẽ không gửi lần nữa."
        )
        raise NotSent(message) from refusal
