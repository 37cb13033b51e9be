"""Prints one job description as it became another: the form itself, with tracked changes.

Both are printed as ever, and the two documents are laid over each other paragraph by paragraph and
row by row. Accepting all changes gives the latter document, rejecting all of them the former. What
became of former tasks, and why, stands beside it in comments.
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from catalogue.domain.description import Description
from catalogue.domain.layout import Layout
from catalogue.domain.task_endings import Ending
from catalogue.exporters import change_reasons, description_document
from catalogue.exporters.change_marks import Marker
from catalogue.exporters.comments import as_attribute
from catalogue.exporters.laying_over import lay_over
from catalogue.exporters.word import document_file


def write(
    former: Description,
    latter: Description,
    *,
    endings: Sequence[Ending] = (),
    author: str,
    at: datetime,
    layout: Layout,
) -> bytes:
    """Print both in one; every change and comment bears the author's name and the moment."""
    before, after = (_printed(each, layout) for each in (former, latter))
    marker = Marker(as_attribute(author), f"{at:%Y-%m-%dT%H:%M:%SZ}")
    lay_over(before[0], after[0], marker)
    change_reasons.hang(after[0], endings, marker)
    document = etree.tostring(after, xml_declaration=True, encoding="UTF-8", standalone=True)
    comments = [change_reasons.part(endings, layout, author=author, at=at)] if endings else []
    return document_file(layout, [tuple(dict.fromkeys(latter.marks))], document, *comments)


def _printed(each: Description, layout: Layout) -> etree._Element:
    file = description_document.write([each], layout=layout)
    with ZipFile(BytesIO(file)) as package:
        return etree.fromstring(package.read("word/document.xml"))
