"""An Excel file as a package of parts: found safe to read, and what its values alone do not say."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from catalogue.domain import limits
from catalogue.domain.errors import UnreadableFile
from catalogue.importers import refusals
from catalogue.importers.office_package import OfficePackage
from catalogue.importers.package_parts import links_of, parsed, refuse_doctype, relationships_of
from catalogue.importers.same_parts import kept

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LETTERS = ord("Z") - ord("A") + 1
# A cell with a value right of column BL (the 64th) or below row 20,000: a few bytes that would
# make a grid of millions. Cells that only bear a format end in `/>` and are no such thing. Most
# cells are passed over by what stands first: one letter, four figures.
_FAR = re.compile(
    rb'<c r="(?![A-Z][0-9]{1,4}")'
    rb'(?:(?:[A-Z]{3}|B[M-Z]|[C-Z][A-Z])[0-9]+|[A-Z]+(?:[2-9][0-9]{4}|[1-9][0-9]{5,}))"'
    rb"[^>]*(?<!/)>"
)
_MERGE = re.compile(rb'<mergeCell ref="[A-Z]+([0-9]+):[A-Z]+([0-9]+)"')
_HIDDEN_ROW = re.compile(rb'<row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="([0-9]+)"')
_CELL = re.compile(rb"<c\b([^>]*)(?<!/)>(.*?)</c>", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_VALUE = re.compile(rb"<v[^>]*>([^<]+)</v>")
_UNUSED_ROWS = 10
FORMULA = "#CÔNG THỨC"


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands in a sheet beside its values: hidden rows, and cells that hold none.

    `broken` maps row and column, counted from 1, to an error's sign or to `FORMULA`.
    """

    hidden: frozenset[int] = frozenset()
    broken: Mapping[tuple[int, int], str] = field(default_factory=dict)


class SpreadsheetPackage(OfficePackage):
    """A workbook found safe to read. `main` is the part that lists its sheets."""

    expected = refusals.EXCEL
    main_types = (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
    )
    other_kinds = (
        ("wordprocessingml", "Word (.docx)"),
        ("presentationml", "PowerPoint (.pptx)"),
        ("opendocument", "OpenDocument"),
        ("sheet.binary", "Excel nhị phân (.xlsb)"),
    )
    carried = {  # noqa: RUF012 (never changed)
        "externalLink": "liên kết tới bảng tính khác",
        "connections": "kết nối dữ liệu",
        "queryTable": "kết nối dữ liệu",
        "pivotCacheDefinition": "dữ liệu của bảng tổng hợp Pivot",
    }

    def __init__(self, data: bytes, name: str) -> None:
        self._sheets: dict[str, Beside] = {}
        self._seen: dict[str, bytes] = {}
        super().__init__(data, name)
        self.since_1904, self._names = self._understood(self.main, _book_of)

    def beside(self) -> dict[str, Beside]:
        """Tell of each sheet, by its name, what its values do not say; most have nothing."""
        if not self._sheets:
            return {}
        beside = relationships_of(self.main)
        keys = {link.target: link.key for link in self._understood(beside, links_of, beside)}
        return {
            self._names[keys[part]]: found
            for part, found in self._sheets.items()
            if keys.get(part) in self._names
        }

    def seen(self) -> bytes:
        """Give the parts that were looked into as an archive that needs no unpacking again.

        Whoever reads on meets these very bytes, and no part that was passed over.
        """
        return self._archive.stored(self._seen)

    def _is_large(self, member: str) -> bool:
        return member.startswith("xl/worksheets/") or member == "xl/sharedStrings.xml"

    def _look_into(self, member: str) -> None:
        if not self._is_large(member):
            self._whole(member)
            return
        data = self._seen[member] = self._archive.read(member)
        refuse_doctype(data, self.name, member)
        if member.startswith("xl/worksheets/") and member.endswith(".xml"):
            self._refuse_far(data, member)
            found = _beside(data)
            if found.hidden or found.broken:
                self._sheets[member] = found

    def _whole(self, part: str) -> bytes:
        data = self._seen[part] = super()._whole(part)
        return data

    def _refuse_far(self, data: bytes, part: str) -> None:
        """Refuse cells so far out that the grid between would fill the memory."""
        place = f"{self.name} › {part.rpartition('/')[2]}"
        if _holds_more(data, b"<row", limits.TABLE_ROWS * _UNUSED_ROWS):
            raise refusals.too_many(place, data.count(b"<row"), "dòng", limits.TABLE_ROWS)
        if _FAR.search(data) or _tallest_merge(data) > limits.TABLE_ROWS:
            raise _too_far(place)
        if _holds_more(data, b"<c ", limits.DOCUMENT_ELEMENTS):
            raise refusals.unpacks_too_large(self.name)


class _Book(NamedTuple):
    """What a workbook's main part tells: since when its days count, its sheets' names by key."""

    since_1904: bool
    names: Mapping[str, str]


@kept
def _book_of(data: bytes) -> _Book:
    book = parsed(data)
    settings = book.find(f"{{{_MAIN}}}workbookPr")
    given = settings.get("date1904", "0") if settings is not None else "0"
    sheets = book.iter(f"{{{_MAIN}}}sheet")
    names = {sheet.get(_ID, ""): sheet.get("name", "") for sheet in sheets}
    return _Book(given in ("1", "true"), names)


def _beside(data: bytes) -> Beside:
    hidden = _HIDDEN_ROW.findall(data) if b"hidden=" in data else ()
    unsaid = b"<f" in data or b't="e"' in data
    return Beside(frozenset(map(int, hidden)), dict(_broken(data)) if unsaid else {})


def _broken(data: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    """Find the cells that hold an error, or a formula that was never worked out."""
    for head, inner in _CELL.findall(data):
        place = _PLACE.search(head)
        if place is None:
            continue
        value = _VALUE.search(inner)
        at = int(place[2]), _column(place[1])
        if b't="e"' in head:
            yield at, value[1].decode("ascii", "replace") if value else FORMULA
        elif value is None and b"<f" in inner:
            yield at, FORMULA


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - ord("A") + 1
    return number


def _holds_more(data: bytes, sign: bytes, most: int) -> bool:
    """Tell whether a sign stands there more often than that; a small part has no room for it."""
    return len(data) > most * len(sign) and data.count(sign) > most


def _tallest_merge(data: bytes) -> int:
    if b"<mergeCell " not in data:
        return 0
    return max((int(last) - int(first) + 1 for first, last in _MERGE.findall(data)), default=0)


def _too_far(place: str) -> UnreadableFile:
    message = (
        f"Trang «{place}» có ô ở quá xa: vượt giới hạn {limits.TABLE_ROWS} dòng hoặc "
        f"{limits.TABLE_COLUMNS} cột. Hãy xóa các ô ngoài bảng rồi tải lại. Chưa có dữ liệu nào "
        "được ghi."
    )
    return UnreadableFile(message)
