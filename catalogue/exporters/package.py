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
# Says that a name that is not ASCII is written in UTF-8.
_UTF_8 = 0x800
# 1 January 1980, 0:00: the same records give the same bytes on any day.
_TIME, _DATE = 0, 0x21
_LEVEL = 6
# A part that is deflated for one file only: a fifth larger than with the level above, in half the
# time, which is most of what such a file takes to write.
QUICKLY = 3


class Entry(NamedTuple):
    """One compressed part of a package."""

    name: bytes
    crc: int
    size: int
    data: bytes


def deflated(name: str, part: bytes, level: int = _LEVEL) -> Entry:
    """Compress one part; an entry may be packed into any number of files."""
    press = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Entry(name.encode(), zlib.crc32(part), len(part), press.compress(part) + press.flush())


class Start(NamedTuple):
    """The entries with which files of one kind begin, and their part of the central directory."""

    body: bytes
    directory: bytes
    entries: int


NOTHING = Start(b"", b"", 0)


def begun(entries: Iterable[Entry], start: Start = NOTHING) -> Start:
    """Lay entries after those of a start."""
    body, directory = [start.body], [start.directory]
    offset, count = len(start.body), start.entries
    for name, crc, size, data in entries:
        flags = 0 if name.isascii() else _UTF_8
        facts = (_VERSION, flags, _DEFLATED, _TIME, _DATE, crc, len(data), size, len(name), 0)
        body += (_LOCAL.pack(b"PK\3\4", *facts), name, data)
        directory += (_CENTRAL.pack(b"PK\1\2", _VERSION, *facts, 0, 0, 0, 0, offset), name)
        offset += _LOCAL.size + len(name) + len(data)
        count += 1
    return Start(b"".join(body), b"".join(directory), count)


def packed(entries: Iterable[Entry], start: Start = NOTHING) -> bytes:
    """Make a zip file of a start, copied as it lies, and the entries of this file."""
    body, directory, count = begun(entries, start)
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), len(body), 0)
    return b"".join((body, directory, end))
