"""Text that people type comes out as text, whatever is in it."""

import re
from dataclasses import replace

import pytest
from lxml import etree

from catalogue.domain.layout import LAYOUTS
from catalogue.exporters import description_document, hours_report, position_annex, templates
from tests.exporters.examples import DRIVER, LISTING, REPORT
from tests.exporters.word_rules import NAMESPACES, broken_rules, document_of, parts_of

LAYOUT = LAYOUTS[0]
FILES = {
    "descriptions": lambda: description_document.write([DRIVER], layout=LAYOUT),
    "annex": lambda: position_annex.write(LISTING, layout=LAYOUT),
    "report": lambda: hours_report.write(REPORT, layout=LAYOUT),
}
# Controls of both sets, marks that turn the direction of writing, halves of pairs, non-characters.
UNPRINTABLE = [
    *map(chr, [*range(9), 11, 12, *range(14, 32), *range(127, 160)]),
    *("\u202e", "\u2066", "\ud800", "\udfff", "\ufffe", "\uffff"),
]


def printed_name(name: str) -> str:
    """Print a name in its content control and give what the control holds."""
    file = description_document.write([replace(DRIVER, name=name)], layout=LAYOUT)
    assert broken_rules(file) == []
    (control,) = document_of(file).xpath(
        "//w:sdt[w:sdtPr/w:tag/@w:val='name']/w:sdtContent", namespaces=NAMESPACES
    )
    printed = ""
    for node in control.iter("{*}t", "{*}br", "{*}tab"):
        printed += {"t": node.text or "", "br": "\n", "tab": "\t"}[etree.QName(node).localname]
    return printed


@pytest.mark.parametrize(
    "text",
    [
        "{{ config }}", "{% for x in y %}", "[[ namespaces ]]", "{# lời #}",
        "<w:p/>", "</w:t></w:r>", "]]>", "&amp; &#60; &", "\"kép\" và 'đơn'",
        "  hai đầu trống  ", "một\ttab", "hai\ndòng", "nối\u00a0liền", "👩‍💼 và 𝄞", "%s {0}",
        "dài " * 10_000,
    ],
)  # fmt: skip
def test_text_is_printed_to_the_letter(text: str) -> None:
    assert printed_name(text) == text


@pytest.mark.parametrize("character", UNPRINTABLE, ids=ascii)
def test_a_character_that_no_page_can_hold_is_shown_and_stops_nothing(character: str) -> None:
    assert printed_name(f"trước{character}sau\nnữa") == "trước\ufffdsau\nnữa"


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\u2028", "\u2029"])
def test_every_kind_of_line_end_is_a_line_break(line_end: str) -> None:
    assert printed_name(f"hai{line_end}dòng") == "hai\ndòng"


@pytest.mark.parametrize("kind", FILES)
def test_the_same_record_gives_the_same_bytes(kind: str) -> None:
    assert FILES[kind]() == FILES[kind]()


@pytest.mark.parametrize("kind", FILES)
def test_a_file_tells_nothing_of_its_maker(kind: str) -> None:
    parts = parts_of(FILES[kind]())
    assert [name for name in parts if name.startswith("docProps/")] == ["docProps/core.xml"]
    properties = parts["docProps/core.xml"]
    assert b"<dc:language>vi-VN</dc:language></cp:coreProperties>" in properties
    assert b"creator" not in properties
    assert not any(b"python" in part.lower() for part in parts.values())


def test_only_our_own_words_are_printed_into_attributes() -> None:
    """What people type stands in `w:t` alone, where it cannot end an attribute."""
    printed = set()
    for name in ("description_document", "position_annex", "hours_report", "header", "footnotes"):
        loader = templates._templates(LAYOUT).loader
        assert loader is not None
        source, _, _ = loader.get_source(templates._templates(LAYOUT), f"{name}.xml")
        printed |= set(re.findall(r'="[^"<>{]*{{ (.*?) }}', source))
    assert printed == {
        "form.header", "forms[-1].header", "forms[0].header", "loop.index", "month.note",
        "name_style", "note", "style", "tag", "title",
        *(f"{whose}.{each}" for whose in ("identity", "form.origin") for each in (
            "id", "bookmark", "tag",
        )),
    }  # fmt: skip
