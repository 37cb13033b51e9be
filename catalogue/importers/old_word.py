"""Files of Word up to 2003 (.doc), converted by LibreOffice where it is installed."""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from catalogue.importers import refusals
from catalogue.importers.archive import is_ole

_SECONDS = 60
_SECTOR = 512
_HEADER_MAGIC = b"\xec\xa5"
_FLAGS_AT = 10
_ENCRYPTED = 0x0100


def is_old_word(data: bytes) -> bool:
    """Tell a .doc from the spreadsheets and locked files that share its container."""
    return is_ole(data) and _names(data, "WordDocument") and not _names(data, "EncryptedPackage")


def converted(data: bytes, name: str) -> bytes:
    """Give the .docx that LibreOffice makes of a .doc; raises UnreadableFile where it cannot."""
    if _names(data, "_VBA_PROJECT"):
        raise refusals.macro(name)
    if _is_locked(data):
        raise refusals.locked(name)
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise refusals.old_word(name)
    with TemporaryDirectory() as folder:
        return _convert(program, data, name, Path(folder))


def _convert(program: str, data: bytes, name: str, folder: Path) -> bytes:
    source, result = folder / "in.doc", folder / "out" / "in.docx"
    source.write_bytes(data)
    profile = (folder / "profile").as_uri()
    command = [
        program, "--headless", "--norestore", f"-env:UserInstallation={profile}",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(result.parent), str(source),
    ]  # fmt: skip
    try:
        subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 (fixed words and our own paths)
    except subprocess.TimeoutExpired as error:
        raise refusals.exhausts(name) from error
    if not result.exists():
        raise refusals.damaged(name, "Word 97-2003")
    return result.read_bytes()


def _names(data: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in data


def _is_locked(data: bytes) -> bool:
    """Look for the document's header, which begins a sector, and its mark of encryption."""
    for start in range(_SECTOR, len(data), _SECTOR):
        if data.startswith(_HEADER_MAGIC, start):
            flags = data[start + _FLAGS_AT : start + _FLAGS_AT + 2]
            return bool(int.from_bytes(flags, "little") & _ENCRYPTED)
    return False
