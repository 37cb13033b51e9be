"""Telling at once, from its name and its outside, whether a file can be a Word document at all."""

from pathlib import PurePosixPath

from catalogue.domain import limits
from catalogue.importers import refusals
from catalogue.importers.archive import Archive
from catalogue.importers.old_word import is_old_word

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"
SUFFIXES = (".docx", ".doc")


def media_type(data: bytes, name: str) -> str:
    """Give the type of what the bytes are, whatever the sender called it.

    Raises UnreadableFile where the name, the size or the archive's directory rules the file out;
    nothing is unpacked and no text is read.
    """
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise refusals.wrong_kind(name, f"đuôi tệp «{suffix}»" if suffix else "không có đuôi tệp")
    if len(data) > limits.UPLOAD_BYTES:
        raise refusals.too_big(name, len(data))
    if is_old_word(data):
        return DOC
    Archive(data, name)
    return DOCX
