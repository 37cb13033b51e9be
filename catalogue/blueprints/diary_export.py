"""A person's own lines as a table to take away."""

from datetime import date

from flask import Response

from catalogue.blueprints import downloads
from catalogue.blueprints.filters import hours, moment
from catalogue.blueprints.guard import viewer
from catalogue.extensions import db
from catalogue.queries import diary
from catalogue.queries.diary import DayLine

_HEADS = (
    "Ngày",
    "Nhiệm vụ",
    "Công việc",
    "Giờ",
    "Ngoài giờ",
    "Sản phẩm",
    "Số lượng",
    "Nội dung",
    "Nơi làm việc",
    "Số, ký hiệu văn bản",
    "Số trang",
    "Minh chứng",
    "Ghi chú",
    "Việc nhiều ngày",
    "Ghi lúc",
    "Ghi bù",
    "Đánh giá",
)


def table(name: str, first: date, last: date) -> Response:
    """Answer the lines of some days, both included, as .csv."""
    lines = diary.lines(db.session(), viewer().person_id, first, last)
    return downloads.table(name, _HEADS, map(_row, lines))


def _row(line: DayLine) -> tuple[object, ...]:
    return (
        f"{line.day:%d/%m/%Y}",
        line.duty,
        line.task,
        hours(line.minutes),
        "có" if line.overtime else "",
        line.product,
        line.quantity,
        line.content,
        line.place.label if line.place else "",
        line.document,
        line.pages,
        line.evidence,
        line.note,
        line.work_item,
        moment(line.written_at),
        "có" if line.backfilled else "",
        line.verdict.label if line.verdict else "",
    )
