"""The measure of a reader: which text of a file came to no field and no problem."""

import re
from collections.abc import Collection, Iterator, Mapping

from catalogue.domain.text import fold
from catalogue.importers.blocks import Paragraph, TableRow
from catalogue.importers.word import Document

_BEFORE_WORDS = re.compile(r"^\s*(?:[-–—•+*]|\d+(?:\.\d+)*\s*[.)-]*|[IVX]+(?:[.)]|$))?\s*")

# What the form prints by itself, folded; kept apart from the reader's own list on purpose.
PRINTED_BY_THE_FORM = frozenset(
    map(
        fold,
        (
            "BẢN MÔ TẢ CÔNG VIỆC",
            "Tên VTVL",
            "Tên vị trí việc làm",
            "Mã VTVL",
            "Mã vị trí việc làm",
            "Ngày bắt đầu thực hiện",
            "Địa điểm làm việc",
            "Quy trình công việc liên quan",
            "Mục tiêu VTVL",
            "Mục tiêu vị trí việc làm",
            "Các công việc và tiêu chí đánh giá",
            "TT",
            "Các nhiệm vụ, công việc",
            "Nhiệm vụ, mảng công việc",
            "Công việc cụ thể",
            "Tiêu chí đánh giá",
            "Tiêu chí đánh giá hoàn thành công việc",
            "Các mối quan hệ công việc 3.1- Bên trong",
            "Các mối quan hệ trong công việc",
            "Mối quan hệ công việc",
            "Bên trong",
            "Bên ngoài",
            "Được quản lý trực tiếp và kiểm duyệt kết quả bởi",
            "Quản lý trực tiếp",
            "Quan hệ phối hợp trực tiếp trong đơn vị",
            "Các đơn vị phối hợp chính",
            "Cơ quan, đơn vị có quan hệ chính",
            "Cơ quan, tổ chức có quan hệ chính",
            "Bản chất quan hệ",
            "Phạm vi quyền hạn",
            "Quyền hạn cụ thể",
            "Các yêu cầu về trình độ, năng lực",
            "Yêu cầu về trình độ",
            "Yêu cầu về trình độ, phẩm chất",
            "Nhóm yêu cầu",
            "Yêu cầu cụ thể",
            "Yêu cầu về năng lực",
            "Các yêu cầu về năng lực",
            "Nhóm năng lực",
            "Năng lực cụ thể",
            "Tên năng lực",
            "Cấp độ",
        ),
    )
)


def everything_in(plain: object) -> Iterator[str]:
    """Give every text of a record laid out as JSON, its keys too."""
    if isinstance(plain, Mapping):
        for key, inner in plain.items():
            yield str(key)
            yield from everything_in(inner)
    elif isinstance(plain, (list, tuple)):
        for inner in plain:
            yield from everything_in(inner)
    elif plain is not None:
        yield str(plain)


def lines_of(data: bytes) -> list[str]:
    """Give every printed line of a Word file, nested tables included."""
    return [
        line
        for block in Document(data, "tệp").blocks()
        for line in (
            block.text.split("\n") if isinstance(block, Paragraph) else _lines_of_row(block)
        )
    ]


def lost(data: bytes, plain: object, labels: Collection[str]) -> list[str]:
    """Give the lines of a Word file that came to no field and no problem, nor are labels.

    This is the measure of a reader: it may report a text, but never drop one. `labels` are folded;
    numbers and levels by themselves say nothing here.
    """
    kept = "".join("".join(text.split()) for text in everything_in(plain))
    return [
        line
        for line in lines_of(data)
        if (said := _said(line, labels)) and "".join(said.split()) not in kept
    ]


def _lines_of_row(block: TableRow) -> Iterator[str]:
    for filled in block.cells:
        yield from filled.lines
        for nested in filled.tables:
            for inner in nested:
                yield from _lines_of_row(inner)


def _said(line: str, labels: Collection[str]) -> str:
    """Give what a line says beside its bullet, its number and a label of the form."""
    words = _BEFORE_WORDS.sub("", line, count=1)
    label, _, value = words.partition(":")
    if fold(words) in labels or not any(map(str.isalpha, words)):
        return ""
    return value.strip() if fold(label) in labels else words
