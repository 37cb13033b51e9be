"""What one row of an annex is at first sight, and the figures that groups and sums print in it."""

import re

from catalogue.importers import annex_wording as wording
from catalogue.importers.annex_fields import Fields
from catalogue.importers.annex_labels import NAME, NO
from catalogue.importers.annex_layout import Layout

_PEOPLE = re.compile(r"(\d{1,5})(?:\s*(?:người|biên chế|chỉ tiêu|bc|cc|vc))?\.?$")
_NOTHING = {"", "-", "–", "—", "…", "..."}
_LONGEST_FIGURE = len("99999")


def place(fields: Fields) -> str:
    return f"Bảng {fields.row.table}, dòng {fields.row.row}"


def is_ordinary(fields: Fields) -> bool:
    """Tell at a glance a row that can be nothing but a position, as nearly all are."""
    told = fields.no[:1].isdigit() and fields.name and NAME not in fields.continued
    return bool(told) and has_substance(fields)


def normalised(fields: Fields, layout: Layout) -> Fields:
    """Mend what a short row, a dash or a typed number puts in the wrong cell."""
    if fields.no in _NOTHING:
        fields.no = ""
    if fields.no and not fields.name and not wording.is_number(fields.no):
        fields.no, fields.name = "", fields.no
        fields.merged = fields.merged or len(fields.texts) == 1
    _part_name(fields, layout)
    if fields.rank in _NOTHING:
        fields.rank = ""
    if fields.code in _NOTHING:
        fields.code = ""
    return fields


def _part_name(fields: Fields, layout: Layout) -> None:
    """Part the number and the code from a name, where they have no column of their own."""
    if NO not in layout.columns and not fields.no:
        fields.no, fields.name = wording.split_typed_number(fields.name)
    if layout.coded:
        fields.name, fields.code = wording.split_code(fields.name)


def has_substance(fields: Fields) -> bool:
    """Tell whether a row has a rank or a code; a count that strayed there is neither."""
    return _is_substance(fields.rank, fields.no) or _is_substance(fields.code, fields.no)


def _is_substance(text: str, number: str) -> bool:
    return bool(text) and text != number and not wording.is_only_count(text)


def says_more(fields: Fields) -> bool:
    return bool(fields.no or fields.rank or fields.code or fields.headcount)


def counts(fields: Fields) -> dict[str, int]:
    """Read the figures of a group's or a sum's row, in whichever column they stand."""
    found = wording.counts_in(fields.texts)
    people = people_in(fields.headcount)
    if people is not None:
        found.setdefault(wording.HEADCOUNT, people)
    for text in (fields.rank, fields.code):
        if text.isdecimal() and len(text) <= _LONGEST_FIGURE:
            found.setdefault(wording.POSITIONS, int(text))
    return found


def is_blank(headcount: str) -> bool:
    return headcount in _NOTHING


def people_in(headcount: str) -> int | None:
    """Read whole people, lines of split ranks added up; None for what is no such number."""
    if headcount.isdecimal() and len(headcount) <= _LONGEST_FIGURE:
        return int(headcount)
    lines = [line.casefold() for line in headcount.split("\n") if line not in _NOTHING]
    found = [int(people.group(1)) for line in lines if (people := _PEOPLE.match(line))]
    return sum(found) if lines and len(found) == len(lines) else None
