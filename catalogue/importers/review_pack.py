"""Reading a review pack that came back: whose remark stands on which item, and none lost."""

from collections.abc import Iterator
from itertools import groupby

from lxml.etree import _Element as Element

from catalogue.domain import limits
from catalogue.domain.problems import Problem
from catalogue.domain.remarks import Remark, ReturnedPack
from catalogue.domain.text import clean, forbidden_character
from catalogue.importers import refusals
from catalogue.importers.fields import instructions_in, refuse_dangerous
from catalogue.importers.pack_rows import IDENTITY, QUOTED, WHOLE, Place, place_of, printed
from catalogue.importers.package import Package
from catalogue.importers.signed import signed
from catalogue.importers.styles import WORDML
from catalogue.importers.word import Progress

_ID, _AUTHOR = f"{WORDML}id", f"{WORDML}author"
_INSERTED, _DELETED = f"{WORDML}ins", f"{WORDML}del"
_UNPLACED: Place = (None, "Không còn chỗ gắn trong tệp")


def read(data: bytes, name: str = "tệp Word", progress: Progress | None = None) -> ReturnedPack:
    """Read every comment and every tracked edit; raises UnreadableFile for what may not be read."""
    package = Package(data, name)
    root = package.parse(package.main)
    refuse_dangerous(instructions_in(root), name)
    problems: list[Problem] = []
    said = [*_comments(package, root), *_edits(root)]
    if len(said) > limits.PACK_REMARKS:
        raise refusals.too_many(name, len(said), "ý kiến", limits.PACK_REMARKS)
    remarks = tuple(_tidied(each, problems) for each in said)
    identity = IDENTITY.search(printed(root))
    if progress is not None:
        progress(1, 1, len(remarks))
    return ReturnedPack(
        dossier_id=int(identity[1]) if identity else None,
        sha256=(identity[2] or "") if identity else "",
        remarks=remarks,
        problems=tuple(problems),
    )


def _comments(package: Package, root: Element) -> Iterator[Remark]:
    """Give each comment at its range's beginning, or its reference where it has no range."""
    part = package.related("comments")
    places: dict[str, Place] = {}
    for kind in ("commentRangeStart", "commentReference"):
        for anchor in root.iter(WORDML + kind):
            identifier = anchor.get(_ID, "")
            if identifier not in places:
                places[identifier] = place_of(anchor)
    for comment in () if part is None else part.iter(f"{WORDML}comment"):
        place = places.get(comment.get(_ID, ""), _UNPLACED)
        yield _remark(comment, place, printed(comment))


def _edits(root: Element) -> Iterator[Remark]:
    """Give what a reader changed in the text itself, one remark an item and author."""
    changes = [(place_of(each), each) for each in root.iter(_INSERTED, _DELETED)]
    worded = [(place, each, words) for place, each in changes if (words := _edit(each))]
    for (place, _), found in groupby(worded, lambda each: (each[0], each[1].get(_AUTHOR))):
        edits = list(found)
        text = "; ".join(words for _, _, words in edits)
        yield _remark(edits[0][1], place, f"Sửa trực tiếp: {text}")


def _edit(change: Element) -> str:
    deleted = change.tag == _DELETED
    words = printed(change, deleted=deleted).strip()
    return f"{'xóa' if deleted else 'thêm'} «{words}»" if words else ""


def _remark(element: Element, place: Place, text: str) -> Remark:
    ordinal, where = place
    author, at = signed(element)
    return Remark(ordinal, author, at, text, where)


def _tidied(remark: Remark, problems: list[Problem]) -> Remark:
    """Clean a remark, and report where it stands on no item."""
    author = _tidy(remark.author, remark.where, problems)
    text = _tidy(remark.text, remark.where, problems)
    if remark.ordinal is None and remark.where != WHOLE:
        who = author or "người không ghi tên"
        what = f"ý kiến của {who} không nằm ở mục nào: «{text[:QUOTED]}»"
        fix = "Ý kiến này được ghi cho cả hồ sơ; nếu thuộc một mục, hãy ghi lại ở mục đó."
        problems.append(Problem(remark.where, what, fix))
    return Remark(remark.ordinal, author, remark.at, text, remark.where)


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
