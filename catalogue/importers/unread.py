"""What a document holds beside its plain text, gathered so that the sender is told once each."""

from collections import Counter
from dataclasses import dataclass

from catalogue.domain.problems import Problem

_QUOTED = 120


@dataclass(frozen=True, slots=True)
class _Kind:
    what: str
    fix: str


INSERTED = "inserted"
DELETED = "deleted"
HIDDEN = "hidden"
TEXT_BOX = "text box"
DRAWING = "drawing"
NOTE = "note"
SYMBOL = "symbol"

_KINDS = {
    INSERTED: _Kind(
        "có {count} chỗ thêm chưa chấp nhận (Track Changes), chỗ đầu tiên: «{quote}»; "
        "chữ được thêm đã tính vào nội dung",
        "Nếu nội dung đọc được chưa đúng, hãy chấp nhận hoặc từ chối hết sửa đổi rồi tải lại.",
    ),
    DELETED: _Kind(
        "có {count} chỗ xóa chưa chấp nhận (Track Changes), chỗ đầu tiên: «{quote}»; "
        "chữ bị xóa không tính vào nội dung",
        "Nếu nội dung đọc được chưa đúng, hãy chấp nhận hoặc từ chối hết sửa đổi rồi tải lại.",
    ),
    HIDDEN: _Kind(
        "có {count} chỗ chữ ẩn không đọc vào, chỗ đầu tiên: «{quote}»",
        "Bỏ định dạng «Hidden» nếu đó là nội dung cần lấy, hoặc xóa hẳn chữ ẩn.",
    ),
    TEXT_BOX: _Kind(
        "có {count} hộp văn bản, hộp đầu tiên: «{quote}»; chữ trong hộp được đọc ngay sau đoạn "
        "chứa nó",
        "Kiểm tra lại thứ tự nội dung, hoặc chuyển chữ trong hộp ra thân văn bản.",
    ),
    DRAWING: _Kind(
        "có {count} hình vẽ hoặc sơ đồ ({quote}) mà chữ bên trong không đọc được",
        "Nếu trong đó có nội dung cần lấy, hãy gõ lại thành chữ trong văn bản.",
    ),
    SYMBOL: _Kind(
        "có {count} ký hiệu riêng của phông chữ không đọc được, chỗ đầu tiên: «{quote}»",
        "Thay ký hiệu đó bằng chữ thường nếu nó mang nội dung.",
    ),
    NOTE: _Kind(
        "có chú thích «{quote}» không đưa vào nội dung",
        "Nếu chú thích là nội dung cần lấy, hãy chuyển nó vào thân văn bản.",
    ),
}


class Unread:
    """Counts what was met, keeping the place and the words of the first of each kind.

    Notes are kept one by one, since each is a text of its own.
    """

    def __init__(self) -> None:
        self._count: Counter[tuple[str, str]] = Counter()
        self._first: dict[tuple[str, str], tuple[str, str]] = {}

    def saw(self, kind: str, quote: str, place: str) -> None:
        key = (kind, quote if kind == NOTE else "")
        self._count[key] += 1
        self._first.setdefault(key, (place, _shortened(" ".join(quote.split()))))

    def problems(self) -> list[Problem]:
        """Say what was seen; none of it blocks, the sender confirms what was read."""
        return [
            Problem(
                place,
                _KINDS[kind].what.format(count=self._count[kind, text], quote=quote),
                _KINDS[kind].fix,
            )
            for (kind, text), (place, quote) in self._first.items()
        ]


def _shortened(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED].rstrip()}…"
