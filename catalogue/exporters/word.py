"""The one Jinja2 environment that prints Word XML, and the parts around a document."""

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from zipfile import ZipFile

from jinja2 import Environment, FileSystemLoader, FunctionLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import escape

from catalogue.domain.layout import Layout
from catalogue.exporters.geometry import columns, text_width, twips
from catalogue.exporters.package import Entry, Start, begun, deflated, packed

TEMPLATES = Path(__file__).parents[2] / "templates" / "word"

Marks = tuple[str, ...]

_HEADER = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
_TYPES, _RELATIONS = "[Content_Types].xml", "word/_rels/document.xml.rels"
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
# What may not stand in `w:t` as it is: markup, line ends, and what XML or the eye cannot hold.
_AS_PRINTED = {
    **dict.fromkeys(
        (
            *range(0x20),
            *range(0x7F, 0xA0),
            *range(0x202A, 0x202F),
            *range(0x2066, 0x206A),
            *range(0xD800, 0xE000),
            0xFFFE,
            0xFFFF,
        ),
        "\ufffd",
    ),
    **dict.fromkeys(map(ord, "\r\u2028\u2029"), _BREAK),
    ord("\t"): '</w:t><w:tab/><w:t xml:space="preserve">',
    **{ord(mark): escape(mark) for mark in "&<>\"'"},
}


class _JoinedLines(Extension):
    """Lets templates be laid out for people: their line ends and indents are not printed."""

    def preprocess(self, source: str, _name: str | None, _filename: str | None = None) -> str:
        return "".join(line.strip() for line in source.splitlines())


def _printed(value: object) -> str:
    """Print any value as text of `w:t`, None as nothing; no text aborts or becomes markup.

    This is the escaping of every `{{ value }}`, which no template can switch off. Jinja's own
    would wrap each value in Markup, which takes longer than everything else in a document.
    """
    text = value if isinstance(value, str) else "" if value is None else str(value)
    if text.isprintable() and "&" not in text and "<" not in text and ">" not in text:
        return text
    if "\n" in text:
        return _BREAK.join(map(_printed, text.replace("\r\n", "\n").split("\n")))
    return text.translate(_AS_PRINTED)


@cache
def _templates(layout: Layout) -> Environment:
    """Make templates in two stages, so that a document costs little more than its own values.

    First `[[ macros ]]` write out what the form and the layout fix, once, when a template is
    loaded; then `{{ values }}` fill what is flat XML by now, with nothing left to call per cell.
    """
    sources = Environment(  # noqa: S701 - holds no value that anybody typed
        loader=FileSystemLoader(TEMPLATES),
        variable_start_string="[[",
        variable_end_string="]]",
        block_start_string="[%",
        block_end_string="%]",
        comment_start_string="[#",
        comment_end_string="#]",
        undefined=StrictUndefined,
        extensions=[_JoinedLines],
    )
    sources.globals |= {"layout": layout, "columns": columns, "text_width": text_width}
    sources.filters["twips"] = twips
    return Environment(
        loader=FunctionLoader(lambda name: sources.get_template(name).render()),
        autoescape=False,  # noqa: S701 - `_printed` escapes, see there
        undefined=StrictUndefined,
        finalize=_printed,
        auto_reload=False,
    )


def rendered(name: str, layout: Layout, **values: object) -> bytes:
    """Print one part; every `{{ text }}` of a template stands inside `w:t`.

    Pieces are encoded one by one: most are ASCII, and encode slowly once joined to Vietnamese. The
    generator is Jinja's own; `generate()` would wrap it to name template lines in errors, of which
    joined lines have one.
    """
    template = _templates(layout).get_template(name)
    pieces = template.root_render_func(template.new_context(values))
    return b"".join(map(str.encode, pieces))


def document_file(layout: Layout, marks: Sequence[Marks], document: bytes, *more: Entry) -> bytes:
    """Pack a document part with the styles of its layout and a pair of headers per set of marks."""
    own = (deflated("word/document.xml", document), *more)
    start = _surroundings(layout, tuple(marks), tuple(entry.name for entry in own))
    return packed(own, start)


@lru_cache(maxsize=64)
def _surroundings(layout: Layout, marks: tuple[Marks, ...], own: tuple[bytes, ...]) -> Start:
    """Lay out, once for all files of a kind, every part but those that each file has of its own."""
    with ZipFile(TEMPLATES / f"{layout.key}.docx") as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for number, texts in enumerate(marks):
        for kind in ("first", "next"):
            name = f"{kind}{number}"
            header = rendered("header.xml", layout, marks=texts, numbered=kind == "next")
            parts[f"word/{name}.xml"] = header
            parts[_TYPES] = _with(
                parts[_TYPES], f'<Override PartName="/word/{name}.xml" ContentType="{_HEADER}"/>'
            )
            parts[_RELATIONS] = _with(
                parts[_RELATIONS],
                f'<Relationship Id="{name}" Type="{_RELATION}" Target="{name}.xml"/>',
            )
    entries = (deflated(name, part) for name, part in parts.items())
    return begun(entry for entry in entries if entry.name not in own)


def _with(part: bytes, element: str) -> bytes:
    """Add one element as the last child of a part's root."""
    head, end, tail = part.rpartition(b"</")
    return head + element.encode() + end + tail
