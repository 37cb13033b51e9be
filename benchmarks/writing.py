"""Writing Word files: against deflating their document part alone, and against docxtpl."""

import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from io import BytesIO
from random import Random
from statistics import median
from typing import TypeVar
from zipfile import ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docxtpl import DocxTemplate

from benchmarks.ratios import Ratio
from catalogue.domain.description import (
    Authority,
    Description,
    Duty,
    OutsideRelation,
    Relations,
    Requirement,
    Task,
)
from catalogue.domain.layout import Letterhead, layout_on
from catalogue.domain.listing import ListedGroup, ListedPosition, Listing
from catalogue.domain.words import DEMONSTRATION, UNVERIFIED, TaskKind
from catalogue.exporters import description_document, position_annex

T = TypeVar("T")
_DAY = date(2024, 4, 10)
_LAYOUT = layout_on(_DAY)
_VERBS = (
    "Chủ trì soạn thảo", "Tham mưu xây dựng", "Theo dõi, đôn đốc", "Tổng hợp, báo cáo",
    "Kiểm tra việc thực hiện", "Thẩm định, góp ý", "Phối hợp triển khai", "Cập nhật, lưu trữ",
    "Hướng dẫn nghiệp vụ về", "Rà soát, bổ sung", "Tiếp nhận, xử lý", "Chuẩn bị nội dung",
)  # fmt: skip
_THINGS = (
    "kế hoạch công tác năm", "chương trình làm việc toàn khóa", "quy chế phối hợp",
    "hồ sơ cán bộ", "đơn, thư kiến nghị", "số liệu đảng viên", "báo cáo chuyên đề",
    "nghị quyết hội nghị", "danh mục vị trí việc làm", "lịch trực cơ quan",
    "dự toán kinh phí", "tài liệu tập huấn", "nhật ký công việc", "sổ theo dõi văn bản",
)  # fmt: skip
_FIELDS = (
    "lĩnh vực tổ chức xây dựng Đảng", "công tác dân vận ở cơ sở", "công tác kiểm tra, giám sát",
    "khối cơ quan cấp tỉnh", "các huyện, thị, thành ủy", "thông tin, tuyên truyền",
    "tài chính, tài sản của cơ quan", "văn thư, lưu trữ", "phong trào thanh niên",
    "hội viên nông dân", "đoàn viên công đoàn", "đào tạo, bồi dưỡng lý luận chính trị",
)  # fmt: skip
_MEASURES = (
    "đúng thời hạn", "đúng thể thức", "được cấp trên chấp thuận", "không phải làm lại",
    "số liệu khớp với sổ", "có văn bản kèm theo", "được cơ quan nhận xác nhận",
)  # fmt: skip


def measure() -> list[Ratio]:
    draw = Random(2752)  # noqa: S311 - a fixed sequence, nothing secret
    annexes = [_listing(draw)] * 40
    descriptions = [_description(draw, number) for number in range(1000)]
    return [
        *_ratios("one annex of 500 rows", _write_annex, annexes, _annex_template()),
        *_ratios(
            "each of 1,000 job descriptions",
            _write_description,
            descriptions,
            _description_template(),
        ),
    ]


def _ratios(
    what: str, write: Callable[[T], bytes], records: Sequence[T], template: bytes
) -> list[Ratio]:
    """Compare writing whole files with deflating their document parts alone, and with docxtpl."""
    parts = [_document_part(write(record)) for record in records]
    deflating = _median_ratio(
        [(partial(write, record), partial(zlib.compress, part))
         for record, part in zip(records, parts, strict=True)]
    )  # fmt: skip
    docxtpl = _median_ratio(
        [(partial(_fill, template, record), partial(write, record)) for record in records[:12]]
    )
    return [
        Ratio(f"writing {what} / deflating document.xml", deflating, goal=2.0),
        Ratio(f"docxtpl / writing {what}", docxtpl, goal=8.0, better="higher"),
    ]


def _median_ratio(pairs: Sequence[tuple[Callable[[], object], Callable[[], object]]]) -> float:
    """Time the two of each pair in turns, three times each; the quickest counts.

    What takes half a millisecond is otherwise lost in whatever else the machine does.
    """
    ratios = []
    for pair in pairs:
        turns = [(_seconds(pair[0]), _seconds(pair[1])) for _ in range(3)]
        ratios.append(min(work for work, _ in turns) / min(floor for _, floor in turns))
    return median(ratios)


def _seconds(way: Callable[[], object]) -> float:
    begun = time.process_time()
    way()
    return time.process_time() - begun


def _write_annex(listing: Listing) -> bytes:
    return position_annex.write(listing, layout=_LAYOUT)


def _write_description(description: Description) -> bytes:
    return description_document.write([description], layout=_LAYOUT)


def _document_part(file: bytes) -> bytes:
    with ZipFile(BytesIO(file)) as package:
        return package.read("word/document.xml")


def _fill(template: bytes, record: object) -> bytes:
    filled = DocxTemplate(BytesIO(template))
    filled.render({"record": record}, autoescape=True)
    saved = BytesIO()
    filled.save(saved)
    return saved.getvalue()


def _annex_template() -> bytes:
    document = Document()
    document.add_paragraph("{{ record.title }}")
    columns = ("name", "rank", "code", "headcount", "origin", "mark")
    _add_loop(
        document, "group in record.groups", "position in group.positions", "position", columns
    )
    return _saved(document)


def _description_template() -> bytes:
    document = Document()
    for name in ("name", "code", "starts", "workplace", "procedures", "purpose"):
        document.add_paragraph(f"{name}: {{{{ record.{name} }}}}")
    task_columns = ("text", "product", "criterion")
    _add_loop(document, "duty in record.duties", "task in duty.tasks", "task", task_columns)
    for loop, columns in (
        ("item in record.relations.outside", ("body", "nature")),
        ("item in record.authority", ("no", "text")),
        ("item in record.competencies", ("group", "name", "level_min")),
    ):
        _add_loop(document, "_ in (1,)", loop, "item", columns)
    return _saved(document)


def _add_loop(
    document: WordDocument, outer: str, inner: str, item: str, columns: Sequence[str]
) -> None:
    """Add a table that docxtpl repeats for each item of two nested loops."""
    table = document.add_table(rows=0, cols=len(columns), style="Table Grid")
    for text in (f"{{%tr for {outer} %}}", f"{{%tr for {inner} %}}"):
        table.add_row().cells[0].text = text
    cells = table.add_row().cells
    for cell, column in zip(cells, columns, strict=True):
        cell.text = f"{{{{ {item}.{column} }}}}"
    for _ in range(2):
        table.add_row().cells[0].text = "{%tr endfor %}"


def _saved(document: WordDocument) -> bytes:
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def _listing(draw: Random) -> Listing:
    positions = tuple(
        ListedPosition(
            name=_work(draw),
            rank=draw.choice(("Chuyên viên", "Chuyên viên chính", "Cán sự", "Nhân viên")),
            code=f"HG-NVCN-{number:03d}",
            headcount=draw.choice((None, 1, 2, 3)),
            origin=f"Danh mục tham khảo số {draw.randint(1, 28)}, bảng 1, dòng {number}",
            mark=UNVERIFIED,
        )
        for number in range(500)
    )
    head = Letterhead("Tỉnh ủy Hậu Giang", "Ban Tổ chức", "BTCTU", "Hậu Giang", _DAY)
    group = ListedGroup("Nghiệp vụ chuyên ngành", positions)
    return Listing(head, "Danh mục vị trí việc làm", (group,), marks=(UNVERIFIED,))


def _description(draw: Random, number: int) -> Description:
    """Make a description of the usual size: five duties, ten tasks, a dozen competencies.

    Every other one is of the fuller form, with units, norm times and kinds, and knows its tasks.
    """
    return Description(
        name=_work(draw),
        code=f"HG-NVCN-{number:03d}",
        purpose=f"{_work(draw)}. {_work(draw)}.",
        starts="Kể từ ngày quyết định phê duyệt có hiệu lực",
        workplace="Văn phòng Tỉnh ủy",
        procedures=_work(draw),
        duties=tuple(_duty(draw, place, full=number % 2 == 1) for place in range(1, 6)),
        relations=Relations(
            managed_by=("Trưởng phòng",),
            coordinates_in_unit=(_work(draw),),
            coordinates_with=(draw.choice(_FIELDS), draw.choice(_FIELDS)),
            outside=tuple(OutsideRelation(draw.choice(_FIELDS), _work(draw)) for _ in range(3)),
        ),
        authority=tuple(Authority(f"4.{place}", _work(draw)) for place in range(1, 5)),
        qualifications={
            label: (_work(draw), _work(draw))
            for label in ("Trình độ đào tạo", "Kinh nghiệm", "Phẩm chất cá nhân")
        },
        competencies=tuple(
            Requirement("Nhóm năng lực chung", draw.choice(_FIELDS), 2, 3) for _ in range(12)
        ),
        marks=(DEMONSTRATION,),
    )


def _duty(draw: Random, place: int, *, full: bool) -> Duty:
    tasks = tuple(
        Task(_work(draw), draw.choice(_THINGS), f"{_work(draw)}, {draw.choice(_MEASURES)}")
        for _ in range(2)
    )
    if full:
        kinds = tuple(TaskKind)
        tasks = tuple(
            replace(
                task,
                product_unit="Văn bản",
                norm_minutes=draw.randint(1, 16) * 30,
                kind=draw.choice(kinds),
                goes_on_from=(draw.randint(1, 99_999),),
            )
            for task in tasks
        )
    return Duty(f"2.{place}", draw.choice(_VERBS), tasks)


def _work(draw: Random) -> str:
    return f"{draw.choice(_VERBS)} {draw.choice(_THINGS)} {draw.choice(_FIELDS)}"
