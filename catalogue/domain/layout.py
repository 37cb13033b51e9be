"""How a Party document is laid out, by the rule in force on its date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

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
    """Who issues a document, under which number, where and when; no number leaves room for it."""

    superior: str
    issuer: str
    code: str
    place: str
    on: date
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: for whom (`T/M …`), in which office, by what name; no name leaves room for it."""

    authority: str
    office: str
    name: str = ""
