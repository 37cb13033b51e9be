"""The columns of a diary kept in a spreadsheet."""

from catalogue.domain.words import LabelledWord


class DiaryColumn(LabelledWord):
    """What a column of a diary's spreadsheet holds."""

    DAY = "day", "Ngày"
    PERSON = "person", "Họ và tên"
    TASK = "task", "Nhiệm vụ"
    CONTENT = "content", "Nội dung"
    PRODUCT = "product", "Sản phẩm"
    QUANTITY = "quantity", "Số lượng"
    HOURS = "hours", "Thời gian"
    OVERTIME = "overtime", "Ngoài giờ"
    PLACE = "place", "Nơi làm việc"
    DOCUMENT = "document", "Số văn bản"
    PAGES = "pages", "Số trang"
    EVIDENCE = "evidence", "Minh chứng"
    NOTE = "note", "Ghi chú"
