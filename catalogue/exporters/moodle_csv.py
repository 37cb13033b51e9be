"""Writes a competency dictionary as the .csv that Moodle imports as a competency framework."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from html import escape

from catalogue.domain import moodle
from catalogue.domain.exchange import LEVELS, Entry, Framework, item_identifier

_TAXONOMY = ",".join(["competency"] * 4)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
Row = list[str]
# Terms and what they mean.
Facts = Sequence[tuple[str, str | None]]


def write(framework: Framework) -> bytes:
    """Write the framework, its groups and its competencies, the level texts in the description."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(moodle.HEADS)
    writer.writerows(map(_harmless, _rows(framework)))
    return sheet.getvalue().encode("utf-8-sig")


def _rows(framework: Framework) -> Iterator[Row]:
    yield _framework_row(framework)
    groups = {
        heading: item_identifier(framework.identifier, f"group {heading}")
        for heading in dict.fromkeys(entry.group for entry in framework.entries)
    }
    for heading, identifier in groups.items():
        yield _row("", identifier, heading, [])
    for entry in framework.entries:
        yield _row(groups[entry.group], entry.identifier, entry.name, _level_facts(entry))


def _framework_row(framework: Framework) -> Row:
    facts = []
    if framework.audience:
        facts.append((moodle.AUDIENCE, framework.audience.label))
    if framework.valid_from:
        facts.append((moodle.SINCE, f"{framework.valid_from:%d/%m/%Y}"))
    if framework.valid_to:
        facts.append((moodle.UNTIL, f"{framework.valid_to:%d/%m/%Y}"))
    row = _row("", framework.identifier, framework.title, facts)
    scale = ",".join(f"{moodle.LEVEL} {level}" for level in LEVELS)
    row[5:7] = scale, _scale_configuration()
    row[moodle.IS_FRAMEWORK :] = "1", _TAXONOMY
    return row


def _row(parent: str, identifier: str, name: str, facts: Facts) -> Row:
    short = name
    if len(name) > moodle.SHORT_NAME_CHARACTERS:
        short = name[: moodle.SHORT_NAME_CHARACTERS - 1] + "…"
        facts = [(moodle.WHOLE_NAME, name), *facts]
    row = [""] * len(moodle.HEADS)
    row[:5] = parent, identifier, short, _described(facts), moodle.HTML_FORMAT
    return row


def _level_facts(entry: Entry) -> Facts:
    return [(f"{moodle.LEVEL} {level}", entry.levels[level]) for level in sorted(entry.levels)]


def _described(facts: Facts) -> str:
    """Print terms and what they mean; a level without a text keeps its blank place."""
    listed = "".join(
        f"<dt>{escape(term)}</dt><dd>{_broken(escape(text or ''))}</dd>" for term, text in facts
    )
    return f"<dl>{listed}</dl>" if facts else ""


def _broken(text: str) -> str:
    return text.replace("\n", "<br />")


def _scale_configuration() -> str:
    """Say what Moodle wants said of a scale: where it begins, and from which value one is able.

    No source says which level makes able, since each position asks for its own; every one does.
    """
    values = [
        {"id": level, "scaledefault": int(level == LEVELS[0]), "proficient": 1} for level in LEVELS
    ]
    return json.dumps([{"scaleid": "1"}, *values])


def _harmless(row: Row) -> Row:
    """Let no spreadsheet take a cell for a formula; the reader takes the mark off again."""
    return [f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell for cell in row]
