"""A table saved as text, each row a line: its encoding, its separator, its cells."""

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from catalogue.domain import limits
from catalogue.domain.errors import UnreadableFile
from catalogue.importers import refusals
from catalogue.importers.archive import kind_of
from catalogue.importers.characters import old_encoding

Rows = Sequence[Sequence[str]]
CP1258 = "cp1258"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS = ";,\t"
_TOLD = "sep="
_SAMPLE = 80


def read(
    data: bytes, name: str, is_table: Callable[[Rows], bool], encoding: str | None = None
) -> Rows:
    """Read the rows; of several separators that fit, the one by which it `is_table`.

    Raises UnreadableFile for what is no such text, and for an encoding before Unicode unless that
    is the `encoding` told.
    """
    if len(data) > limits.UPLOAD_BYTES:
        raise refusals.too_big(name, len(data))
    _refuse_other_kinds(data, name)
    text = _decoded(data, name, is_table, encoding)
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        raise _refused(name, row, "có ký tự NUL")
    return _table(text, name, is_table)


def _refuse_other_kinds(data: bytes, name: str) -> None:
    kind = kind_of(data)
    if kind is not None:
        raise refusals.wrong_kind(name, kind, refusals.CSV)


def _decoded(data: bytes, name: str, is_table: Callable[[Rows], bool], encoding: str | None) -> str:
    chosen = next((known for mark, known in _BOMS if data.startswith(mark)), None)
    try:
        return data.decode(chosen or "utf-8")
    except UnicodeDecodeError:
        if chosen is not None:
            raise refusals.damaged(name, "bảng mã Unicode") from None
    read_so = unicodedata.normalize("NFC", data.decode(CP1258, "replace"))
    if encoding == CP1258:
        return read_so
    if _reads(read_so, is_table):
        raise refusals.windows_1258(name, _first_line(read_so))
    legacy = data.decode("cp1252", "replace")
    raise refusals.not_unicode(name, old_encoding(legacy), _first_line(legacy))


def _reads(text: str, is_table: Callable[[Rows], bool]) -> bool:
    try:
        return is_table(_table(text, "", is_table))
    except UnreadableFile:
        return False


def _table(text: str, name: str, is_table: Callable[[Rows], bool]) -> Rows:
    first, _, rest = text.partition("\n")
    if first.lower().startswith(_TOLD) and len(first.strip()) == len(_TOLD) + 1:
        return [[], *_parsed(rest, name, first[len(_TOLD)])]
    likeliest: Rows | UnreadableFile | None = None
    for separator in sorted(_SEPARATORS, key=text.count, reverse=True):
        try:
            rows = _parsed(text, name, separator)
        except UnreadableFile as refusal:
            likeliest = likeliest or refusal
            continue
        if is_table(rows):
            return rows
        likeliest = likeliest or rows
    if isinstance(likeliest, UnreadableFile):
        raise likeliest
    return likeliest or []


def _parsed(text: str, name: str, separator: str) -> Rows:
    csv.field_size_limit(limits.CELL_CHARACTERS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append([cell.strip() for cell in row])
            if len(rows) > limits.TABLE_ROWS:
                raise refusals.too_many(name, len(rows), "dòng trở lên", limits.TABLE_ROWS)
            if len(row) > limits.TABLE_COLUMNS and any(row[limits.TABLE_COLUMNS :]):
                raise refusals.too_many(name, len(row), "cột", limits.TABLE_COLUMNS)
    except csv.Error as error:
        raise _unparsed(error, name, len(rows) + 1) from None
    return rows


def _unparsed(error: csv.Error, name: str, row: int) -> UnreadableFile:
    if "field limit" in str(error):
        place = f"{name}, dòng {row}"
        return refusals.too_many(
            place, limits.CELL_CHARACTERS + 1, "ký tự trở lên trong một ô", limits.CELL_CHARACTERS
        )
    return _refused(name, row, "dấu nháy kép mở mà không đóng, hoặc đóng sai chỗ")


def _refused(name: str, row: int, why: str) -> UnreadableFile:
    message = (
        f"Tệp «{name}», dòng {row}: {why}. Hãy sửa dòng này, hoặc lưu lại dạng Excel (.xlsx), rồi "
        "tải lại. Chưa có dữ liệu nào được ghi."
    )
    return UnreadableFile(message)


def _first_line(text: str) -> str:
    return next((line.strip()[:_SAMPLE] for line in _lines(text) if not line.isascii()), "")


def _lines(text: str) -> Iterator[str]:
    return iter(text.splitlines())
