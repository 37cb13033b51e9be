"""What the fields of pages are called, for a refusal that shows again what was typed."""

from catalogue.domain.description import Section
from catalogue.forms.drafts import label_of

_LABELS = {
    "username": "Tên đăng nhập",
    "next": "Trang mở tiếp",
    "task": "Mã nhiệm vụ đã chọn",
    "hours": "Số giờ",
    "product": "Sản phẩm",
    "quantity": "Số lượng",
    "content": "Nội dung",
    "note": "Ghi chú",
    "document": "Số, ký hiệu văn bản",
    "pages": "Số trang",
    "place": "Nơi làm việc",
    "evidence": "Minh chứng",
    "work_item": "Mã việc nhiều ngày đã chọn",
    "op": "Thao tác",
    "overtime": "Làm ngoài giờ chuẩn",
    "entry_key": "Mã gửi",
    "number": "Số, ký hiệu văn bản",
    "agency": "Mã loại cơ quan đã chọn",
    "official_file": "Mã tệp đã chọn",
    "unit": "Mã đơn vị đã chọn",
    "own_file": "Mã danh sách đã chọn",
    "kind": "Loại",
    "own": "Mã vị trí đã chọn",
    "row": "Mã dòng đã chọn",
    "why": "Vì sao",
    "least": "Từ điểm",
    "competency": "Mã năng lực đã chọn",
    "low": "Từ cấp",
    "high": "Đến cấp",
    "every": "Mọi vị trí đang hiện",
    "shown": "Mã các vị trí đang hiện",
    "synonym": "Mã tên khác đã chọn",
    "audience": "Dành cho",
    "since": "Có hiệu lực từ ngày",
    "name": "Tên",
    "valid_from": "Có hiệu lực từ ngày",
    "sha256_seen": "Mã kiểm tra của bản đã đọc",
    "section": "Mục",
    "text": "Góp ý",
    "drafter": "Người soạn, gửi",
    "appraiser": "Người thẩm định",
    "approver": "Người phê duyệt",
    "basis": "Căn cứ",
    "scope": "Bản này dùng cho",
    "beginning": "Bắt đầu từ đâu",
    "like": "Mã bản mô tả để chép",
    "template": "Mã khung nhiệm vụ đã chọn",
    "whose": "Bản mô tả của",
    "group": "Nhóm năng lực",
    "assignment": "Mã bố trí đã chọn",
    "deed": "Việc đã bấm",
    "seen": "Mã của bản đang xem",
    "day": "Ngày",
    "position": "Mã vị trí đã chọn",
    "assigned_by": "Ai giao",
    "reason": "Lý do",
    "title": "Việc phải làm",
    "result": "Kết quả",
    "line": "Mã các dòng đã đánh dấu",
    "until": "Đến hết ngày",
    "person": "Mã người đã chọn",
    "verdict": "Đánh giá",
    "answer": "Trả lời",
    "assignments": "Mã những người đang hiện",
    "lines": "Mã các dòng đang hiện",
    "first": "Từ ngày",
    "last": "Đến ngày",
    **{section.value: section.label for section in Section},
}
# Fields that a page has many of, told apart by a number: of a competency, or of a description.
_NUMBERED = {
    "level": "Cấp độ, dòng",
    "text": "Phần ghi, dòng",
    "retired": "Lý do thôi làm công việc cũ số",
    "vi-tri": "Vị trí của bản mô tả",
    "tiep": "Việc được tiếp nối của bản mô tả",
    "thay": "Mã so sánh của bản mô tả",
}


def label_for(name: str) -> str:
    """Say what a field is called on the page from which it was sent."""
    number, _, rest = name.partition("-")
    if number.isdigit() and rest in _LABELS:  # one of a list of lines
        return f"Dòng {int(number) + 1} · {_LABELS[rest]}"
    stem, _, number = name.rpartition("-")
    if stem in _NUMBERED:
        return f"{_NUMBERED[stem]} {number}"
    return _LABELS.get(name) or label_of(name) or name
