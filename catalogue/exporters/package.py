"""Packs Word files from parts compressed once and parts deflated for this file."""

import struct
import zlib
from collections.abc import Iterable
from typing import NamedTuple

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_VERSION = 20
_DEFLATED = 8
# 1 January 1980, 0:00: the same records give the same bytes on any day.
_TIME, _DATE = 0, 0x21
_LEVEL = 6


class Entry(NamedTuple):
    """One compressed part of a package."""

    name: bytes
    crc: int
    size: int
    data: bytes


def deflated(name: str, part: bytes) -> Entry:
    """Compress one part; an entry may be packed into any number of files."""
    press = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Entry(name.encode(), zlib.crc32(part), len(part), press.compress(part) + press.flush())


def packed(*layers: Iterable[Entry]) -> bytes:
    """Lay all entries in one zip file; a later entry takes the place of its namesake."""
    entries = {entry.name: entry for layer in layers for entry in layer}
    body: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, crc, size, data in entries.values():
        facts = (_VERSION, 0, _DEFLATED, _TIME, _DATE, crc, len(data), size, len(name), 0)
        local = _LOCAL.pack(b"PK\3\4", *facts)
        body += (local, name, data)
        directory += (_CENTRAL.pack(b"PK\1\2", _VERSION, *facts, 0, 0, 0, 0, offset), name)
        offset += len(local) + len(name) + len(data)
    index = b"".join(directory)
    end = _END.pack(b"PK\5\6", 0, 0, len(entries), len(entries), len(index), offset, 0)
    return b"".join((*body, index, end))
