"""Word packages that come out the same, byte for byte, whenever their parts are the same."""

import io
import zipfile
from collections.abc import Mapping

from seed.btctw_2752_2765.making.source import SEED

PARTS = SEED / "making" / "word"
# A fixed hour in place of the clock's.
WRITTEN = (2024, 1, 8, 8, 0, 0)


def package(parts: Mapping[str, str]) -> bytes:
    """Zip the parts given together with the constant ones."""
    constant = {
        path.relative_to(PARTS).as_posix(): path.read_bytes()
        for path in PARTS.rglob("*")
        if path.is_file()
    }
    return _zipped(constant | {name: text.encode() for name, text in parts.items()})


def repacked(file: bytes) -> bytes:
    """Zip a finished package anew, its hour fixed; LibreOffice writes the clock's."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return _zipped({name: archive.read(name) for name in archive.namelist()})


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts):
            entry = zipfile.ZipInfo(name, WRITTEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, parts[name])
    return file.getvalue()
