"""What the seed's own Word files have in common: the page, the mark at its head, the styles."""

from seed.btctw_2752_2765.making.package import package
from seed.btctw_2752_2765.making.table_xml import runs

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PORTRAIT = 'w:w="11906" w:h="16838"'
LANDSCAPE = 'w:w="16838" w:h="11906" w:orient="landscape"'
PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
EMPTY = "<w:p/>"


def document(body: str, mark: str, *, landscape: bool) -> bytes:
    """Put a body into a whole file; the mark stands at its top and in the header of each page."""
    text = paragraph(mark, "Mark")
    return package(
        {
            "word/document.xml": (
                f"{DECLARATION}<w:document {NAMESPACES}><w:body>{text}{body}"
                f"{section(landscape=landscape)}</w:body></w:document>"
            ),
            "word/header1.xml": f"{DECLARATION}<w:hdr {NAMESPACES}>{text}</w:hdr>",
        }
    )


def paragraph(text: str, style: str) -> str:
    """Write one paragraph in a named style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs(text)}</w:p>'


def section(*, landscape: bool) -> str:
    """Write the page of a section: A4 and the margins of a Party document."""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/>'
        '<w:footerReference w:type="default" r:id="rId5"/>'
        f"<w:pgSz {LANDSCAPE if landscape else PORTRAIT}/>"
        '<w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701" w:header="567" '
        'w:footer="567" w:gutter="0"/></w:sectPr>'
    )


def section_break(*, landscape: bool) -> str:
    """Write the paragraph that ends a section and begins the next one."""
    return f"<w:p><w:pPr>{section(landscape=landscape)}</w:pPr></w:p>"
