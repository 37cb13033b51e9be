"""What is wrong with the rows of one sheet of a diary, each with its place and how to mend it."""

from collections.abc import Sequence

from catalogue.domain.diary_columns import DiaryColumn as C
from catalogue.domain.problems import Problem
from catalogue.domain.sheet_values import Cell
from catalogue.domain.words import TaskKind
from catalogue.importers.diary_headings import Header
from catalogue.importers.spreadsheet_package import FORMULA

_SHOWN = 80
_LISTED = 20
_MEND = "Sửa ô này rồi tải lại"
_LACKED = {
    C.DAY: "Ghi ngày của dòng",
    C.HOURS: "Ghi số giờ, hoặc xóa dòng nếu đây không phải là việc đã làm",
    C.TASK: "Ghi nhiệm vụ hoặc nội dung công việc",
}


class RowProblems:
    """Gathers in `found` what is wrong; `row` is the number of the row being read."""

    def __init__(self, file: str, sheet: str, header: Header) -> None:
        self.found: list[Problem] = []
        self.row = 0
        self._file, self._sheet, self._header = file, sheet, header

    def place(self) -> str:
        return " › ".join(filter(None, (self._file, self._sheet, f"dòng {self.row}")))

    def lack(self, column: C) -> None:
        at = self._header.columns.get(column)
        heading = column.label if at is None else self._header.headings[at]
        self._tell(f"{self.place()} › cột «{heading}»", "ô để trống", _LACKED[column])

    def refuse(self, column: C, cell: Cell, why: str) -> None:
        """Refuse a cell; behind the semicolon of `why` stands what mends it."""
        heading = self._header.headings[self._header.columns[column]]
        what, _, fix = why.partition("; ")
        self._tell(
            f"{self.place()} › cột «{heading}»",
            f"«{str(cell)[:_SHOWN]}» — {what}",
            fix[:1].upper() + fix[1:] if fix else _MEND,
        )

    def refuse_broken(self, column: C, sign: str) -> None:
        """Refuse the sign of an error, or a formula that was never worked out."""
        why = "ô công thức báo lỗi; hãy sửa công thức, hoặc dán dạng giá trị"
        if sign == FORMULA:
            why = "ô công thức chưa có giá trị; hãy mở tệp, lưu lại, hoặc dán dạng giá trị"
        self.refuse(column, sign, why)

    def refuse_ragged(self, cells: int) -> None:
        what = f"dòng có {cells} ô, nhiều ô hơn tiêu đề ({len(self._header.headings)})"
        fix = "Đặt ô có dấu phân cách trong nháy kép, hoặc lưu lại dạng Excel (.xlsx)"
        self._tell(self.place(), what, fix)

    def refuse_secret(self, word: str) -> None:
        what = f"dòng có dấu hiệu nêu văn bản mật («{word}»); nội dung của dòng không được giữ"
        fix = (
            "Bỏ nội dung, số, trích yếu văn bản mật; chỉ ghi số giờ vào nhiệm vụ loại "
            f"«{TaskKind.SECRET.label}» nếu vị trí có; nếu chưa có, hãy đề nghị cán bộ tổ chức "
            "bổ sung vào bản mô tả"
        )
        self._tell(self.place(), what, fix)

    def refuse_hidden(self, rows: Sequence[int]) -> None:
        listed = ", ".join(map(str, rows[:_LISTED])) + ("…" if len(rows) > _LISTED else "")
        what = f"có {len(rows)} dòng đang ẩn hoặc bị lọc: {listed}"
        fix = "Bỏ lọc và hiện các dòng, hoặc xóa chúng, rồi tải lại"
        self._tell(f"{self._file} › {self._sheet}", what, fix)

    def _tell(self, where: str, what: str, fix: str) -> None:
        self.found.append(Problem(where, what, fix, blocks=True))
