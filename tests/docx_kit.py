"""Small Word files in one line: snippets of WordprocessingML in, the bytes of a .docx out."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{_R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARTS = ("styles", "numbering", "footnotes", "endnotes", "settings")

type_of_part: Mapping[str, str] = {part: f"{_WORDML}.{part}+xml" for part in PARTS}


def run(text: str, properties: str = "") -> str:
    """One run; `properties` goes inside its `w:rPr`."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def hidden(text: str) -> str:
    return run(text, "<w:vanish/>")


def inserted(text: str) -> str:
    return f'<w:ins w:id="1" w:author="A" w:date="2024-04-01T00:00:00Z">{run(text)}</w:ins>'


def deleted(text: str) -> str:
    return (
        '<w:del w:id="2" w:author="A" w:date="2024-04-01T00:00:00Z">'
        f'<w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r></w:del>'
    )


def content_control(inner: str) -> str:
    """Wrap runs, paragraphs, cells or rows in a content control."""
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def text_box(*paragraphs: str) -> str:
    """A run with a text box as Word writes it: once for itself, once more for older programs."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic>'
        f"<a:graphicData><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData>"
        "</a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def numbered(num: int, level: int = 0) -> str:
    """Paragraph properties of an item of a list of Word's own."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'


def paragraph(*runs: str, properties: str = "") -> str:
    """One paragraph; a part that is not mark-up is taken as plain text."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(map(_as_run, runs))}</w:p>"


def cell(
    *content: str, span: int = 1, merge: str = "", numbering: str = "", properties: str = ""
) -> str:
    """One cell; `merge` is "restart" or "continue"; plain text may hold line feeds."""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span != 1 else ""
    inner = "".join(_as_block(part, numbering) for part in content or ("",))
    return f"<w:tc><w:tcPr>{spanned}{merged}{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """One row; what is not the mark-up of a cell becomes the content of one."""
    inner = "".join(part if _is_cell(part) else cell(part) for part in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def table(*rows: str | Iterable[str]) -> str:
    """One table; a row is mark-up or the list of its cells."""
    inner = [part if isinstance(part, str) else row(*part) for part in rows]
    columns = '<w:gridCol w:w="1800"/>' * max(map(_width, inner), default=0)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(inner)}</w:tbl>"


def numbering(*levels: tuple[str, str], num: int = 1) -> str:
    """A numbering part with one list; a level is its format and text, as ("decimal", "%1.")."""
    inner = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{escape(text)}"/></w:lvl>'
        for index, (form, text) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="0">{inner}</w:abstractNum>'
        f'<w:num w:numId="{num}"><w:abstractNumId w:val="0"/></w:num>'
    )


def parts(*blocks: str, **related: str) -> dict[str, bytes]:
    """Every part of a small Word file; `related` names other parts with their inner mark-up."""
    body = "".join(_as_block(block) for block in blocks)
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{type_of_part[part]}"/>'
        for part in related
    )
    files = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="'
            'application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            'ContentType="application/xml"/><Override PartName="/word/document.xml" '
            f'ContentType="{_WORDML}.document.main+xml"/>{overrides}</Types>'
        ),
        "_rels/.rels": relationships(("officeDocument", "word/document.xml")),
        "word/document.xml": (
            f"<w:document {_NAMESPACES}><w:body>{body}<w:p/><w:sectPr/></w:body></w:document>"
        ),
        "word/_rels/document.xml.rels": relationships(*((part, f"{part}.xml") for part in related)),
    } | {
        f"word/{part}.xml": f"<w:{part} {_NAMESPACES}>{inner}</w:{part}>"
        for part, inner in related.items()
    }
    return {name: text.encode() for name, text in files.items()}


def relationships(*entries: tuple[str, str], external: bool = False) -> str:
    """A relationships part; an entry is the last word of its type and its target."""
    mode = ' TargetMode="External"' if external else ""
    inner = "".join(
        f'<Relationship Id="rId{index}" Type="{_R}/{kind}" Target="{escape(target)}"{mode}/>'
        for index, (kind, target) in enumerate(entries, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def pack(files: Mapping[str, bytes]) -> bytes:
    """Zip parts into the bytes of a file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def docx(*blocks: str, **related: str) -> bytes:
    """A Word file from blocks: mark-up, or the plain text of a paragraph."""
    return pack(parts(*blocks, **related))


def rewrite(data: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """A copy of a file with some of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return pack({name: changes.get(name, bytes)(content) for name, content in files.items()})


def _width(row_markup: str) -> int:
    spans = map(int, re.findall(r'<w:gridSpan w:val="(\d{1,2})"', row_markup))
    return row_markup.count("<w:tc>") + sum(span - 1 for span in spans)


def _is_cell(part: str) -> bool:
    return part.removeprefix("<w:sdt><w:sdtPr/><w:sdtContent>").startswith("<w:tc>")


def _as_run(part: str) -> str:
    return part if part.startswith("<") else run(part)


def _as_block(part: str, numbering: str = "") -> str:
    if any(mark in part for mark in ("<w:p>", "<w:tbl>")):
        return part
    if part.startswith("<"):
        return paragraph(part, properties=numbering)
    return "".join(paragraph(line, properties=numbering) for line in part.split("\n"))
