"""Remembering what small parts of files come to: one program writes most of them alike."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

SMALL_BYTES = 16 * 1024
_KEPT = 64
P = ParamSpec("P")
T = TypeVar("T")


def kept(read: Callable[Concatenate[bytes, P], T]) -> Callable[Concatenate[bytes, P], T]:
    """Let small bytes that were read a short while ago not be read again.

    The bytes themselves are the key, so none can pass for others; refusals are not remembered.
    """
    read_once = lru_cache(maxsize=_KEPT)(read)

    @wraps(read)
    def read_small_once(data: bytes, /, *args: P.args, **kwargs: P.kwargs) -> T:
        if len(data) > SMALL_BYTES:
            return read(data, *args, **kwargs)
        return read_once(data, *args, **kwargs)  # type: ignore[arg-type]  # names and numbers

    return read_small_once
