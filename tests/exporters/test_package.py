"""Packing: zip files that any program opens, of parts compressed once."""

import zipfile
from io import BytesIO

from catalogue.exporters.package import begun, deflated, packed


def opened(file: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(file))


def test_a_packed_file_gives_back_every_part_in_its_order() -> None:
    parts = {"a.xml": b"<a/>" * 100, "word/b.xml": "<b>ă</b>".encode(), "c.xml": b""}
    start = begun(deflated(name, part) for name, part in list(parts.items())[:2])
    with opened(packed([deflated("c.xml", parts["c.xml"])], start)) as package:
        assert package.testzip() is None
        assert {name: package.read(name) for name in package.namelist()} == parts


def test_what_was_compressed_once_is_copied_as_it_lies() -> None:
    entry = deflated("styles.xml", b"<style/>" * 1000)
    start = begun([entry])
    for own in (b"one", b"two"):
        assert entry.data in packed([deflated("document.xml", own)], start)


def test_no_hour_is_written_into_a_file() -> None:
    with opened(packed([deflated("a.xml", b"a")])) as package:
        assert package.getinfo("a.xml").date_time == (1980, 1, 1, 0, 0, 0)
