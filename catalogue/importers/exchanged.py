"""An exchanged competency dictionary, by what its file is: a CASE package or Moodle's table."""

from pathlib import PurePosixPath

from catalogue.domain.errors import UnreadableFile
from catalogue.domain.exchange import Framework
from catalogue.importers import case_package, moodle_csv

CASE, MOODLE = "application/json", "text/csv"
_KINDS = {".json": CASE, ".csv": MOODLE}


def media_type(name: str) -> str:
    """Give the type that a file's name claims; raises UnreadableFile for any other than these."""
    kind = _KINDS.get(PurePosixPath(name).suffix.lower())
    if kind is None:
        message = (
            f"Tệp «{name}» không phải gói CASE (.json) hay bảng Moodle (.csv). Từ điển dạng Word "
            "thì nhập ở trang «Từ điển năng lực». Chưa có dữ liệu nào được ghi."
        )
        raise UnreadableFile(message)
    return kind


def read(data: bytes, name: str) -> Framework:
    """Read either; the name's suffix tells which, and the content must bear it out."""
    if media_type(name) == CASE:
        return case_package.read(data, name)
    return moodle_csv.read(data, name)
