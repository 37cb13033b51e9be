"""A reference list as a Word file: its tables, and what stands above and below them."""

from seed.btctw_2752_2765.making.grid import tables
from seed.btctw_2752_2765.making.package import package
from seed.btctw_2752_2765.making.source import Layout, PositionList, Reference
from seed.btctw_2752_2765.making.table_xml import framed, plain_row, runs, table

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
KEY = (
    ("Ký hiệu", "Nghĩa"),
    ("LĐQL", "Lãnh đạo, quản lý"),
    ("NVCN", "Nghiệp vụ chuyên ngành"),
    ("NVDC", "Nghiệp vụ chuyên môn dùng chung"),
    ("HTPV", "Hỗ trợ, phục vụ"),
)
KEY_WIDTHS = [1800, 4500]
HALF_PAGE = [4819, 4819]
PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
EMPTY = "<w:p/>"


def write(source: PositionList, reference: Reference) -> bytes:
    """Write the whole file; the same source gives the same bytes."""
    return package(
        {
            "word/document.xml": _document(source, reference),
            "word/header1.xml": _header(reference.mark),
        }
    )


def paragraph(text: str, style: str) -> str:
    """Write one paragraph in a named style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs(text)}</w:p>'


def _document(source: PositionList, reference: Reference) -> str:
    body = _above(source, reference) + _list(source) + _below(source.layout)
    return (
        f"{DECLARATION}<w:document {NAMESPACES}><w:body>{body}{section(source.layout.landscape)}"
        "</w:body></w:document>"
    )


def _above(source: PositionList, reference: Reference) -> str:
    agency = source.agency_name
    mark = paragraph(reference.mark, "Mark")
    title = paragraph(f"DANH MỤC VỊ TRÍ VIỆC LÀM {agency.upper()}", "Title")
    warning = paragraph(
        f"(Danh mục tham khảo, tạm dùng thay danh mục kèm theo Đề án số {reference.stands_in_for} "
        f"từ ngày {reference.in_force_from:%d/%m/%Y}; không phải danh mục chính thức. Mã vị trí là "
        "mã trình diễn đặt tại chỗ; số biên chế là số minh họa.)",
        "Note",
    )
    letterhead = _letterhead(agency) if source.layout.letterhead else ""
    return mark + letterhead + paragraph("PHỤ LỤC", "Title") + title + warning


def _letterhead(agency: str) -> str:
    rows = plain_row((agency.upper(), "BẢN TRÌNH DIỄN"), HALF_PAGE, bold=True)
    rows += plain_row(("*", "Không có số, không ký, không đóng dấu"), HALF_PAGE)
    return framed(rows, HALF_PAGE) + EMPTY


def _list(source: PositionList) -> str:
    layout = source.layout
    between = EMPTY
    if layout.broken_by == "page":
        between = PAGE_BREAK
    if layout.broken_by == "section":
        between = f"<w:p><w:pPr>{section(layout.landscape)}</w:pPr></w:p>"
    return between.join(table(lines, layout) for lines in tables(source)) + EMPTY


def _below(layout: Layout) -> str:
    if not layout.key_table:
        return ""
    rows = "".join(plain_row(row, KEY_WIDTHS) for row in KEY)
    return paragraph("Ghi chú: phần chữ trong mã vị trí việc làm", "Note") + framed(
        rows, KEY_WIDTHS
    )


def section(landscape: bool) -> str:  # noqa: FBT001 — a page lies or stands
    """Write the page of a section: A4, the margins of a Party document, the marked header."""
    size = (
        'w:w="16838" w:h="11906" w:orient="landscape"' if landscape else 'w:w="11906" w:h="16838"'
    )
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/>'
        f'<w:footerReference w:type="default" r:id="rId5"/><w:pgSz {size}/>'
        '<w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701" w:header="567" '
        'w:footer="567" w:gutter="0"/></w:sectPr>'
    )


def _header(mark: str) -> str:
    return f"{DECLARATION}<w:hdr {NAMESPACES}>{paragraph(mark, 'Mark')}</w:hdr>"
