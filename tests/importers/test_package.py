"""Packages from strangers: each hostile container is refused with the sentence that fits it."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest

from catalogue.domain import limits
from catalogue.domain.errors import UnreadableFile
from catalogue.importers.package import Package
from catalogue.importers.word import Document
from tests.docx_kit import W, docx, pack, paragraph, parts, relationships, rewrite, run

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
DAMAGED = "bị hỏng hoặc tải lên chưa trọn vẹn"
WRONG_KIND = "không đúng định dạng"
LOCKED = "đang đặt mật khẩu"
MACRO = "chứa macro"
UNSAFE = "chứa nội dung không an toàn"
TOO_LARGE = "sau khi giải nén lớn hơn"
PLAIN = docx("MARK")
DOCUMENT = "word/document.xml"
TYPES = "[Content_Types].xml"


def read(data: bytes) -> None:
    """Open the file and read all of its text, as every reader does."""
    for _ in Document(data, "tệp.docx").blocks():
        pass


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as refused:
        read(data)
    return str(refused.value)


def changed(**changes: bytes | None) -> bytes:
    """The plain file with parts replaced, added or (None) left out; `/` is written `__`."""
    files = parts("MARK")
    for key, content in changes.items():
        name = {"types": TYPES, "root": "_rels/.rels", "document": DOCUMENT}.get(
            key, key.replace("__", "/").replace("_dot_", ".")
        )
        files.pop(name, None)
        if content is not None:
            files[name] = content
    return pack(files)


def with_member(name: str, content: bytes, **attributes: int) -> bytes:
    """The plain file with one more member, under any name."""
    target = io.BytesIO(PLAIN)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        for key, value in attributes.items():
            setattr(info, key, value)
        archive.writestr(info, content)
    return target.getvalue()


def patched(data: bytes, local: int, central: int, value: bytes) -> bytes:
    """Overwrite a field of the first member's two headers."""
    patched_data = bytearray(data)
    directory = data.index(b"PK\x01\x02")
    patched_data[local : local + len(value)] = value
    patched_data[directory + central : directory + central + len(value)] = value
    return bytes(patched_data)


def with_flipped_byte() -> bytes:
    data = bytearray(PLAIN)
    start = PLAIN.index(b"word/document.xml") + len("word/document.xml")
    data[start + 40] ^= 0xFF
    return bytes(data)


def with_lying_size() -> bytes:
    files = {**parts("x" * 500_000)}
    data = bytearray(pack(files))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        info = archive.getinfo(DOCUMENT)
    data[info.header_offset + 22 : info.header_offset + 26] = struct.pack("<I", 10)
    entry = bytes(data).index(b"PK\x01\x02")
    while bytes(data[entry + 46 : entry + 46 + len(DOCUMENT)]) != DOCUMENT.encode():
        entry = bytes(data).index(b"PK\x01\x02", entry + 1)
    data[entry + 24 : entry + 28] = struct.pack("<I", 10)
    return bytes(data)


def with_overlapping_members(count: int = 100) -> bytes:
    """A directory that names the same compressed bytes many times over."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = kernel.compress(bytes(10_000_000)) + kernel.flush()
    checksum = zlib.crc32(bytes(10_000_000))
    local = struct.pack(
        "<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, checksum, len(packed), 10_000_000, 1, 0
    )
    entries = b"".join(
        struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, checksum, len(packed), 10_000_000,
            4, 0, 0, 0, 0, 0, 0,
        )
        + f"{number:04d}".encode()
        for number in range(count)
    )  # fmt: skip
    body = local + b"a" + packed
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(entries), len(body), 0)
    return body + entries + end


def duplicated() -> bytes:
    target = io.BytesIO(PLAIN)
    with zipfile.ZipFile(target, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(DOCUMENT, parts("khác")[DOCUMENT])
    return target.getvalue()


def doctype(text: str) -> Callable[[bytes], bytes]:
    return lambda part: text.encode() + part


def entities(count: int) -> str:
    inner = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(count))
    return f"<!DOCTYPE x [{inner}]>"


def external(kind: str, target: str) -> bytes:
    related = relationships((kind, target), external=True).encode()
    return rewrite(PLAIN, {"word/_rels/document.xml.rels": lambda _: related})


def related(kind: str, target: str) -> bytes:
    return rewrite(
        PLAIN,
        {"word/_rels/document.xml.rels": lambda _: relationships((kind, target)).encode()},
    )


class TestDamagedFiles:
    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"PK\x05\x06" + bytes(18),
            PLAIN[: len(PLAIN) // 2],
            patched(PLAIN, 8, 10, struct.pack("<H", 99)),
            with_flipped_byte(),
            with_lying_size(),
            changed(types=None),
            changed(root=None),
            changed(document=None),
            changed(document=f'<w:document xmlns:w="{W}"><w:body>'.encode()),
            changed(document=b"<a/>"),
            changed(document=b""),
            docx(f"<w:p>{'<w:sdt>' * 2_000}{'</w:sdt>' * 2_000}</w:p>"),
        ],
        ids=[
            "empty", "empty zip", "truncated", "compression 99", "flipped byte", "lying size",
            "no types", "no root relationships", "no document", "unclosed", "no body",
            "empty document", "depth",
        ],
    )  # fmt: skip
    def test_a_broken_package_is_refused(self, data: bytes) -> None:
        assert DAMAGED in refusal(data)

    def test_the_broken_part_is_named(self) -> None:
        assert f"phần «{DOCUMENT}»" in refusal(with_flipped_byte())


class TestOtherKinds:
    @pytest.mark.parametrize(
        ("data", "found"),
        [
            (OLE + bytes(600), "Word/Excel 97-2003"),
            (b"%PDF-1.4" + PLAIN, "PDF"),
            (b"<html><table></table></html>", "HTML"),
            (b"GIF89a" + PLAIN, "ảnh GIF"),
            (b"{\\rtf1 x}", "RTF"),
            (b"\x89PNG\r\n\x1a\n", "ảnh PNG"),
            (b"MZ" + bytes(100), "không rõ"),
            (
                rewrite(
                    PLAIN,
                    {TYPES: lambda t: t.replace(b"wordprocessingml.doc", b"spreadsheetml.sh")},
                ),
                "Excel (.xlsx)",
            ),
            (
                rewrite(
                    PLAIN,
                    {
                        "_rels/.rels": lambda part: part.replace(
                            b"schemas.openxmlformats.org/officeDocument/2006",
                            b"purl.oclc.org/ooxml/officeDocument",
                        )
                    },
                ),
                "Strict Open XML",
            ),
            (pack({"mimetype": b"application/vnd.oasis.opendocument.text"}), "OpenDocument"),
        ],
    )
    def test_a_file_of_another_kind_is_named_for_what_it_is(self, data: bytes, found: str) -> None:
        message = refusal(data)
        assert WRONG_KIND in message
        assert f"(nhận ra: {found})" in message


class TestLocksAndMacros:
    @pytest.mark.parametrize(
        "data",
        [
            OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            patched(PLAIN, 6, 8, struct.pack("<H", 1)),
        ],
    )
    def test_a_password_is_asked_to_be_taken_off(self, data: bytes) -> None:
        assert LOCKED in refusal(data)

    @pytest.mark.parametrize(
        "data",
        [
            rewrite(
                PLAIN,
                {
                    TYPES: lambda t: t.replace(
                        b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                        b"vnd.ms-word.document.macroEnabled.main+xml",
                    )
                },
            ),
            with_member("word/vbaProject.bin", b"x"),
        ],
    )
    def test_a_macro_is_refused_under_any_name(self, data: bytes) -> None:
        assert MACRO in refusal(data)


class TestUnsafeContent:
    @pytest.mark.parametrize(
        "declaration",
        [
            "<!DOCTYPE x>",
            entities(9),
            '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
            '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
            f"<!--{'x' * 300_000}--><!DOCTYPE x>",
        ],
        ids=["plain", "billion laughs", "file", "outside", "far down"],
    )
    @pytest.mark.parametrize("part", [DOCUMENT, "_rels/.rels", TYPES])
    def test_a_document_type_is_refused_in_every_part(self, declaration: str, part: str) -> None:
        message = refusal(rewrite(PLAIN, {part: doctype(declaration)}))
        assert UNSAFE in message
        assert "DOCTYPE" in message
        assert "root:" not in message

    def test_a_document_type_is_seen_in_another_encoding(self) -> None:
        text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><x/>'.encode("utf-16")
        assert "DOCTYPE" in refusal(changed(document=text))

    @pytest.mark.parametrize(
        "data",
        [
            with_member("../evil.xml", b"x"),
            with_member("/etc/evil.xml", b"x"),
            with_member("..\\evil.xml", b"x"),
            with_member("C:evil.xml", b"x"),
            with_member("word/\u202elmx.xml", b"x"),
            with_member("word/link.xml", b"/etc/passwd", external_attr=0o120777 << 16),
            with_member("word/embeddings/a.docx", PLAIN),
            with_member("word/embeddings/a.bin", OLE),
            with_member("word/activeX/activeX1.xml", b"<x/>"),
            with_member("WORD/DOCUMENT.xml", b"<x/>"),
            related("oleObject", "embeddings/oleObject1.bin"),
            related("control", "activeX/activeX1.xml"),
            related("aFChunk", "chunk.html"),
            external("attachedTemplate", "http://127.0.0.1:9/a.dotm"),
            external("image", "http://127.0.0.1:9/a.png"),
            external("frame", "\\\\server\\share\\a.docx"),
            external("hyperlink", "\\\\server\\share\\a.docx"),
            external("hyperlink", "file:///C:/a.docx"),
        ],
    )
    def test_what_reaches_outside_or_hides_another_file_is_refused(self, data: bytes) -> None:
        assert UNSAFE in refusal(data)

    def test_a_second_part_of_the_same_name_is_refused(self) -> None:
        assert "trùng phần" in refusal(duplicated())

    @pytest.mark.parametrize(
        "field",
        [
            "<w:r><w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText></w:r>",
            "<w:r><w:instrText>DDE</w:instrText></w:r><w:r><w:instrText>AUTO x</w:instrText></w:r>",
            "<w:r><w:instrText>INCLU</w:instrText><w:instrText>DETEXT x</w:instrText></w:r>",
            '<w:fldSimple w:instr="INCLUDEPICTURE http://127.0.0.1:9/x"/>',
        ],
    )
    def test_a_field_that_would_fetch_or_run_is_refused(self, field: str) -> None:
        assert "trường" in refusal(docx(paragraph(field)))
        assert "trường" in refusal(
            docx("", footnotes=f"<w:footnote>{paragraph(field)}</w:footnote>")
        )

    def test_comments_that_part_a_text_are_refused(self) -> None:
        assert "chú thích XML" in refusal(docx("<w:p><w:r><w:t>a<!-- b -->c</w:t></w:r></w:p>"))


class TestBombs:
    @pytest.mark.parametrize(
        "data",
        [
            changed(document=b"<x>" + b"A" * (limits.DOCUMENT_PART_BYTES + 1) + b"</x>"),
            changed(word__media__x_dot_bin=bytes(limits.MEDIA_PART_BYTES + 1)),
            changed(word__media__x_dot_bin=bytes(limits.MEDIA_PART_BYTES - 1)),
            changed(word__styles_dot_xml=b"<x>" + b" " * limits.XML_PART_BYTES + b"</x>"),
            with_overlapping_members(),
            pack({f"x{number}": b"" for number in range(limits.PACKAGE_ENTRIES + 1)}),
        ],
        ids=["text", "media", "ratio", "styles", "overlap", "entries"],
    )
    def test_a_bomb_is_refused_before_it_goes_off(self, data: bytes) -> None:
        assert TOO_LARGE in refusal(data)

    def test_a_long_table_that_packs_well_is_no_bomb(self) -> None:
        assert Package(docx(paragraph(run("MARK")) * 30_000), "tệp.docx").main == DOCUMENT


class TestWhatOfficesSend:
    @pytest.mark.parametrize(
        "data",
        [
            external("hyperlink", "https://thuvienphapluat.vn/van-ban"),
            external("hyperlink", "mailto:btc@haugiang.gov.vn"),
            with_member("word/media/image1.png", b"\x89PNG"),
            with_member("docProps/thumbnail.emf", b"\x01\x00\x00\x00"),
            changed(document=parts("MARK")[DOCUMENT].decode().encode("utf-16")),
            changed(document=b"\xef\xbb\xbf" + parts("MARK")[DOCUMENT]),
            changed(document=b"<!-- generator --><?pi x?>" + parts("MARK")[DOCUMENT]),
        ],
        ids=["link", "mail", "picture", "thumbnail", "utf-16", "byte order mark", "comment"],
    )
    def test_ordinary_files_are_read(self, data: bytes) -> None:
        assert [block.text for block in Document(data, "a").blocks()] == ["MARK"]  # type: ignore[union-attr]
