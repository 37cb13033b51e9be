"""Prints job descriptions on the form "BẢN MÔ TẢ CÔNG VIỆC" that the offices know."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from catalogue.domain.description import Description, Duty
from catalogue.domain.layout import LAYOUTS, Layout
from catalogue.exporters import description_tables as tables
from catalogue.exporters.templates import rendered
from catalogue.exporters.word import document_file


class _Form(NamedTuple):
    """One description as the template prints it; `header` numbers the pair of headers it takes."""

    record: Description
    marks: tuple[str, ...]
    header: int
    purpose: list[str]
    products: bool
    tasks: Iterator[tables.TaskRow]
    inside: list[tuple[str, str, str]]
    outside: list[tuple[str, str]]
    authority: list[tuple[str | None, list[tuple[str, str]]]]
    qualifications: list[tuple[str, str]]
    levels: Iterator[tuple[str, str, str, str]]


def write(
    descriptions: Sequence[Description],
    *,
    layout: Layout = LAYOUTS[-1],
    marks: Sequence[str] = (),
) -> bytes:
    """Print each description from a new page; `marks` come before each description's own."""
    texts = [tuple(dict.fromkeys((*marks, *each.marks))) for each in descriptions]
    distinct = list(dict.fromkeys(texts))
    forms = [
        _form(each, own, distinct.index(own)) for each, own in zip(descriptions, texts, strict=True)
    ]
    document = rendered("description_document.xml", layout, forms=forms)
    return document_file(layout, distinct, document)


def _form(record: Description, marks: tuple[str, ...], header: int) -> _Form:
    return _Form(
        record,
        marks,
        header,
        purpose=record.purpose.split("\n"),
        products=any(map(_has_products, record.duties)),
        tasks=tables.task_rows(record.duties),
        inside=tables.inside_columns(record.relations),
        outside=tables.outside_rows(record.relations.outside),
        authority=tables.authority_sections(record.authority),
        qualifications=tables.qualification_rows(record.qualifications),
        levels=tables.level_rows(record.competencies),
    )


def _has_products(duty: Duty) -> bool:
    return bool(duty.products) or any(task.product for task in duty.tasks)
