"""Reading a review pack that came back: whose remark stands on which item, and none lost."""

import re
from collections.abc import Iterator
from datetime import datetime

from lxml.etree import _Element as Element

from catalogue.domain import limits
from catalogue.domain.problems import Problem
from catalogue.domain.remarks import Remark, ReturnedPack
from catalogue.domain.text import clean, forbidden_character
from catalogue.importers import refusals
from catalogue.importers.fields import instructions_in, refuse_dangerous
from catalogue.importers.package import Package
from catalogue.importers.styles import VAL, WORDML
from catalogue.importers.word import Progress

_IDENTITY = re.compile(
    r"Hồ sơ số ([1-9][0-9]{0,9}), lần trình [0-9]+\.(?: Mã nội dung: ([0-9a-f]{64})\.)?"
)
_BOOKMARK = re.compile(r"muc_([1-9][0-9]{0,8})")
_TAG = re.compile(r"muc-([1-9][0-9]{0,8})")
_NUMBER = re.compile(r"([1-9][0-9]{0,8})\.?")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")
_PRINTS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_QUOTED = 80
_WHOLE = "Cả hồ sơ"
_NAME = f"{WORDML}name"
_ID = f"{WORDML}id"


def read(data: bytes, name: str = "tệp Word", progress: Progress | None = None) -> ReturnedPack:
    """Read every comment with its place; raises UnreadableFile for a file that may not be read."""
    package = Package(data, name)
    root = package.parse(package.main)
    refuse_dangerous(instructions_in(root), name)
    found = _comments(package)
    places = _places(root)
    problems: list[Problem] = []
    remarks = tuple(_remark(each, places, problems) for each in found)
    identity = _IDENTITY.search(_printed(root))
    if progress is not None:
        progress(1, 1)
    return ReturnedPack(
        dossier_id=int(identity[1]) if identity else None,
        sha256=(identity[2] or "") if identity else "",
        remarks=remarks,
        problems=tuple(problems),
    )


def _comments(package: Package) -> list[Element]:
    root = package.related("comments")
    found = [] if root is None else root.findall(f"{WORDML}comment")
    if len(found) > limits.PACK_REMARKS:
        raise refusals.too_many(package.name, len(found), "ý kiến", limits.PACK_REMARKS)
    return found


def _places(root: Element) -> dict[str, tuple[int | None, str]]:
    """Map a comment's id to the item and the words where its range begins, else its reference."""
    places: dict[str, tuple[int | None, str]] = {}
    for kind in ("commentRangeStart", "commentReference"):
        for anchor in root.iter(WORDML + kind):
            places.setdefault(anchor.get(_ID, ""), _place(anchor))
    return places


def _place(anchor: Element) -> tuple[int | None, str]:
    for row in anchor.iterancestors(f"{WORDML}tr"):
        ordinal = _ordinal(row)
        if ordinal is not None:
            return ordinal, f"Mục {ordinal}"
    around = next(anchor.iterancestors(f"{WORDML}p"), None)
    quote = "" if around is None else clean(_printed(around))[:_QUOTED]
    if _IDENTITY.match(quote):
        return None, _WHOLE
    return None, f"Đoạn «{quote}»" if quote else "Đoạn không có chữ"


def _ordinal(row: Element) -> int | None:
    """Recognise an item's row by its bookmark, its content control, or the number it prints."""
    first = next(row.iter(f"{WORDML}tc"), None)
    signs = (
        (_BOOKMARK, (mark.get(_NAME, "") for mark in row.iter(f"{WORDML}bookmarkStart"))),
        (_TAG, (tag.get(VAL, "") for tag in row.iter(f"{WORDML}tag"))),
        (_NUMBER, ("" if first is None else _printed(first).strip(),)),
    )
    for pattern, texts in signs:
        for text in texts:
            if found := pattern.fullmatch(text):
                return int(found[1])
    return None


def _remark(
    comment: Element, places: dict[str, tuple[int | None, str]], problems: list[Problem]
) -> Remark:
    ordinal, where = places.get(comment.get(_ID, ""), (None, "Không còn chỗ gắn trong tệp"))
    author = _tidy(comment.get(f"{WORDML}author", ""), where, problems)
    text = _tidy(_printed(comment), where, problems)
    if ordinal is None and where != _WHOLE:
        problems.append(
            Problem(
                where,
                f"ý kiến của {author or 'người không ghi tên'} không nằm ở mục nào: "
                f"«{text[:_QUOTED]}»",
                "Ý kiến này được ghi cho cả hồ sơ; nếu thuộc một mục, hãy ghi lại ở mục đó.",
            )
        )
    return Remark(ordinal, author, _moment(comment.get(f"{WORDML}date", "")), text, where)


def _moment(written: str) -> datetime | None:
    """Read the hour as the author's clock showed it: Word writes local time and calls it UTC."""
    found = _MOMENT.match(written)
    try:
        return datetime.fromisoformat(found[0]) if found else None
    except ValueError:
        return None


def _tidy(text: str, where: str, problems: list[Problem]) -> str:
    """Clean a text; a character that may not be kept is replaced and named, the rest stays."""
    tidy = clean(text)
    while found := forbidden_character(tidy):
        position, code = found
        tidy = f"{tidy[: position - 1]}\ufffd{tidy[position:]}"
        problems.append(
            Problem(where, f"ký tự điều khiển {code} đã được thay bằng «\ufffd»", "Xem lại câu đó.")
        )
    return tidy


def _printed(element: Element) -> str:
    """Give what an element prints, a line per paragraph; deleted words are no `w:t`."""
    return "".join(_pieces(element)).strip("\n")


def _pieces(element: Element) -> Iterator[str]:
    for node in element.iter():
        kind = str(node.tag).removeprefix(WORDML)
        if kind == "t":
            yield node.text or ""
        elif kind == "p":
            yield "\n"
        else:
            yield _PRINTS.get(kind, "")
