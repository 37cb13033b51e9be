"""How a Party document is laid out, by the rule in force on its date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

_FEBRUARY = 2
_TYPE_CODES = {
    "quyết định": "QĐ",
    "quy định": "QĐi",
    "đề án": "ĐA",
    "kế hoạch": "KH",
    "báo cáo": "BC",
    "công văn": "CV",
    "thông báo": "TB",
    "tờ trình": "TTr",
    "chương trình": "CTr",
    "kết luận": "KL",
    "hướng dẫn": "HD",
    "quy chế": "QC",
    "biên bản": "BB",
    "chỉ thị": "CT",
    "thông tri": "TT",
}


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """One instruction on layout: lengths in millimetres, sizes of type in points.

    The figures rest on re-implementations that agree; the instructions' own text was not read.
    `key` names the style package that prints it.
    """

    key: str
    instruction: str
    since: date
    type_codes: Mapping[str, str]
    page_width: float = 210
    page_height: float = 297
    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15
    first_line: float = 10
    heading_size: float = 15
    body_size: float = 14
    small_size: float = 12
    line: float = 18
    paragraph_gap: float = 6


LAYOUTS = (
    Layout("hd36", "Hướng dẫn 36-HD/VPTW", date(2018, 4, 3), _TYPE_CODES),
    Layout("hd05", "Hướng dẫn 05-HD/VPTW", date(2026, 5, 27), _TYPE_CODES | {"quy định": "QĐ"}),
)


def layout_on(day: date) -> Layout:
    """Give the layout of a document of that day; the oldest known serves the days before it."""
    in_force = (layout for layout in reversed(LAYOUTS) if layout.since <= day)
    return next(in_force, LAYOUTS[0])


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who issues a document, under which number, where and when; no number leaves room for it.

    `code` is the issuer's own in numbers (`TU`, `BCĐ`).
    """

    superior: str
    issuer: str
    code: str
    place: str
    on: date
    number: int | None = None

    @property
    def dateline(self) -> str:
        return (
            f"{self.place}, ngày {self.on.day:02d} tháng {party_month(self.on.month)} "
            f"năm {self.on.year}"
        )

    def reference(self, type_code: str) -> str:
        """Print the number and symbol: no colon, a hyphen, a slash."""
        number = "      " if self.number is None else f"{self.number:02d}"
        return f"Số {number}-{type_code}/{self.code}"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: for whom (`T/M …`), in which office, by what name; no name leaves room for it."""

    authority: str
    office: str
    name: str = ""


def party_month(month: int) -> str:
    """Print a month's number: only January and February take a leading zero."""
    return f"0{month}" if month <= _FEBRUARY else str(month)
