"""The Word files of one upload of job descriptions: itself, or what a zip archive holds."""

from pathlib import PurePosixPath

from catalogue.domain import limits
from catalogue.importers import recognising, refusals
from catalogue.importers.archive import Archive

ZIP = "application/zip"
_ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".tar")
# What systems and Word itself leave in folders, and nobody means to send.
_LEFT_BEHIND = ("thumbs.db", "desktop.ini")


def media_type(data: bytes, name: str) -> str:
    """Give the type of an upload; raises UnreadableFile for what may not be read at all.

    Of an archive the directory alone is looked at: nothing is unpacked.
    """
    if not is_archive(name):
        return recognising.media_type(data, name)
    DescriptionFiles(data, name)
    return ZIP


class DescriptionFiles:
    """The files by name, in the archive's order; each is unpacked only when it is asked for."""

    def __init__(self, data: bytes, name: str) -> None:
        self._data = data
        self._archive = Archive(data, name) if is_archive(name) else None
        if self._archive is None:
            self.names: tuple[str, ...] = (name,)
            return
        self.names = tuple(filter(is_meant, self._archive.names))
        self._refuse(self._archive)

    def content(self, name: str) -> bytes:
        """Give the bytes of one file; raises UnreadableFile where it is damaged or no Word file."""
        data = self._data if self._archive is None else self._archive.read(name)
        recognising.media_type(data, name)
        return data

    def _refuse(self, archive: Archive) -> None:
        if "[Content_Types].xml" in archive:
            raise refusals.wrong_kind(archive.name, "tệp Office mang đuôi .zip")
        if not self.names:
            raise refusals.damaged(archive.name, "không có tệp Word nào bên trong")
        if len(self.names) > limits.DESCRIPTION_FILES:
            raise refusals.too_many(archive.name, len(self.names), "tệp", limits.DESCRIPTION_FILES)
        for member in self.names:
            _refuse_member(archive, member)


def _refuse_member(archive: Archive, member: str) -> None:
    place, size = f"{archive.name} › {member}", archive.size(member)
    if _suffix(member) in _ARCHIVES:
        raise refusals.unsafe(archive.name, f"tệp nén lồng bên trong: {member}")
    if size > limits.UPLOAD_BYTES:
        raise refusals.too_big(place, size)
    if size > limits.MEBIBYTE and size > limits.UNPACK_RATIO * archive.packed_size(member):
        raise refusals.unpacks_too_large(place, limits.MEBIBYTE)


def is_archive(name: str) -> bool:
    """Tell by its name a file that holds others."""
    return _suffix(name) == ".zip"


def is_meant(member: str) -> bool:
    """Tell a member that somebody means to send from folders and what systems leave in them."""
    path = PurePosixPath(member)
    hidden = path.name.startswith((".", "~$")) or "__MACOSX" in path.parts
    return not (member.endswith("/") or hidden or path.name.lower() in _LEFT_BEHIND)


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()
