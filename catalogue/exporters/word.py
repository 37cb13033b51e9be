"""The one Jinja2 environment that prints Word XML, and the parts around a document."""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from zipfile import ZipFile

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup

from catalogue.domain.layout import Layout
from catalogue.exporters.geometry import twips
from catalogue.exporters.package import Entry, deflated, packed

TEMPLATES = Path(__file__).parents[2] / "templates" / "word"

Marks = tuple[str, ...]

_HEADER = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
_TYPES, _RELATIONS = "[Content_Types].xml", "word/_rels/document.xml.rels"
_LINE_BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029]")
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')


class _JoinedLines(Extension):
    """Lets templates be laid out for people: their line ends and indents are not printed."""

    def preprocess(self, source: str, _name: str | None, _filename: str | None = None) -> str:
        return "".join(line.strip() for line in source.splitlines())


def _printable(value: object) -> object:
    """Break lines as Word does and show what XML may not hold as U+FFFD; nothing ever aborts."""
    if not isinstance(value, str) or isinstance(value, Markup) or value.isprintable():
        return value
    return _BREAK.join(_LINE_BREAK.split(_UNPRINTABLE.sub("\ufffd", value)))


_templates = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    finalize=_printable,
    extensions=[_JoinedLines],
    auto_reload=False,
)
_templates.filters["twips"] = twips


def rendered(template: str, **values: object) -> bytes:
    """Print one part; every `{{ text }}` of a template stands inside `w:t` and is escaped."""
    return _templates.get_template(template).render(values).encode()


def document_file(layout: Layout, marks: Sequence[Marks], document: bytes, *more: Entry) -> bytes:
    """Pack a document part with the styles of its layout and a pair of headers per set of marks."""
    parts = (deflated("word/document.xml", document), *more)
    return packed(_surroundings(layout, tuple(marks)), parts)


@lru_cache(maxsize=64)
def _surroundings(layout: Layout, marks: tuple[Marks, ...]) -> tuple[Entry, ...]:
    """Compress everything around the document once for all files of that layout and those marks."""
    with ZipFile(TEMPLATES / f"{layout.key}.docx") as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for number, texts in enumerate(marks):
        for kind in ("first", "next"):
            name = f"{kind}{number}"
            header = rendered("header.xml", marks=texts, numbered=kind == "next")
            parts[f"word/{name}.xml"] = header
            parts[_TYPES] = _with(
                parts[_TYPES], f'<Override PartName="/word/{name}.xml" ContentType="{_HEADER}"/>'
            )
            parts[_RELATIONS] = _with(
                parts[_RELATIONS],
                f'<Relationship Id="{name}" Type="{_RELATION}" Target="{name}.xml"/>',
            )
    return tuple(deflated(name, part) for name, part in parts.items())


def _with(part: bytes, element: str) -> bytes:
    """Add one element as the last child of a part's root."""
    head, end, tail = part.rpartition(b"</")
    return head + element.encode() + end + tail
