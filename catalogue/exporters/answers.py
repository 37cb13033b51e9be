"""Prints the table of remarks with what was taken in or explained (tiếp thu, giải trình)."""

from catalogue.domain.layout import Layout
from catalogue.domain.papers import Answers
from catalogue.exporters.templates import rendered
from catalogue.exporters.word import document_file


def write(answers: Answers, *, layout: Layout) -> bytes:
    """Print a row per remark, on pages lying across."""
    document = rendered("answers.xml", layout, paper=answers)
    return document_file(layout, [answers.cover.marks], document)
