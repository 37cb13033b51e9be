"""Prints job descriptions on the form "BẢN MÔ TẢ CÔNG VIỆC" that the offices know."""

from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from typing import NamedTuple

from catalogue.domain.description import Description
from catalogue.domain.layout import LAYOUTS, Layout
from catalogue.domain.word_tags import Identities, Identity, Origin
from catalogue.exporters import description_tables as tables
from catalogue.exporters.templates import rendered
from catalogue.exporters.word import document_file

COVER_TITLE = "TẬP BẢN MÔ TẢ CÔNG VIỆC"


class _Form(NamedTuple):
    """One description as the template prints it; `header` numbers the pair of headers it takes."""

    record: Description
    marks: tuple[str, ...]
    header: int
    origin: Identity | None
    purpose: list[str]
    columns: str
    tasks: Iterator[tables.TaskRow]
    inside: list[tuple[str, str, tables.Lines]]
    outside: list[tuple[tables.Lines, tables.Lines]]
    authority: list[tuple[str | None, list[tuple[str, str]]]]
    qualifications: list[tuple[str, tables.Lines]]
    levels: Iterator[tuple[str, str, str, str]]


def write(
    descriptions: Sequence[Description],
    *,
    layout: Layout = LAYOUTS[-1],
    marks: Sequence[str] = (),
    origins: Sequence[Origin | None] = (),
    cover: str = "",
) -> bytes:
    """Print each description from a new page; `marks` come before each description's own.

    `origins` says, one by one, which version or draft each description is. A `cover` names what
    all of them belong to, and is followed by their list.
    """
    texts = [tuple(dict.fromkeys((*marks, *each.marks))) for each in descriptions]
    distinct = list(dict.fromkeys(texts))
    identities = Identities()
    forms = [
        _form(each, own, distinct.index(own), _identified(origin, identities), identities)
        for each, own, origin in zip(
            descriptions, texts, chain(origins, repeat(None)), strict=False
        )
    ]
    lines = _cover(cover, descriptions, identities) if cover else []
    document = rendered("description_document.xml", layout, forms=forms, cover=lines)
    return document_file(layout, distinct, document)


def _cover(
    name: str, descriptions: Sequence[Description], identities: Identities
) -> list[tuple[Identity | None, str, str]]:
    """Give identity, style and text of each line before the first description."""
    listed = [
        ("Body", f"{number}. {each.name}{f' ({each.code})' if each.code else ''}")
        for number, each in enumerate(descriptions, 1)
    ]
    lines = [("PartyName", name), ("Title", COVER_TITLE), *listed]
    return [
        (identities.given("cover", str(number)), style, text)
        for number, (style, text) in enumerate(lines, 1)
    ]


def _identified(origin: Origin | None, identities: Identities) -> Identity | None:
    return identities.given("name", origin.detail()) if origin else None


def _form(
    record: Description,
    marks: tuple[str, ...],
    header: int,
    origin: Identity | None,
    identities: Identities,
) -> _Form:
    return _Form(
        record,
        marks,
        header,
        origin=origin,
        purpose=record.purpose.split("\n"),
        columns=tables.optional_columns(record.duties),
        tasks=tables.task_rows(record.duties, identities),
        inside=tables.inside_columns(record.relations),
        outside=tables.outside_rows(record.relations.outside),
        authority=tables.authority_sections(record.authority),
        qualifications=tables.qualification_rows(record.qualifications),
        levels=tables.level_rows(record.competencies),
    )
