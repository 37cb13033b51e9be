"""The tables beside the list of positions, and what is said of them."""

from collections.abc import Sequence

from catalogue.domain.problems import Problem
from catalogue.importers.annex_layout import Label, row_width
from catalogue.importers.annex_wording import is_number
from catalogue.importers.blocks import TableRow

_SHOWN_TABLES = 10
_SHOWN_CHARACTERS = 120
# A table of fewer columns is a letterhead or a place for signatures.
_NARROW = 2


class OtherTables:
    """Remembers the tables that were no lists; one that looks like a list is a finding."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._found: list[str] = []

    def add(self, table: int, rows: Sequence[TableRow], *, beside_a_list: bool) -> None:
        """Take a table's first rows; beside a list, a wide one may be a part of it."""
        said = " | ".join(filter(None, (cell.text for cell in rows[0].cells)))
        said = " ".join(said.split())[:_SHOWN_CHARACTERS]
        self._found.append(f"bảng {table} («{said}»)")
        lists = len(rows) > 1 or any(is_number(cell.text) for cell in rows[0].cells[:1])
        if beside_a_list and lists and max(map(row_width, rows)) > _NARROW:
            self.problems.append(
                Problem(
                    f"Bảng {table}",
                    f"không nhận ra là danh mục vị trí việc làm nên không đọc: «{said}»",
                    "Nếu bảng này thuộc danh mục, hãy thêm dòng tiêu đề như bảng đầu.",
                )
            )

    def hold_single(self, table: int, labels: Sequence[Label]) -> None:
        """Say where a header is printed twice side by side: in which order to read is not told."""
        texts = [label.text for label in labels]
        half, odd = divmod(len(texts), 2)
        where = f"Bảng {table}"
        if odd or half < _NARROW or texts[:half] != texts[half:]:
            return
        if all(problem.where != where for problem in self.problems):
            self.problems.append(
                Problem(
                    where,
                    "in hai danh mục cạnh nhau, chỉ đọc được danh mục bên trái",
                    "Xếp danh mục bên phải xuống dưới danh mục bên trái rồi tải lại.",
                    blocks=True,
                )
            )

    def instead(self, headed: int | None) -> Problem:
        """Say what was found instead of positions; `headed` is a table with only a header."""
        if headed is not None:
            return Problem(
                f"Bảng {headed}",
                "có dòng tiêu đề nhưng không có dòng vị trí việc làm nào",
                "Điền các vị trí dưới dòng tiêu đề rồi tải lại.",
                blocks=True,
            )
        found = "; ".join(self._found[:_SHOWN_TABLES]) or "không có bảng nào"
        return Problem(
            "Cả tệp",
            f"không tìm thấy bảng danh mục vị trí việc làm. Trong tệp có: {found}",
            "Tải lên tệp có bảng với các cột như «TT», «Tên vị trí việc làm», «Ngạch», «Mã».",
            blocks=True,
        )
