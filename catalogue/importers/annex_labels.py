"""What the wordings of a header cell say that its column holds."""

import re

from catalogue.domain.text import fold

NO = "no"
NAME = "name"
RANK = "rank"
CODE = "code"
HEADCOUNT = "headcount"
GROUP = "group"
OTHER = "other"
ROLES = (NO, NAME, RANK, CODE, HEADCOUNT, GROUP)

_LONGEST_LABEL = 160
_RANK_WORDS = r"(ngach|cdnn|chuc danh nghe nghiep|hang chuc danh|bac nghe nghiep)"
_NAMING = r"(ten goi |ten |danh muc |cac )*(cua )?"
# Asked in this order; the weight settles which of two columns of one kind is meant.
_WORDINGS = tuple(
    (re.compile(pattern), role, weight)
    for pattern, role, weight in (
        (r"((s ?)?t ?t|so tt|so thu tu|thu tu|so|no)$", NO, 0),
        (r"(ty le|ti le|ghi chu|can cu|yeu cau|co quan|don vi|trong do)\b", OTHER, 0),
        (r"(so luong )?(so )?(luong )?(vi tri|vtvl)( viec lam)? (hien co|duoc duyet)", OTHER, 0),
        (r"(so luong|so) (vi tri|vtvl)\b", OTHER, 0),
        (rf"(ma|ky hieu)( so)?( hieu)?( \w+)? {_RANK_WORDS}", OTHER, 0),
        (r"(ma|ky hieu)( so| hieu)?( va)? ten\b", NAME, 4),
        (r"ten( va)? (ma|ky hieu)\b", NAME, 4),
        (r"(ma|ky hieu)( so| hieu)?\b.*(vi tri|vtvl|viec lam)", CODE, 2),
        (r"(ma|ky hieu)( so| hieu)?( \w+)?$", CODE, 1),
        (r"(phan )?nhom( vi tri| vtvl| viec lam|$)", GROUP, 0),
        (rf"{_NAMING}(vi tri viec lam|vtvl|vi tri cong tac)\b", NAME, 4),
        (rf"{_NAMING}vi tri\b", NAME, 3),
        (rf"(ten )?(tuong ung )?(voi )?{_RANK_WORDS}", RANK, 2),
        (r"(tieu chuan |yeu cau )?(ve )?(ngach|hang)\b", RANK, 1),
        (rf"{_NAMING}(chuc danh|chuc vu)\b", NAME, 2),
        (r"(tong so|tong cong|tong)$", HEADCOUNT, 3),
        (r"(\w+ ){0,3}(phan bo|giao|duoc giao)\b.*(bien che|chi tieu|nguoi)", HEADCOUNT, 5),
        (r"(\w+ ){0,3}bien che\b.*(giao|phan bo)", HEADCOUNT, 5),
        (r"(\w+ ){0,3}(bien che|chi tieu)\b(?!.*hien co)", HEADCOUNT, 4),
        (
            r"(so luong|sl|so nguoi|nguoi lam viec|so cong chuc|so vien chuc|so bc|bc)\b",
            HEADCOUNT,
            2,
        ),
        (r"(\w+ ){0,3}bien che\b", HEADCOUNT, 1),
        (r"(ten|ten goi)$", NAME, 1),
    )
)
_CODED = re.compile(r"\bma\b")
_PERSON = re.compile(r"ho (va )?ten\b")
_FIGURE_ONLY = re.compile(r"(?!(?:19|20)\d\d$)[\s.,()%]*\d[\d\s.,()%]*$")
_IN_BRACKETS = re.compile(r"\([^)]*\)")


def role_of(text: str) -> tuple[str, int] | None:
    """Give the role that a label names and how surely, None for a wording of anything else."""
    folded = fold(text)
    return next(
        ((role, weight) for pattern, role, weight in _WORDINGS if pattern.match(folded)), None
    )


def is_label(text: str) -> bool:
    """Tell a label from a cell of data, of a list of people or of a description's box."""
    return not (
        len(text) > _LONGEST_LABEL
        or _FIGURE_ONLY.match(text)
        or _IN_BRACKETS.sub("", text).partition(":")[2].strip()
        or _PERSON.match(fold(text))
    )


def names_code_too(text: str) -> bool:
    """Tell the label of a column that prints the code beside the name."""
    return bool(_CODED.search(fold(text)))
