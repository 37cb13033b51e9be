"""Annexes made up at random and printed in one of the layouts that offices use."""

from dataclasses import dataclass
from random import Random

from tests.docx_kit import cell, docx, row, table

_WORDINGS = {
    "no": ("TT", "STT", "Số TT", "Số thứ tự"),
    "name": ("Tên vị trí việc làm", "Vị trí việc làm", "Chức danh", "Tên VTVL", ""),
    "rank": ("Ngạch", "Ngạch công chức", "CDNN", "Chức danh nghề nghiệp tương ứng"),
    "code": ("Mã", "Mã VTVL", "Mã số vị trí việc làm"),
    "headcount": ("Biên chế", "Số lượng", "Phân bổ biên chế năm 2026", "Số người"),
    "other": ("Ghi chú", "Tỷ lệ (%)", "Cơ quan"),
}
_RANKS = ("Chuyên viên", "Chuyên viên chính", "Cán sự", "Văn thư viên")
_GROUPS = (
    "Lãnh đạo, quản lý",
    "Nghiệp vụ chuyên ngành",
    "Nghiệp vụ chuyên môn dùng chung",
    "Hỗ trợ, phục vụ",
)


@dataclass(frozen=True)
class Position:
    """What was printed, as it has to be read."""

    no: str
    name: str
    group: str
    rank: str | None
    code: str | None
    headcount: int | None


class Printer:
    """Makes up one annex; the same seed makes the same one."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311
        self.positions: list[Position] = []
        self._columns = self._draw_columns()
        self._wordings = {
            column: self.random.choice(_WORDINGS[column.rstrip("0123456789")])
            for column in self._columns
        }

    def print(self) -> bytes:
        """Print the annex, at times broken into several tables, with or without headers."""
        tables = [[self._header()]]
        for number, group in enumerate(_GROUPS, 1):
            rows = [self._heading(number, group)]
            for index in range(1, self.random.randint(2, 7)):
                rows += self._position(number, index, group)
            if self.random.random() < 0.3:
                tables.append([self._header()] if self.random.random() < 0.5 else [])
            tables[-1] += rows
        return docx("PHỤ LỤC", *(part for rows in tables for part in (table(*rows), "")))

    def _draw_columns(self) -> list[str]:
        wanted = ["no", "name", "rank", "code"]
        if self.random.random() < 0.7:
            wanted.append("headcount")
        wanted += [f"other{index}" for index in range(self.random.randint(0, 2))]
        if self.random.random() < 0.3:
            self.random.shuffle(wanted)
        return wanted

    def _header(self) -> str:
        return row(*(cell(self._wordings[column]) for column in self._columns))

    def _heading(self, number: int, group: str) -> str:
        if self.random.random() < 0.4:
            return row(cell(group, span=len(self._columns)))
        roman = ("I", "II", "III", "IV")[number - 1]
        return self._row({"no": roman, "name": group})

    def _position(self, number: int, index: int, group: str) -> list[str]:
        name = f"Chuyên viên về lĩnh vực {number}.{index}; mảng (phần {index}), việc khác"
        first, second = self.random.sample(_RANKS, 2)
        split = self.random.random() < 0.2
        people = self.random.choice((None, 1, 2, 12)) if "headcount" in self._columns else None
        code = f"NA-NLâ-{'I' * number}.{index:02d}"
        no = "" if self.random.random() < 0.1 else str(index)
        rank = f"{first}\n{second}" if split else first
        self.positions.append(Position(no, name, group, rank, code, people))
        texts = {"no": no, "name": name, "rank": first, "code": code}
        texts["headcount"] = "" if people is None else f"{people:02d}"
        if not split:
            return [self._row(texts)]
        return [self._row(texts), self._row({"rank": second})]

    def _row(self, texts: dict[str, str]) -> str:
        return row(*(cell(texts.get(column, "")) for column in self._columns))
