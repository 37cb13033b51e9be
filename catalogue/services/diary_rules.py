"""Setting the diary's limits from a day on, with their basis, and naming its sheets' columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.day_rules import DiaryLimit
from catalogue.domain.diary_columns import DiaryColumn
from catalogue.domain.errors import Conflict, Invalid
from catalogue.domain.hours import MINUTES_PER_DAY
from catalogue.domain.text import fold
from catalogue.domain.words import TaskKind
from catalogue.models import ColumnAlias, DiaryRule
from catalogue.services import auditing

_MOST_DAYS = 366
_IN_MINUTES = (DiaryLimit.PRODUCTLESS_MINUTES, DiaryLimit.MINUTES_A_PAGE)
_LONGEST_HEADING = 200


@dataclass(frozen=True, slots=True)
class Limited:
    """A limit as it is set; the kind of task where it is one of minutes without a product."""

    limit: DiaryLimit
    kind: TaskKind | None
    value: int
    basis: str
    since: date


def set_limit(
    session: Session, limited: Limited, *, by: int, at: datetime, today: date
) -> DiaryRule:
    """Set a limit from a day on; the one that it replaces holds until the day before."""
    _refuse_odd(limited, today)
    for rival in _rivals(session, limited):
        if rival.valid_from >= limited.since:
            message = (
                f"Từ ngày: đã có giới hạn này bắt đầu từ {rival.valid_from:%d/%m/%Y}. "
                "Hãy chọn ngày sau ngày đó."
            )
            raise Invalid(message, field="since")
        rival.valid_to = limited.since - timedelta(days=1)
    rule = DiaryRule(
        limit=limited.limit,
        kind=limited.kind,
        value=limited.value,
        basis=limited.basis,
        valid_from=limited.since,
    )
    session.add(rule)
    session.flush()
    auditing.record(
        session,
        "diary_rule.set",
        limited.limit,
        by=by,
        at=at,
        kind=limited.kind,
        value=limited.value,
        since=limited.since.isoformat(),
        basis=limited.basis,
    )
    session.flush()
    return rule


def _rivals(session: Session, limited: Limited) -> Sequence[DiaryRule]:
    """Find the rows of the same limit that are not ended before the new one, the latest first."""
    query = (
        select(DiaryRule)
        .where(DiaryRule.limit == limited.limit)
        .where(DiaryRule.kind.is_not_distinct_from(limited.kind))
        .where(DiaryRule.valid_to.is_(None) | (DiaryRule.valid_to >= limited.since))
        .order_by(DiaryRule.valid_from.desc())
        .with_for_update()
    )
    return session.scalars(query).all()


def add_heading(
    session: Session, column: DiaryColumn, heading: str, basis: str, *, by: int, at: datetime
) -> ColumnAlias:
    """Let a column of a diary's spreadsheet be known by one more heading."""
    folded = fold(heading)
    if not folded or len(heading) > _LONGEST_HEADING:
        message = f"Tiêu đề cột: hãy ghi từ 1 đến {_LONGEST_HEADING} ký tự, có chữ hoặc số."
        raise Invalid(message, field="heading")
    if not basis:
        raise Invalid("Căn cứ: hãy ghi mẫu nào dùng tiêu đề này.", field="heading_basis")
    known = session.scalar(select(ColumnAlias).where(ColumnAlias.heading_folded == folded))
    if known is not None:
        message = f"Tiêu đề «{known.heading}» đã là cột «{known.column.label}»."
        raise Conflict(message)
    alias = ColumnAlias(column=column, heading=heading, heading_folded=folded, basis=basis)
    session.add(alias)
    session.flush()
    auditing.record(
        session, "column_alias.added", heading, by=by, at=at, column=column, basis=basis
    )
    session.flush()
    return alias


def _refuse_odd(limited: Limited, today: date) -> None:
    if not limited.basis:
        raise Invalid("Căn cứ: hãy ghi văn bản hoặc quy định làm căn cứ.", field="basis")
    if limited.since < today:
        message = (
            f"Từ ngày: hãy chọn từ {today:%d/%m/%Y}; ngày đã qua giữ nguyên giới hạn của ngày đó."
        )
        raise Invalid(message, field="since")
    by_kind = limited.limit is DiaryLimit.PRODUCTLESS_MINUTES
    if by_kind and limited.kind in (None, TaskKind.PRODUCT):
        message = "Loại việc: giới hạn này đặt theo loại việc không có sản phẩm. Hãy chọn một loại."
        raise Invalid(message, field="kind")
    if not by_kind and limited.kind is not None:
        message = "Loại việc: giới hạn này chung cho mọi loại việc, hãy để trống."
        raise Invalid(message, field="kind")
    most = MINUTES_PER_DAY if limited.limit in _IN_MINUTES else _MOST_DAYS
    if not 0 <= limited.value <= most:
        raise Invalid(f"Giá trị: hãy ghi từ 0 đến {most}.", field="value")
