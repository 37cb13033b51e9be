"""A Word file as a package of parts: its document as a stream, and what stands beside it."""

from collections.abc import Iterator

from lxml.etree import _Element as Element

from catalogue.domain import limits
from catalogue.importers import refusals
from catalogue.importers.fields import instructions_in, refuse_dangerous
from catalogue.importers.office_package import OfficePackage


class Package(OfficePackage):
    """A Word document found safe to read. `main` is the part that holds its text."""

    expected = refusals.WORD
    main_types = (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    )
    other_kinds = (
        ("spreadsheetml", "Excel (.xlsx)"),
        ("presentationml", "PowerPoint (.pptx)"),
        ("opendocument", "OpenDocument"),
    )
    carried = {  # noqa: RUF012 (never changed)
        "aFChunk": "tài liệu lồng altChunk",
        "attachedToolbars": "thanh công cụ kèm theo",
    }

    def related(self, kind: str) -> Element | None:
        """Parse the part that the document names as its `styles`, `numbering` or `footnotes`."""
        part = self._related.get(kind)
        return self.parse(part) if part and part in self._archive else None

    def stream(self) -> Iterator[bytes]:
        """Unpack the main part piece by piece; too many elements refuse the file.

        An element ends in one slash, `/>` or `</…>`; those in texts make the count but stricter.
        """
        elements = 0
        for chunk in self._archive.chunks(self.main):
            elements += chunk.count(b"/")
            if elements > limits.DOCUMENT_ELEMENTS:
                raise refusals.unpacks_too_large(self.name)
            yield chunk

    def _is_large(self, member: str) -> bool:
        return member == self.main

    def _look_into(self, member: str) -> None:
        """Refuse dangerous fields beside the main part, which is checked as it is read."""
        if member == self.main:
            return
        data = self._whole(member)
        if b"instrText" in data or b"fldSimple" in data:
            refuse_dangerous(instructions_in(self.parse(member)), self.name)
