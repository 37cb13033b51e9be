"""The spreadsheets of one upload of diaries: itself, or what a zip archive of many holds."""

from pathlib import PurePosixPath

from catalogue.domain import limits
from catalogue.importers import refusals
from catalogue.importers.archive import Archive, Room
from catalogue.importers.description_files import is_archive, is_meant

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
ZIP = "application/zip"
_TYPES = {".xlsx": XLSX, ".csv": CSV}
_EXPECTED = "Excel (.xlsx), CSV (.csv) hoặc tệp nén .zip"
_ROOM = Room(
    limits.DIARIES_BYTES, limits.DIARIES_UNPACKED_BYTES, limits.DIARY_FILES, limits.NESTED_ENTRIES
)


class DiaryFiles:
    """The files by name, in the archive's order; each is unpacked only when it is asked for."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._data = data
        self._archive = Archive(data, name, _EXPECTED, _ROOM) if is_archive(name) else None
        if self._archive is None:
            self.media_type = _media_type(data, name)
            self.names: tuple[str, ...] = (name,)
            return
        self.media_type = ZIP
        self.names = tuple(filter(is_meant, self._archive.names))
        if "[Content_Types].xml" in self._archive:
            raise refusals.wrong_kind(name, "tệp Office mang đuôi .zip", _EXPECTED)
        if not self.names:
            raise refusals.damaged(name, "không có bảng tính nào bên trong")

    def content(self, name: str) -> bytes:
        """Give the bytes of one file; raises UnreadableFile where it is damaged or no spreadsheet.

        What it says of its size is believed only as far as that is small.
        """
        if self._archive is None:
            return self._data
        size = self._archive.size(name)
        if size > limits.UPLOAD_BYTES:
            raise refusals.too_big(name, size)
        packed = self._archive.packed_size(name)
        if size > limits.MEBIBYTE and size > limits.UNPACK_RATIO * packed:
            raise refusals.unpacks_too_large(name, limits.MEBIBYTE)
        data = self._archive.read(name)
        _media_type(data, name)
        return data


def _media_type(data: bytes, name: str) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in _TYPES:
        found = f"đuôi tệp «{suffix}»" if suffix else "không có đuôi tệp"
        raise refusals.wrong_kind(name, found, _EXPECTED)
    if len(data) > limits.UPLOAD_BYTES:
        raise refusals.too_big(name, len(data))
    return _TYPES[suffix]
