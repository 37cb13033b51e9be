"""Prints the notice of what was concluded (thông báo kết luận)."""

from catalogue.domain.layout import Layout
from catalogue.domain.papers import Conclusion
from catalogue.exporters.paper import reference
from catalogue.exporters.templates import rendered
from catalogue.exporters.word import document_file


def write(conclusion: Conclusion, *, layout: Layout) -> bytes:
    """Print each ruling with its reason; the number is left open where there is none."""
    document = rendered(
        "conclusion.xml",
        layout,
        paper=conclusion,
        reference=reference(conclusion.cover, "thông báo", layout),
    )
    return document_file(layout, [conclusion.cover.marks], document)
