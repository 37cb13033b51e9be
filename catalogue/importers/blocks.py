"""What a Word document is read as: paragraphs and table rows in the order in which they print."""

from dataclasses import dataclass
from typing import NamedTuple


class Tag(NamedTuple):
    """A content control's tag: its field and detail; `before` stands before it in the line."""

    name: str
    detail: str = ""
    before: str = ""


class Paragraph(NamedTuple):
    """One paragraph outside tables; `number` is what Word's list engine prints before it."""

    text: str
    number: str = ""
    tag: Tag | None = None


class Cell(NamedTuple):
    """One cell: its grid `column` from 0, how many columns it spans, its non-empty lines.

    `continues` marks the lower part of a vertically merged cell. `numbers`, where the list engine
    numbers any line, stands beside `lines`, "" for a line without. `tables` are nested tables.
    `tags`, where any control has one, stand beside `lines` too: a line with a tag is a paragraph
    whole, its breaks kept. A blank cell may have a tag.
    """

    column: int
    lines: tuple[str, ...] = ()
    span: int = 1
    continues: bool = False
    numbers: tuple[str, ...] = ()
    tables: "tuple[tuple[TableRow, ...], ...]" = ()
    tags: tuple[Tag | None, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def printed(self) -> tuple[str, ...]:
        """The lines with the list engine's numbers before them, as the page shows them."""
        if not self.numbers:
            return self.lines
        return tuple(
            f"{number} {line}".strip()
            for number, line in zip(self.numbers, self.lines, strict=True)
        )


@dataclass(slots=True)
class TableRow:
    """One printed row; `table` and `row` count from 1, tables in the document's order.

    Rows of a nested table carry the number of the table around it and count from 1 again. A flat
    row has one cell to each column, with lines and nothing else: it is given by their `texts`, and
    its cells are made when they are asked for, which for most rows is never.
    """

    table: int
    row: int
    given: tuple[Cell, ...] | None = None
    texts: tuple[str, ...] | None = None

    @property
    def cells(self) -> tuple[Cell, ...]:
        if self.given is None:
            texts = enumerate(self.texts or ())
            self.given = tuple([Cell(column, lines_of(text)) for column, text in texts])
        return self.given

    @property
    def first_text(self) -> str:
        """The text of the first cell, asked of every row."""
        if self.texts is None:
            return self.cells[0].text if self.cells else ""
        return self.texts[0] if self.texts else ""


def lines_of(text: str) -> tuple[str, ...]:
    """Part a cell's text into its lines, of which a blank cell has none."""
    return tuple(text.split("\n")) if text else ()


Block = Paragraph | TableRow
