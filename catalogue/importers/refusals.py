"""The sentences with which a file is refused, one function per kind of refusal."""

from catalogue.domain import limits
from catalogue.domain.errors import UnreadableFile

WORD = "Word (.docx)"
EXCEL = "Excel (.xlsx)"
CSV = "văn bản phân cách (.csv)"
WINDOWS_1258 = "Windows-1258"
_NOTHING_WRITTEN = "Chưa có dữ liệu nào được ghi."


def too_big(name: str, size: int, limit: int = limits.UPLOAD_BYTES) -> UnreadableFile:
    """Refuse an upload for its size in bytes."""
    return UnreadableFile(
        f"Tệp «{name}» lớn {size / limits.MEBIBYTE:.1f} MB, vượt giới hạn "
        f"{limit // limits.MEBIBYTE} MB. Hãy chia nhỏ rồi tải lại. {_NOTHING_WRITTEN}"
    )


def wrong_kind(name: str, found: str, expected: str = WORD) -> UnreadableFile:
    """Refuse a file that is something else than what is read here."""
    return UnreadableFile(
        f"Tệp «{name}» không đúng định dạng {expected} (nhận ra: {found}). Hãy mở bằng Word/Excel, "
        f"chọn «Lưu thành» {expected} rồi tải lại. {_NOTHING_WRITTEN}"
    )


def damaged(name: str, part: str) -> UnreadableFile:
    """Refuse a file of which one part cannot be read."""
    return UnreadableFile(
        f"Tệp «{name}» bị hỏng hoặc tải lên chưa trọn vẹn (phần «{part}»). Hãy mở lại tệp gốc, "
        f"lưu lại rồi tải lên. {_NOTHING_WRITTEN}"
    )


def locked(name: str) -> UnreadableFile:
    """Refuse a file that asks for a password."""
    return UnreadableFile(f"Tệp «{name}» đang đặt mật khẩu. Hãy bỏ mật khẩu rồi tải lại.")


def macro(name: str) -> UnreadableFile:
    """Refuse a file that carries a program."""
    return UnreadableFile(f"Tệp «{name}» chứa macro. Hãy lưu lại dạng không macro.")


def unsafe(name: str, reason: str) -> UnreadableFile:
    """Refuse a file for something in it that reaches outside or hides."""
    return UnreadableFile(
        f"Tệp «{name}» chứa nội dung không an toàn ({reason}) nên không được nhận."
    )


def unpacks_too_large(name: str, size: int = limits.UNPACKED_BYTES) -> UnreadableFile:
    """Refuse a file that grows beyond `size` bytes, or beyond the means given to read it."""
    return UnreadableFile(
        f"Tệp «{name}» sau khi giải nén lớn hơn {size // limits.MEBIBYTE} MB nên không được nhận."
    )


def exhausts(name: str) -> UnreadableFile:
    """Refuse a file that wants more memory or time than reading is given."""
    memory = limits.READER_MEMORY_BYTES // limits.MEBIBYTE
    return UnreadableFile(
        f"Tệp «{name}» sau khi giải nén cần hơn {memory} MB bộ nhớ hoặc "
        f"{limits.READER_CPU_SECONDS} giây để đọc nên không được nhận. Hãy chia nhỏ rồi tải lại."
    )


def old_word(name: str) -> UnreadableFile:
    """Refuse a .doc where nothing is installed that could convert it."""
    return UnreadableFile(
        f"Tệp «{name}» là Word 97-2003 (.doc) mà máy chủ này không có LibreOffice để chuyển đổi. "
        f"Hãy mở bằng Word, chọn «Lưu thành» {WORD} rồi tải lại. {_NOTHING_WRITTEN}"
    )


def too_many(place: str, count: int, things: str, limit: int) -> UnreadableFile:
    """Refuse more rows, columns or tables than the limit."""
    return UnreadableFile(f"Trang «{place}» có {count} {things}, vượt giới hạn {limit}.")


def not_unicode(name: str, encoding: str, sample: str) -> UnreadableFile:
    """Refuse text typed in one of the encodings from before Unicode."""
    return UnreadableFile(
        f"Tệp «{name}» không dùng bảng mã Unicode (có vẻ là {encoding}), ví dụ «{sample}». "
        "Hãy chuyển mã sang Unicode rồi tải lại."
    )


def windows_1258(name: str, sample: str) -> UnreadableFile:
    """Refuse to guess: the text would read well so, and a person has to see that it does."""
    return UnreadableFile(
        f"Tệp «{name}» không dùng bảng mã Unicode (có vẻ là {WINDOWS_1258}). Đọc theo "
        f"{WINDOWS_1258} thì dòng đầu thành: «{sample}». Nếu đúng, hãy chọn đọc lại theo "
        f"{WINDOWS_1258}; nếu không, hãy lưu lại dạng CSV UTF-8 rồi tải lại. {_NOTHING_WRITTEN}"
    )


def no_headings(name: str) -> UnreadableFile:
    """Refuse a table of which no row is known as its headings; what it holds is not repeated."""
    return UnreadableFile(
        f"Tệp «{name}» không có dòng tiêu đề nhận ra được: bảng cần có cột Ngày, Thời gian và "
        "Nhiệm vụ (hoặc Nội dung). Hãy đổi tên cột rồi tải lại, hoặc đề nghị cán bộ tổ chức cấp "
        f"tỉnh thêm tiêu đề ở trang «Giới hạn». {_NOTHING_WRITTEN}"
    )


def no_rows(name: str) -> UnreadableFile:
    """Refuse a table of headings alone, or of nothing."""
    return UnreadableFile(f"Tệp «{name}» không có dòng dữ liệu nào. {_NOTHING_WRITTEN}")
