"""Notices to devices: the keys that sign them, and handing them in at the push services."""

import ssl
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult

import click

from catalogue.cli import clock
from catalogue.config import Push
from catalogue.domain import push as push_services
from catalogue.domain.errors import CatalogueError, Invalid
from catalogue.domain.push import Subscription
from catalogue.exporters import push_message
from catalogue.queries.notices import FRESH

_PATIENCE_SECONDS = 10
_TAKEN = range(200, 300)
_GONE = (404, 410)


class NotTaken(CatalogueError):
    """A push service could not be reached, or did not take a message."""


class Gone(NotTaken):
    """A push service no longer knows a device."""


@click.command("push-keys")
def push_keys() -> None:
    """Tạo khóa ký thông báo tới thiết bị, in các biến môi trường cần đặt."""
    click.echo(
        f"CATALOGUE_VAPID_PRIVATE_KEY={push_services.encoded(push_message.new_private_key())}"
    )
    click.echo("CATALOGUE_VAPID_SUBJECT=mailto:quan-tri@tinh.example")
    click.echo(
        "Thay địa chỉ liên hệ, đặt hai biến trên cho máy chủ và cho «catalogue notify». Giữ kín "
        "khóa; đổi khóa thì mọi người phải bật lại thông báo trên thiết bị.",
        err=True,
    )


COMMANDS = (push_keys,)


@dataclass
class Courier:
    """Hands messages in; a push service that did not answer is not waited for again."""

    push: Push
    silent: set[str] = field(default_factory=set)

    def hand_in(self, plain: bytes, to: Subscription) -> None:
        """Send one message to one device; raises Gone or NotTaken unless it was taken."""
        try:
            place = push_services.address(to.endpoint, self.push.hosts)
        except Invalid:
            raise NotTaken("dịch vụ thông báo ngoài CATALOGUE_PUSH_HOSTS") from None
        if place.netloc in self.silent:
            raise NotTaken(f"không nối được {place.hostname}")
        status = self._post(place, push_message.sealed(plain, to))
        if status in _GONE:
            raise Gone(f"{place.hostname} không còn biết thiết bị")
        if status not in _TAKEN:
            raise NotTaken(f"{place.hostname} trả lời {status}")

    def _post(self, place: SplitResult, body: bytes) -> int:
        """Give the status of the answer; an address that it points on to is not followed."""
        path = place._replace(scheme="", netloc="").geturl()
        connection = _connection(place)
        try:
            connection.request("POST", path, body, self._headers(place))
            return connection.getresponse().status
        except (OSError, HTTPException):
            self.silent.add(place.netloc)
            raise NotTaken(f"không nối được {place.hostname}") from None
        finally:
            connection.close()

    def _headers(self, place: SplitResult) -> dict[str, str]:
        proof = push_message.proof(place, self.push.private_key, self.push.subject, at=clock.now())
        return {
            "Authorization": proof,
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(int(FRESH.total_seconds())),
        }


def _connection(place: SplitResult) -> HTTPConnection:
    host = place.hostname or ""
    if place.scheme == "https":
        context = ssl.create_default_context()
        return HTTPSConnection(host, place.port, timeout=_PATIENCE_SECONDS, context=context)
    return HTTPConnection(host, place.port, timeout=_PATIENCE_SECONDS)
