"""The subscription that a browser hands in as JSON: read strictly, its address and keys checked."""

from collections.abc import Collection, Mapping
from typing import Any

from catalogue.domain import push
from catalogue.domain.errors import Invalid
from catalogue.exporters import push_message

_FIELDS = {"endpoint", "p256dh", "auth"}
_SECRET_BYTES = 16


def subscription(content: Mapping[str, Any], hosts: Collection[str]) -> push.Subscription:
    """Read what a browser says of itself; raises Invalid unless it can be written to."""
    if set(content) != _FIELDS or not all(isinstance(each, str) for each in content.values()):
        raise _unreadable()
    push.address(content["endpoint"], hosts)
    key, secret = _bytes(content["p256dh"]), _bytes(content["auth"])
    if not push_message.is_browser_key(key) or len(secret) != _SECRET_BYTES:
        raise _unreadable()
    return push.Subscription(content["endpoint"], key, secret)


def _bytes(text: str) -> bytes:
    try:
        return push.decoded(text)
    except ValueError:
        raise _unreadable() from None


def _unreadable() -> Invalid:
    return Invalid("Thiết bị: nội dung gửi lên không đúng dạng. Hãy tải lại trang rồi bật lại.")
