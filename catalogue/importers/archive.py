"""Opening a zip archive from a stranger: what it may hold, and reading it member by member."""

import io
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from catalogue.domain import limits
from catalogue.importers import refusals
from catalogue.importers.same_parts import SMALL_BYTES, kept
from catalogue.importers.stored_archive import Part, stored

CHUNK_BYTES = 64 * 1024
_LOCAL_HEADER_BYTES = 30
_LENGTHS, _LENGTHS_AT = struct.Struct("<HH"), 26
_ENCRYPTED = 0x1
_UNSAFE_NAME = re.compile(r"\\|^/|^[A-Za-z]:|(^|/)\.\.(/|$)")
_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_MAGIC = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"GIF8", "ảnh GIF"),
    (b"\x89PNG", "ảnh PNG"),
    (b"\xff\xd8\xff", "ảnh JPEG"),
    (b"<?xml", "XML"),
    (_ZIP, "tệp nén"),
    (_OLE, "Word/Excel 97-2003"),
)
_ENTRY, _ENTRY_BYTES = b"PK\x01\x02", 46
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    struct.error,
    ValueError,
)


class Room(NamedTuple):
    """How large an archive may be: its bytes, those of all that it holds, and its members.

    `signatures` bounds what looks like a member, those of archives stored within it included.
    """

    size: int
    unpacked: int
    entries: int
    signatures: int


FOR_ONE_FILE = Room(
    limits.UPLOAD_BYTES, limits.UNPACKED_BYTES, limits.PACKAGE_ENTRIES, limits.PACKAGE_ENTRIES
)


class Archive:
    """A zip archive whose directory was found safe; members are read as a stream."""

    def __init__(
        self, data: bytes, name: str, expected: str = refusals.WORD, room: Room = FOR_ONE_FILE
    ) -> None:
        self.name, self._room = name, room
        if len(data) > room.size:
            raise refusals.too_big(name, len(data), room.size)
        _refuse_other_kinds(data, name, expected)
        # Before its directory fills the memory; most files are too small for so many.
        if len(data) > room.signatures * _ENTRY_BYTES and data.count(_ENTRY) > room.signatures:
            raise refusals.unpacks_too_large(name)
        self._data = data
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise refusals.damaged(name, "mục lục tệp nén") from error
        infos = self._zip.infolist()
        self._members = {info.filename: info for info in infos}
        self._begins = _beginnings(data, infos)
        self._refuse_unsafe(infos)

    @property
    def names(self) -> tuple[str, ...]:
        """The members in the order of the archive's directory."""
        return tuple(self._members)

    def __contains__(self, member: str) -> bool:
        return member in self._members

    def size(self, member: str) -> int:
        """How many bytes the member says that it unpacks to; reading holds it to that."""
        return self._info(member).file_size

    def packed_size(self, member: str) -> int:
        return self._info(member).compress_size

    def head(self, member: str, length: int) -> bytes:
        """Give the first bytes of a member, to see what it really is."""
        for chunk in self.chunks(member):
            return chunk[:length]
        return b""

    def read(self, member: str, *, often_alike: bool = False) -> bytes:
        """Unpack a member whole, from where its header says that its bytes begin.

        One that is `often_alike` in file after file is looked for among those of the last ones.
        """
        info = self._info(member)
        unpack = _unpacked_once if often_alike and info.file_size <= SMALL_BYTES else _unpacked
        try:
            start = self._begins[info.header_offset]
            packed = self._data[start : start + info.compress_size]
            return unpack(packed, info.compress_type, info.file_size, info.CRC)
        except _BROKEN as error:
            raise refusals.damaged(self.name, member) from error

    def chunks(self, member: str) -> Iterator[bytes]:
        """Unpack a member piece by piece; a wrong size or checksum refuses the file."""
        info = self._info(member)
        try:
            with self._zip.open(info) as source:
                while chunk := source.read(CHUNK_BYTES):
                    yield chunk
        except _BROKEN as error:
            raise refusals.damaged(self.name, member) from error

    def stored(self, parts: Mapping[str, bytes]) -> bytes:
        """Pack members that were read from here anew, without compression."""
        return stored(Part(*part, self._members[part[0]].CRC) for part in parts.items())

    def _info(self, member: str) -> zipfile.ZipInfo:
        if member not in self._members:
            raise refusals.damaged(self.name, member)
        return self._members[member]

    def _refuse_unsafe(self, infos: Sequence[zipfile.ZipInfo]) -> None:
        if not infos:
            raise refusals.damaged(self.name, "mục lục tệp nén")
        if len(infos) > self._room.entries or _overlap(infos, self._begins):
            raise refusals.unpacks_too_large(self.name)
        if sum(info.file_size for info in infos) > self._room.unpacked:
            raise refusals.unpacks_too_large(self.name, self._room.unpacked)
        if len({info.filename.casefold() for info in infos}) < len(infos):
            raise refusals.unsafe(self.name, "trùng phần bên trong tệp")
        for info in infos:
            self._refuse_unsafe_member(info)

    def _refuse_unsafe_member(self, info: zipfile.ZipInfo) -> None:
        if _is_unsafe_name(info.orig_filename):
            shown = ascii(info.orig_filename)
            raise refusals.unsafe(self.name, f"tên phần không hợp lệ: {shown}")
        if stat.S_ISLNK(info.external_attr >> 16):
            raise refusals.unsafe(self.name, f"liên kết tới tệp khác: {info.filename}")
        if info.flag_bits & _ENCRYPTED:
            raise refusals.locked(self.name)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refusals.damaged(self.name, info.filename)


def is_ole(data: bytes) -> bool:
    """Tell whether the bytes are of the container that Word and Excel used up to 2003."""
    return data.startswith(_OLE)


def _refuse_other_kinds(data: bytes, name: str, expected: str) -> None:
    if is_ole(data):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise refusals.locked(name)
        raise refusals.wrong_kind(name, "Word/Excel 97-2003", expected)
    if not data or data.startswith(b"PK\x05\x06"):
        raise refusals.damaged(name, "tệp rỗng")
    if not data.startswith(_ZIP):
        raise refusals.wrong_kind(name, _kind(data), expected)


def _kind(data: bytes) -> str:
    return kind_of(data) or "không rõ"


def kind_of(data: bytes) -> str | None:
    """Recognise by its first bytes a file that is no text and no archive; None where it may be."""
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:64].lower().startswith((b"<html", b"<!doctype html")):
        return "HTML"
    return next((kind for magic, kind in _MAGIC if start.startswith(magic)), None)


def _unpacked(packed: bytes, method: int, size: int, checksum: int) -> bytes:
    """Unpack at most one byte more than the member says that it holds; ValueError where it lies."""
    data = packed
    if method != zipfile.ZIP_STORED:
        data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, size + 1)
    if len(data) != size or zlib.crc32(data) != checksum:
        raise ValueError(size, checksum)
    return data


_unpacked_once = kept(_unpacked)


def _beginnings(data: bytes, infos: Sequence[zipfile.ZipInfo]) -> Mapping[int, int]:
    """Tell where the bytes of each member begin, by where its header does.

    A header outside the file is left out: reading its member will refuse it.
    """
    found = {}
    for offset in (info.header_offset for info in infos):
        if 0 <= offset <= len(data) - _LOCAL_HEADER_BYTES:
            name, extra = _LENGTHS.unpack_from(data, offset + _LENGTHS_AT)
            found[offset] = offset + _LOCAL_HEADER_BYTES + name + extra
    return found


def _overlap(infos: Sequence[zipfile.ZipInfo], begins: Mapping[int, int]) -> bool:
    """Tell whether two members share bytes, which no honest program writes.

    Python's own zipfile looks for it only from 3.11.8 on.
    """
    end = 0
    for offset, size in sorted((info.header_offset, info.compress_size) for info in infos):
        if offset < end:
            return True
        end = begins.get(offset, offset) + size
    return False


@lru_cache(maxsize=1_000)
def _is_unsafe_name(name: str) -> bool:
    if _UNSAFE_NAME.search(name):
        return True
    plain = name.isascii() and name.isprintable()
    return not plain and any(unicodedata.category(letter) in {"Cc", "Cf", "Cs"} for letter in name)
