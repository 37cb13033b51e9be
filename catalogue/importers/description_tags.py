"""Which field of the form each tag stands for: the one table of what export and import agree on."""

from collections.abc import Mapping

from catalogue.importers.blocks import Cell, TableRow, Tag
from catalogue.importers.description_labels import field
from catalogue.importers.description_words import Column, Field, Section

FIELDS: Mapping[str, Field] = {
    "name": Field.NAME,
    "code": Field.CODE,
    "starts": Field.STARTS,
    "workplace": Field.WORKPLACE,
    "procedures": Field.PROCEDURES,
}
COLUMNS: Mapping[str, Column] = {
    "duty_no": Column.NO,
    "duty": Column.DUTY,
    "task": Column.TASK,
    "product": Column.PRODUCT,
    "duty_product": Column.PRODUCT,
    "product_unit": Column.UNIT,
    "norm": Column.NORM,
    "kind": Column.KIND,
    "criterion": Column.CRITERION,
    "duty_criterion": Column.CRITERION,
    "managed_by": Column.MANAGED_BY,
    "manages": Column.MANAGES,
    "coordinates_in_unit": Column.IN_UNIT,
    "coordinates_with": Column.WITH,
    "outside_body": Column.BODY,
    "outside_nature": Column.NATURE,
    "authority_no": Column.NO,
    "authority": Column.POWER,
    "authority_section": Column.POWER,
    "qualification_group": Column.LABEL,
    "qualification": Column.DETAIL,
    "competency_group": Column.GROUP,
    "competency": Column.COMPETENCY,
    "level": Column.LEVEL,
}
# Headings of sections have the tag `section` with one of these, heads of columns `column` with one
# of the fields above.
SECTIONS: Mapping[str, Section] = {
    "purpose": Section.PURPOSE,
    "duties": Section.DUTIES,
    "inside": Section.INSIDE,
    "outside": Section.OUTSIDE,
    "authority": Section.AUTHORITY,
    "qualifications": Section.QUALIFICATIONS,
    "competencies": Section.COMPETENCIES,
}
LINES = frozenset(("cover", "title", "preface", "mark", "section", "purpose"))
NAMES = frozenset((*FIELDS, *COLUMNS, *LINES, "particular", "column"))


def tag_of(row: TableRow) -> Tag | None:
    """Give the first tag that tells the row's kind: a number's does not."""
    if row.given is None:
        return None
    tags = [tag for cell in row.given if cell.tags for tag in cell.tags if tag]
    return next((tag for tag in tags if COLUMNS.get(tag.name) is not Column.NO), None)


def column_of(cell: Cell) -> Column | None:
    """Give the column that a cell's own tag names."""
    return COLUMNS.get(cell.tags[0].name) if cell.tags and cell.tags[0] else None


def head_of(cell: Cell) -> Column | None:
    """Give the column that a cell heads by its tag."""
    tag = cell.tags[0] if cell.tags else None
    return COLUMNS.get(tag.detail) if tag and tag.name == "column" else None


def in_box(line: str, tag: Tag) -> tuple[str, str]:
    """Part a tagged line of the box into its label and its value.

    What was typed between label and control belongs to the value. A label of the form's own may
    have lost its colon or have come into the control; one that people gave may hold colons itself.
    """
    value = line.removeprefix(tag.before)
    before = tag.before or _own_label(value, tag)
    if not tag.before:
        value = value[len(before) :]
    parted = before.rpartition(":") if tag.name == "particular" else before.partition(":")
    label, colon, typed = parted
    if not colon and not field(before):
        label, typed = "", before
    return label.strip(), f"{typed}{value}".strip()


def _own_label(value: str, tag: Tag) -> str:
    label, colon, _ = value.partition(":")
    return label + colon if colon and field(label) is FIELDS.get(tag.name, label) else ""
