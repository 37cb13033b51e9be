"""The shortest description there is, for tests of one section of the form."""

from catalogue.domain.description import Description
from catalogue.importers import description_document
from tests.docx_kit import docx, paragraph, row, table

BOX = table(["Tên VTVL: Nhân viên Văn thư", "Mã vị trí việc làm: VP-NVCM-07"])
PURPOSE = paragraph("1. Mục tiêu vị trí việc làm"), paragraph("Bảo đảm văn bản đi, đến thông suốt.")
DUTIES = paragraph("2. Các công việc và tiêu chí đánh giá")
DUTIES_HEAD = row("TT", "Nhiệm vụ, mảng công việc", "Công việc cụ thể", "Tiêu chí đánh giá")


def read(*blocks: str, **related: str) -> Description:
    """Read a file of one description: box, purpose, and these blocks after them."""
    (description,) = description_document.read(docx(BOX, *PURPOSE, *blocks, **related))
    return description
