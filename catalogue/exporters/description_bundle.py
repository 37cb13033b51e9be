"""All the job descriptions of a unit: one Word file each in a zip, or bound in one document."""

import re
from collections.abc import Iterable, Sequence

from catalogue.domain.description import Description
from catalogue.domain.layout import Layout
from catalogue.domain.word_tags import Origin
from catalogue.exporters import description_document
from catalogue.exporters.package import deflated, packed

Printed = tuple[Description, Origin | None]

# What some system allows in no file name: its separators, its wildcards, controls.
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
_LONGEST = 80


def zipped(descriptions: Iterable[Printed], *, layout: Layout) -> bytes:
    """Pack a Word file for each description, numbered in their order, so that no name is twice."""
    return packed(
        deflated(
            f"{number:02d}. {_safe(description.name)}.docx",
            description_document.write([description], layout=layout, origins=[origin]),
        )
        for number, (description, origin) in enumerate(descriptions, 1)
    )


def bound(unit: str, descriptions: Sequence[Printed], *, layout: Layout) -> bytes:
    """Print all of them behind a cover that names the unit and lists its positions."""
    return description_document.write(
        [description for description, _ in descriptions],
        layout=layout,
        origins=[origin for _, origin in descriptions],
        cover=unit,
    )


def _safe(name: str) -> str:
    """Keep of a name, marks and all, what every system can write, and not too much of it."""
    words = " ".join(_UNSAFE.sub(" ", name).split())
    return words[:_LONGEST].rstrip(" .")
