"""The .csv of a Moodle competency framework: by the order of its columns, whatever their heads."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from lxml import html

from catalogue.domain import limits, moodle
from catalogue.domain.errors import UnreadableFile
from catalogue.domain.exchange import Entry, Framework, in_order
from catalogue.domain.problems import Problem
from catalogue.domain.text import clean, fold, forbidden_character
from catalogue.domain.words import PositionGroup
from catalogue.importers import refusals

_UNGROUPED = "Năng lực khác"
_LEVEL = re.compile(rf"{moodle.LEVEL}\s*([1-5])$")
_NOTHING = "Chưa có dữ liệu nào được ghi."
_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_MOST_ROWS = 5_000
Row = Sequence[str]


def read(data: bytes, name: str = "khung năng lực.csv") -> Framework:
    """Read one framework; raises UnreadableFile for what is no such table.

    A description that is no list of levels has no place in a dictionary: it is said, and left out.
    """
    rows = _rows(data, name)
    tops = [row for row in rows if row[moodle.IS_FRAMEWORK].strip() in ("1", "true", "True")]
    if len(tops) != 1:
        raise _refused(name, f"có {len(tops)} dòng khung năng lực (cột Is framework), cần đúng một")
    return _Reading(rows).framework(tops[0])


class _Reading:
    """Reads the rows of one framework."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._problems: list[Problem] = []
        self._rows = rows
        self._parents = {row[moodle.PARENT] for row in rows if row[moodle.PARENT]}
        self._names = {
            row[moodle.ID_NUMBER]: self._name(row, number)
            for number, row in enumerate(rows, start=2)
        }

    def framework(self, top: Row) -> Framework:
        entries = [
            self._entry(row, number)
            for number, row in enumerate(self._rows, start=2)
            if row is not top and row[moodle.ID_NUMBER] not in self._parents
        ]
        self._refuse_doubles(entries)
        facts = _facts(top[moodle.DESCRIPTION])
        return Framework(
            identifier=top[moodle.ID_NUMBER],
            title=self._names[top[moodle.ID_NUMBER]],
            entries=in_order([entry for entry in entries if entry.name]),
            audience=next(
                (group for group in PositionGroup if group.label == facts.get(moodle.AUDIENCE)),
                None,
            ),
            valid_from=_day(facts.get(moodle.SINCE)),
            valid_to=_day(facts.get(moodle.UNTIL)),
            problems=tuple(self._problems),
        )

    def _name(self, row: Row, number: int) -> str:
        whole = _facts(row[moodle.DESCRIPTION]).get(moodle.WHOLE_NAME)
        name = clean(whole or row[moodle.SHORT_NAME])
        if not name:
            self._refuse(number, "không có tên (cột Short name)", "Ghi tên năng lực.")
        elif found := forbidden_character(name):
            self._refuse(number, f"tên có ký tự điều khiển {found[1]}", "Xóa ký tự đó.")
        elif len(name) > limits.NAME_CHARACTERS:
            self._refuse(number, f"tên dài {len(name)} ký tự", "Rút ngắn tên.")
        return name

    def _entry(self, row: Row, number: int) -> Entry:
        facts = _facts(row[moodle.DESCRIPTION])
        levels = {
            int(found[1]): text or None
            for term, text in facts.items()
            if (found := _LEVEL.match(term))
        }
        if row[moodle.DESCRIPTION].strip() and not levels:
            fix = "Ghi các mức thành «Cấp độ 1» … «Cấp độ 5» nếu cần giữ."
            what = "phần mô tả không có mức năng lực nên chưa đưa vào"
            self._problems.append(Problem(f"Dòng {number}", what, fix))
        group = self._names.get(row[moodle.PARENT], "") or _UNGROUPED
        return Entry(row[moodle.ID_NUMBER], group, self._names[row[moodle.ID_NUMBER]], levels)

    def _refuse_doubles(self, entries: Sequence[Entry]) -> None:
        seen: set[str] = set()
        for entry in entries:
            if entry.name and fold(entry.name) in seen:
                what = f"năng lực «{entry.name}» có hai dòng"
                self._problems.append(Problem("Tệp", what, "Bỏ một dòng.", blocks=True))
            seen.add(fold(entry.name))

    def _refuse(self, number: int, what: str, fix: str) -> None:
        self._problems.append(Problem(f"Dòng {number}", what, fix, blocks=True))


def _rows(data: bytes, name: str) -> list[Row]:
    if len(data) > limits.UPLOAD_BYTES:
        raise refusals.too_big(name, len(data))
    text = _decoded(data, name)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(limits.CELL_CHARACTERS * 8)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise _refused(name, f"không phải bảng CSV ({error})") from None
    if not rows or len(rows[0]) < len(moodle.HEADS):
        raise _refused(name, f"cần {len(moodle.HEADS)} cột theo thứ tự của Moodle")
    if len(rows) > _MOST_ROWS:
        raise refusals.too_many(name, len(rows), "dòng", _MOST_ROWS)
    return [_plain(row, name, number) for number, row in enumerate(rows[1:], start=2) if any(row)]


def _plain(row: Row, name: str, number: int) -> Row:
    """Take off the mark that keeps a spreadsheet from reading a formula; short rows are refused."""
    if len(row) <= moodle.IS_FRAMEWORK:
        raise _refused(name, f"dòng {number} chỉ có {len(row)} cột")
    return [cell[1:] if cell[:1] == "'" and cell[1:2] in "=+-@\t\r" else cell for cell in row]


def _decoded(data: bytes, name: str) -> str:
    encoding = next((known for bom, known in _BOMS if data.startswith(bom)), "utf-8-sig")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise _refused(name, "không dùng bảng mã Unicode; hãy lưu lại dạng UTF-8") from None
    if "\0" in text:
        raise _refused(name, "có ký tự NUL")
    return text


def _facts(description: str) -> Mapping[str, str]:
    """Read the terms of a description and what each means."""
    if "<dt" not in description:
        return {}
    tree = html.fragment_fromstring(description, create_parent=True)
    for line_break in tree.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    terms = [clean(str(term.text_content())) for term in tree.iter("dt")]
    meanings = [clean(str(meaning.text_content())) for meaning in tree.iter("dd")]
    return dict(zip(terms, meanings, strict=False))


def _day(text: str | None) -> date | None:
    try:
        return datetime.strptime(text or "", "%d/%m/%Y").replace(tzinfo=UTC).date()
    except ValueError:
        return None


def _refused(name: str, why: str) -> UnreadableFile:
    message = (
        f"Tệp «{name}» không phải khung năng lực Moodle (.csv): {why}. Hãy xuất lại từ Moodle "
        f"(Xuất khung năng lực) rồi tải lên. {_NOTHING}"
    )
    return UnreadableFile(message)
