"""Builds each layout's style package with python-docx: `python -m catalogue.exporters.styles`."""

from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple
from zipfile import ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN, WD_LINE_SPACING
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.package import Package
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

from catalogue.domain.layout import LAYOUTS, Layout
from catalogue.exporters.package import deflated, packed
from catalogue.exporters.templates import TEMPLATES, rendered

_FONT = "Times New Roman"
# Twips left and right of a cell's text; Word's own 108 break short words in narrow columns.
_CELL_MARGIN = "70"
_KEPT_STYLES = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList", "TableGrid"}

# Names that Word knows; under any other it would keep a second style beside its own.
_BUILTIN = {"Title", "Heading 1", "Heading 2", "Header", "footnote text"}

_DEFAULTS = f"""<w:docDefaults {nsdecls("w")}><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="{_FONT}" w:eastAsia="{_FONT}" w:hAnsi="{_FONT}" w:cs="{_FONT}"/>
<w:lang w:val="vi-VN" w:eastAsia="en-US" w:bidi="ar-SA"/>
</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"""

_SETTINGS = f"""<w:settings {nsdecls("w")}><w:zoom w:percent="100"/>
<w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/>
<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>
<w:compat><w:compatSetting w:name="compatibilityMode"
 w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>
<w:themeFontLang w:val="vi-VN"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>
</w:settings>"""

_PROPERTIES = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties">
<dc:language>vi-VN</dc:language></cp:coreProperties>"""


class Look(NamedTuple):
    """One paragraph style: its name, size in points and what differs from plain text."""

    name: str
    size: float
    align: ALIGN = ALIGN.LEFT
    bold: bool = False
    italic: bool = False
    gap: float = 0
    first_line: float = 0
    line: float | None = None
    outline: int | None = None
    keep: bool = False


def looks(layout: Layout) -> Iterator[Look]:
    """List the paragraph styles of a layout in the order in which Word shows them."""
    body, small, cell = layout.body_size, layout.small_size, layout.body_size - 1
    gap, indent = layout.paragraph_gap, layout.first_line
    yield Look("Title", layout.heading_size, ALIGN.CENTER, bold=True, gap=1.5 * gap)
    yield Look("Subject", body, ALIGN.CENTER, bold=True)
    yield Look("Body", body, ALIGN.JUSTIFY, gap=gap, first_line=indent, line=layout.line)
    yield Look("Heading 1", body, bold=True, gap=gap, first_line=indent, outline=0, keep=True)
    yield Look(
        "Heading 2", body, italic=True, bold=True, gap=gap, first_line=indent, outline=1, keep=True
    )
    yield Look("Block", body, ALIGN.CENTER)
    yield Look("Party Name", layout.heading_size, ALIGN.CENTER, bold=True)
    yield Look("Dateline", body, ALIGN.CENTER, italic=True, gap=gap)
    yield Look("Note", body, ALIGN.CENTER, italic=True)
    yield Look("Recipients", body)
    yield Look("Small", small)
    yield Look("Mark", small, ALIGN.CENTER, italic=True, gap=3)
    yield Look("Cell", cell, gap=2)
    yield Look("Cell Centred", cell, ALIGN.CENTER, gap=2)
    yield Look("Cell Head", cell, ALIGN.CENTER, bold=True, gap=2, keep=True)
    yield Look("Group Name", cell, bold=True, gap=2, keep=True)
    yield Look("Total", cell, ALIGN.CENTER, bold=True, gap=2)
    yield Look("Total Name", cell, bold=True, gap=2)
    yield Look("Break", 1, line=1)
    yield Look("Header", body, ALIGN.CENTER)
    yield Look("footnote text", small - 1, ALIGN.JUSTIFY)


def build(layout: Layout) -> bytes:
    """Make the style package: an empty document whose constant parts every export copies."""
    document = Document()
    _strip(document)
    _replace_children(document.settings.element, _SETTINGS)
    _set_styles(document, layout)
    package = document.part.package
    footnotes = rendered("footnotes.xml", layout, notes=())
    document.part.relate_to(
        _part(package, "/word/footnotes.xml", CONTENT_TYPE.WML_FOOTNOTES, footnotes),
        RELATIONSHIP_TYPE.FOOTNOTES,
    )
    package.relate_to(
        _part(package, "/docProps/core.xml", CONTENT_TYPE.OPC_CORE_PROPERTIES, _PROPERTIES),
        RELATIONSHIP_TYPE.CORE_PROPERTIES,
    )
    return _reproducible(document)


def _strip(document: WordDocument) -> None:
    """Leave of python-docx's own template only the parts and styles that are built on here."""
    for source, kept in (
        (document.part, {RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS}),
        (document.part.package, {RELATIONSHIP_TYPE.OFFICE_DOCUMENT}),
    ):
        for key, relation in list(source.rels.items()):
            if relation.reltype not in kept:
                del source.rels[key]
    for style in list(document.styles):
        if style.style_id not in _KEPT_STYLES:
            style.delete()


def _replace_children(element: BaseOxmlElement, xml: str) -> None:
    element[:] = list(parse_xml(xml))


def _set_styles(document: WordDocument, layout: Layout) -> None:
    styles = document.styles
    _replace_children(styles.element.find(qn("w:docDefaults")), _DEFAULTS)
    styles["Normal"].font.size = Pt(layout.body_size)
    for look in looks(layout):
        style = styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH, builtin=look.name in _BUILTIN)
        style.base_style = styles["Normal"]
        _dress(style, look)
    for margin in styles["Table Grid"].element.xpath(".//w:tblCellMar/*[@w:w='108']"):
        margin.set(qn("w:w"), _CELL_MARGIN)
    reference = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    reference.font.superscript = True


def _dress(style: ParagraphStyle, look: Look) -> None:
    style.font.size = Pt(look.size)
    style.font.bold = look.bold or None
    style.font.italic = look.italic or None
    form = style.paragraph_format
    form.alignment = look.align
    form.space_before = form.space_after = Pt(look.gap)
    form.first_line_indent = Mm(look.first_line)
    form.keep_with_next = look.keep or None
    if look.line:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
    if look.outline is not None:
        properties = style.element.get_or_add_pPr()
        properties.append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{look.outline}"/>'))


def _part(package: Package, name: str, content_type: str, xml: bytes) -> Part:
    return Part(PackURI(name), content_type, xml, package)


def _reproducible(document: WordDocument) -> bytes:
    """Pack the parts again without the hour that python-docx writes beside each."""
    saved = BytesIO()
    document.save(saved)
    with ZipFile(saved) as package:
        return packed(deflated(name, package.read(name)) for name in package.namelist())


def main() -> None:
    for layout in LAYOUTS:
        (TEMPLATES / f"{layout.key}.docx").write_bytes(build(layout))


if __name__ == "__main__":
    main()
