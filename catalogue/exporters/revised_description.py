"""Prints one job description as it became another: the form itself, with tracked changes.

Both are printed as ever, and the two documents are laid over each other paragraph by paragraph and
row by row. Accepting all changes gives the latter document, rejecting all of them the former.
"""

from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from catalogue.domain.description import Description
from catalogue.domain.layout import Layout
from catalogue.exporters import description_document
from catalogue.exporters.change_marks import Marker
from catalogue.exporters.comments import as_attribute
from catalogue.exporters.laying_over import lay_over

_DOCUMENT = "word/document.xml"


def write(
    former: Description, latter: Description, *, author: str, at: datetime, layout: Layout
) -> bytes:
    """Print both in one; every change bears the author's name and the moment."""
    before, after = (description_document.write([each], layout=layout) for each in (former, latter))
    body = _root(after)
    marker = Marker(as_attribute(author), f"{at:%Y-%m-%dT%H:%M:%SZ}")
    lay_over(_root(before)[0], body[0], marker)
    document = etree.tostring(body, xml_declaration=True, encoding="UTF-8", standalone=True)
    return _with_document(after, document)


def _root(file: bytes) -> etree._Element:
    with ZipFile(BytesIO(file)) as package:
        return etree.fromstring(package.read(_DOCUMENT))


def _with_document(file: bytes, document: bytes) -> bytes:
    """Put another document part in a package, all else as it was and in its order."""
    packed = BytesIO()
    with ZipFile(BytesIO(file)) as package, ZipFile(packed, "w") as changed:
        for info in package.infolist():
            own = info.filename == _DOCUMENT
            changed.writestr(info, document if own else package.read(info))
    return packed.getvalue()
