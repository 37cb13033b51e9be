"""A reference list as a Word file: its tables, and what stands above and below them."""

from seed.btctw_2752_2765.making.grid import Cell, tables
from seed.btctw_2752_2765.making.page import EMPTY, PAGE_BREAK, document, paragraph, section_break
from seed.btctw_2752_2765.making.source import Layout, PositionList, Reference
from seed.btctw_2752_2765.making.table_xml import framed, plain_row, table

KEY = (
    ("Ký hiệu", "Nghĩa"),
    ("LĐQL", "Lãnh đạo, quản lý"),
    ("NVCN", "Nghiệp vụ chuyên ngành"),
    ("NVDC", "Nghiệp vụ chuyên môn dùng chung"),
    ("HTPV", "Hỗ trợ, phục vụ"),
)
KEY_WIDTHS = [1800, 4500]
HALF_PAGE = [4819, 4819]


def write(source: PositionList, reference: Reference) -> bytes:
    """Write the whole file; the same source gives the same bytes."""
    body = _above(source, reference) + _list(source) + _below(source.layout)
    return document(body, reference.mark, landscape=source.layout.landscape)


def _above(source: PositionList, reference: Reference) -> str:
    agency = source.agency_name
    title = paragraph(f"DANH MỤC VỊ TRÍ VIỆC LÀM {agency.upper()}", "Title")
    warning = paragraph(
        f"(Danh mục tham khảo, tạm dùng thay danh mục kèm theo Đề án số {reference.stands_in_for} "
        f"từ ngày {reference.in_force_from:%d/%m/%Y}; không phải danh mục chính thức. Mã vị trí là "
        "mã trình diễn đặt tại chỗ; số biên chế là số minh họa.)",
        "Note",
    )
    letterhead = _letterhead(agency) if source.layout.letterhead else ""
    return letterhead + paragraph("PHỤ LỤC", "Title") + title + warning


def _letterhead(agency: str) -> str:
    rows = plain_row((Cell((agency.upper(),)), Cell(("BẢN TRÌNH DIỄN",))), HALF_PAGE, bold=True)
    rows += plain_row((Cell(("*",)), Cell(("Không có số, không ký, không đóng dấu",))), HALF_PAGE)
    return framed(rows, HALF_PAGE) + EMPTY


def _list(source: PositionList) -> str:
    layout = source.layout
    breaks = {"page": PAGE_BREAK, "section": section_break(landscape=layout.landscape)}
    between = breaks.get(layout.broken_by or "", EMPTY)
    return between.join(table(lines, layout) for lines in tables(source)) + EMPTY


def _below(layout: Layout) -> str:
    if not layout.key_table:
        return ""
    rows = "".join(plain_row([Cell((text,)) for text in row], KEY_WIDTHS) for row in KEY)
    title = paragraph("Ghi chú: phần chữ trong mã vị trí việc làm", "Note")
    return title + framed(rows, KEY_WIDTHS)
