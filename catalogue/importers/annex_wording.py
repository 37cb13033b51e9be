"""How annexes word their numbers, groups, counts and totals."""

import re
from collections.abc import Iterable

from catalogue.domain.text import fold

POSITIONS = "positions"
HEADCOUNT = "headcount"

_NUMBER = re.compile(r"\(?(\d{1,4}|[IVXLC]{1,7}|[ivxlc]{1,7}|[A-Za-zĐđ])([.\-/]\w{1,4})*[.)]{0,2}$")
_GROUP_NUMBER = re.compile(r"\(?([IVXLC]{1,7}|[A-ZĐ])[.)]{0,2}$")
_FIGURE = re.compile(r"\(?(\d{1,4})[.)]{0,2}$")
_ENUMERATED = re.compile(
    r"((phần|mục|nhóm|phụ lục|biểu|bảng|phụ biểu)\s+([ivxlc]+|\d+|[a-zđ])\b|"
    r"[IVXLC]{1,7}\s*[.)\-:–/]\s*\S|[A-ZĐ]\s*[.)\-:–/]\s*\S|\d{1,2}(\.\d{1,2})*\s*[.)]\s*\S)"
)
_ENUMERATION = re.compile(r"(?:[IVXLC]{1,7}|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*)\s*[.)\-:–/]\s*")
_TYPED_NUMBER = re.compile(r"(\d{1,4}[.)])\s+(\S.*)", re.DOTALL)
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_TOTAL = re.compile(
    r"(tổng cộng|tổng số|tổng toàn|tổng các|cộng(?!\s+tác)|"
    r"tổng(?=$|\s*[:(\[]|\s+(i|nhóm|[\d+])))(?!\w)"
)
_TOTAL_BEGINS = {"T", "t", "C", "c"}
_CODE = r"[A-ZĐ][^\W_]*(?:\s?[-–./]\s?[^\W_]+)*?\s?[-–./]\s?\d+(?![\w.])"
_CODE_FIRST = re.compile(rf"[(\[]?({_CODE})[)\]]?[\s:–-]+(\S.*)")
_CODE_LAST = re.compile(rf"(.*?\S)[\s:–(\[-]+({_CODE})[)\]]?$")
_GROUP_WORD = re.compile(
    r"(?:(?:nhom|vi tri|viec lam|vtvl|cac|va|thuoc|chuc danh|chuc vu|danh muc|nghe nghiep|khoi|"
    r"cong chuc|vien chuc|cong viec|nguoi|lam|"
    r"(?P<core>lanh dao|quan ly|dieu hanh|chuyen mon|nghiep vu|chuyen nganh|dung chung|ho tro|"
    r"phuc vu|thua hanh))\b\s*)+$"
)
_AGENCY = re.compile(
    r"(van phong|ban|uy ban|co quan|dang uy|tinh uy|huyen uy|thanh uy|thi uy|truong chinh tri|"
    r"bao|hoi|lien doan|mat tran|tinh doan|huyen doan|thi doan|thanh doan|trung tam|so|phong|"
    r"khoi)\b"
)
_POSITION = re.compile(
    r"(chuyen vien|can su|nhan vien|truong|pho|chanh|giam doc|ke toan|van thu|luu tru|lai xe|"
    r"bao ve|tap vu|thu quy|bi thu|chu tich|chu nhiem|uy vien|tong bien tap|bien tap|phong vien|"
    r"giang vien|thu ky|tro ly|kiem tra vien|hieu truong|le tan|thu vien|chi huy)\b"
)
_REMARK = re.compile(r"(ghi chú|chú thích|lưu ý)\b", re.IGNORECASE)
_POSITIONS_UNIT = r"vị trí|vtvl|vt\b|chức danh"
_PEOPLE_UNIT = r"biên chế|người|chỉ tiêu|công chức|viên chức|(?:bc|cc|vc)\b"
_FIGURES_OF_SUM = re.compile(rf":|\s\d+\s*(?:{_POSITIONS_UNIT}|{_PEOPLE_UNIT})", re.IGNORECASE)
_COUNTS = (
    (re.compile(rf"(\d+)\s*(?:{_POSITIONS_UNIT})"), POSITIONS),
    (re.compile(rf"(\d+)\s*(?:{_PEOPLE_UNIT})"), HEADCOUNT),
)
_ONLY_COUNT = re.compile(rf"(?:\d+\s*(?:{_POSITIONS_UNIT}|{_PEOPLE_UNIT})|[\s\d,.;:()%–-])*$")


def is_number(text: str) -> bool:
    """Tell a row's number in any form: 1, 01., I, II.05, 1.2.3, a)."""
    return bool(_NUMBER.match(text))


def is_group_number(text: str) -> bool:
    """Tell the number of a group: a Roman numeral or a capital letter."""
    return bool(_GROUP_NUMBER.match(text))


def figure(text: str) -> int | None:
    """Give a plain number, "01." being 1."""
    found = _FIGURE.match(text)
    return int(found.group(1)) if found else None


def split_typed_number(name: str) -> tuple[str, str]:
    """Part "1. Chánh Văn phòng" into its number and its name."""
    found = _TYPED_NUMBER.match(name)
    return (found.group(1), found.group(2)) if found else ("", name)


def is_enumerated(text: str) -> bool:
    """Tell a heading by its own number: "I. …", "A – …", "Nhóm 2 …"."""
    return bool(_ENUMERATED.match(text) or _ENUMERATED.match(text.casefold()))


def names_a_group(text: str) -> bool:
    """Tell a heading that says nothing but which of the groups of positions follows."""
    bare = _ENUMERATION.sub("", _IN_BRACKETS.sub(" ", text).partition(":")[0], count=1)
    found = _GROUP_WORD.match(fold(bare))
    return bool(found and found.group("core"))


def names_an_agency(text: str) -> bool:
    return bool(_AGENCY.match(fold(_ENUMERATION.sub("", text, count=1))))


def names_a_position(text: str) -> bool:
    return bool(_POSITION.match(fold(text)))


def is_total(text: str) -> bool:
    """Tell a sum's label; «Tổng Biên tập» and «Cộng tác viên» are positions."""
    return text[:1] in _TOTAL_BEGINS and bool(_TOTAL.match(text.casefold()))


def label_of(total: str) -> str:
    """Give a sum's label without its figures: of «Tổng cộng: 42 vị trí» it is «Tổng cộng»."""
    return _FIGURES_OF_SUM.split(total, maxsplit=1)[0].strip()


def split_code(name: str) -> tuple[str, str]:
    """Part a code from the name that it is printed before or after; "" where there is none."""
    if found := _CODE_FIRST.match(name):
        return found.group(2), found.group(1)
    if found := _CODE_LAST.match(name):
        return found.group(1), found.group(2)
    return name, ""


def is_remark(text: str) -> bool:
    return bool(_REMARK.match(text))


def counts_in(texts: Iterable[str]) -> dict[str, int]:
    """Find «42 vị trí» and «33 biên chế» wherever they stand."""
    counts: dict[str, int] = {}
    for text in texts:
        for pattern, kind in _COUNTS:
            if (found := pattern.search(text.casefold())) and len(found.group(1)) <= len("99999"):
                counts.setdefault(kind, int(found.group(1)))
    return counts


def is_only_count(text: str) -> bool:
    """Tell a cell that holds nothing but counts, in whichever column it stands."""
    return bool(_ONLY_COUNT.match(text.casefold()))
