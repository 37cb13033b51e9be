"""What a sent file is refused for before anything of it is kept or unpacked."""

import io
import zipfile

import pytest

from catalogue.domain import limits
from catalogue.domain.errors import UnreadableFile
from catalogue.importers import recognising
from tests.docx_kit import docx

ANNEX = docx("PHỤ LỤC")


def zip_of(entries: int, size: int = 0) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(entries):
            archive.writestr(f"word/{number}.xml", bytes(size))
    return target.getvalue()


def test_a_word_file_is_told_by_its_bytes() -> None:
    assert recognising.media_type(ANNEX, "PHỤ LỤC.DOCX") == recognising.DOCX


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (ANNEX, "phu-luc.xlsx", r"không đúng định dạng Word.*đuôi tệp «\.xlsx»"),
        (ANNEX, "phu-luc", "không có đuôi tệp"),
        (ANNEX, "phu-luc.docx.exe", "không đúng định dạng Word"),
        (b"\x89PNG\r\n\x1a\n", "phu-luc.docx", "ảnh PNG"),
        (b"%PDF-1.7", "phu-luc.docx", "PDF"),
        (b"", "phu-luc.docx", "tệp rỗng"),
        (b"PK\x03\x04 and no more", "phu-luc.docx", "bị hỏng"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512), "phu-luc.doc", "97-2003"),
        (bytes(limits.UPLOAD_BYTES + 1), "phu-luc.docx", "vượt giới hạn 10 MB"),
        (zip_of(7, 10 * limits.MEBIBYTE), "bom.docx", "sau khi giải nén lớn hơn 64 MB"),
        (zip_of(limits.PACKAGE_ENTRIES + 1), "nhieu.docx", "sau khi giải nén"),
    ],
    ids=[
        "wrong suffix",
        "no suffix",
        "hidden suffix",
        "picture",
        "pdf",
        "empty",
        "cut short",
        "old container",
        "too big",
        "zip bomb",
        "too many entries",
    ],
)
def test_what_cannot_be_a_word_file_is_refused_at_once(
    content: bytes, name: str, said: str
) -> None:
    with pytest.raises(UnreadableFile, match=said):
        recognising.media_type(content, name)
