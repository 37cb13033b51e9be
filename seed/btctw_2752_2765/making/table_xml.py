"""Tables written as Word writes them: properties, merged cells, broken runs, tracked changes."""

from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

from seed.btctw_2752_2765.making.grid import Cell, Line, Table
from seed.btctw_2752_2765.making.source import Layout, Revision

# In twentieths of a point, the portrait page between its margins being 9,638 wide.
WIDTHS = {"no": 700, "name": 3638, "rank": 1900, "code": 2200, "headcount": 1200, "note": 900}
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
CHANGED = 'w:author="Cán bộ tổng hợp" w:date="2024-01-08T08:00:00Z"'
LONG = 24


def table(lines: Table, layout: Layout) -> str:
    """Write one table of the list."""
    widths = [WIDTHS[column.key] for column in layout.columns]
    rows = "".join(_rows(lines, layout, widths))
    return framed(rows, widths, borders=BORDERS)


def framed(rows: str, widths: list[int], *, borders: str = "") -> str:
    """Wrap finished rows into a table; without borders it only arranges text on the page."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    frame = f"<w:tblBorders>{borders}</w:tblBorders>" if borders else ""
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>{frame}'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def plain_row(cells: Sequence[Cell], widths: list[int], *, bold: bool = False) -> str:
    """Write a row of a table that is no list: the letterhead, a key, a competency's level."""
    written, start = "", 0
    for cell in cells:
        written += _cell(cell, widths[start : start + cell.span], runs(cell.text, bold=bold))
        start += cell.span
    return f"<w:tr>{written}</w:tr>"


def _rows(lines: Table, layout: Layout, widths: list[int]) -> Iterator[str]:
    revisions = {revision.code: revision for revision in layout.revisions}
    before = ""
    for line in lines:
        row = _row(line, layout, widths, revisions)
        # The first position under a heading stands in a content control that holds its whole row.
        if layout.content_controls and before == "group":
            row = _controlled(row)
        before = line.kind
        yield row


def _row(line: Line, layout: Layout, widths: list[int], revisions: Mapping[str, Revision]) -> str:
    properties = "<w:cantSplit/>"
    if layout.repeat_header and line.kind == "header":
        properties += "<w:tblHeader/>"
    if line.kind == "deleted":
        properties += f'<w:del w:id="91" {CHANGED}/>'
    revision = revisions.get(line.position.code) if line.position else None
    cells, start = "", 0
    for cell in line.cells:
        key = layout.columns[start].key
        content = _content(line, cell, key, layout, revision)
        cells += _cell(cell, widths[start : start + cell.span], content, centred=key != "name")
        start += cell.span
    return (
        f'<w:tr w:rsidR="00A71C3E" w:rsidTr="00C41B52"><w:trPr>{properties}</w:trPr>{cells}</w:tr>'
    )


def _content(line: Line, cell: Cell, key: str, layout: Layout, revision: Revision | None) -> str:
    if line.kind == "deleted":
        return deleted_run(cell.text)
    if revision and key == "name":
        return _revised(cell.text, revision)
    bold = line.kind in {"header", "total", "group"}
    lines = (runs(text, bold=bold, broken=layout.broken_runs) for text in cell.lines)
    written = "<w:r><w:br/></w:r>".join(lines)
    if layout.content_controls and line.kind == "position" and key == "rank":
        return _controlled(written, "<w:dropDownList/>")
    return written


def _cell(cell: Cell, widths: list[int], content: str, *, centred: bool = False) -> str:
    properties = f'<w:tcW w:w="{sum(widths)}" w:type="dxa"/>'
    if cell.span > 1:
        properties += f'<w:gridSpan w:val="{cell.span}"/>'
    if cell.merge != "none":
        properties += '<w:vMerge w:val="restart"/>' if cell.merge == "start" else "<w:vMerge/>"
    paragraph = (
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if cell.numbered else ""
    )
    paragraph += '<w:spacing w:before="40" w:after="40"/>'
    paragraph += '<w:jc w:val="center"/>' if centred else ""
    return (
        f'<w:tc><w:tcPr>{properties}<w:vAlign w:val="center"/></w:tcPr>'
        f"<w:p><w:pPr>{paragraph}</w:pPr>{content}</w:p></w:tc>"
    )


def runs(text: str, *, bold: bool = False, broken: bool = False) -> str:
    """Write a text in one run, or broken in the middle of words as Word leaves it after edits."""
    if not text:
        return ""
    if not broken or len(text) < LONG:
        return _run(text, bold=bold)
    third = len(text) // 3
    first, middle, last = text[:third], text[third : 2 * third], text[2 * third :]
    return (
        _run(first, bold=bold)
        + '<w:proofErr w:type="spellStart"/>'
        + _run(middle, bold=bold, revision="00C41B52")
        + '<w:proofErr w:type="spellEnd"/>'
        + _run(last, bold=bold)
    )


def deleted_run(text: str) -> str:
    """Write a text that Word shows struck out and a reader must not count."""
    if not text:
        return ""
    kept = f'<w:delText xml:space="preserve">{escape(text)}</w:delText>'
    return f'<w:del w:id="92" {CHANGED}><w:r>{kept}</w:r></w:del>'


def _controlled(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def _revised(text: str, revision: Revision) -> str:
    kept = text.removesuffix(revision.inserted)
    inserted = f'<w:ins w:id="93" {CHANGED}>{_run(revision.inserted)}</w:ins>'
    return _run(kept) + deleted_run(revision.deleted) + inserted


def _run(text: str, *, bold: bool = False, revision: str = "") -> str:
    properties = "<w:rPr><w:b/><w:bCs/></w:rPr>" if bold else ""
    mark = f' w:rsidRPr="{revision}"' if revision else ""
    return f'<w:r{mark}>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
