"""What was sent before, known by its keys: answered again, never written twice nor changed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, bindparam, null, select, union_all
from sqlalchemy.orm import Session

from catalogue.domain.diary import LineDraft
from catalogue.domain.errors import Conflict, Refusal, SheetRefused
from catalogue.models import Assignment, LogLine, PendingLine

_OTHER_CONTENT = (
    "Dòng này đã được ghi từ lần gửi trước, với nội dung khác. Hãy sửa dòng ấy ở «Đã ghi»; cần "
    "ghi thêm thì mở lại trang và chọn lại việc."
)


def sent_before(
    session: Session, drafts: Sequence[LineDraft], day: date, *, by: int
) -> Mapping[int, LogLine]:
    """Find the lines that some of the drafts wrote when they were first sent, by their place.

    Raises SheetRefused where a draft tells another thing than its key told then.
    """
    keys = [draft.entry_key for draft in drafts if draft.entry_key]
    found = session.connection().execute(_SENT, {"keys": keys}).all() if keys else ()
    if not found:
        return {}
    if any(person != by for _, _, person in found):
        raise Conflict("Mã gửi này đã được dùng. Hãy mở lại trang rồi ghi lại.")
    lines = _lines(session, [line_id for _, line_id, _ in found])
    sent = {
        place: lines[draft.entry_key]
        for place, draft in enumerate(drafts)
        if draft.entry_key in lines
    }
    if changed := [
        Refusal(place, "task", _OTHER_CONTENT)
        for place, line in sent.items()
        if not tells(drafts[place], line, day)
    ]:
        raise SheetRefused(changed)
    return sent


def tells(draft: LineDraft, line: LogLine, day: date) -> bool:
    """Tell whether a draft says of the day just what a line says, under the same key."""
    return line.day == day and replace(draft_of(line), entry_key=line.entry_key) == draft


def draft_of(line: LogLine) -> LineDraft:
    """Tell a line again as it was told; the key stays its own."""
    return LineDraft(
        task_version_id=line.task_version_id,
        minutes=line.minutes,
        content=line.content,
        product=line.product,
        quantity=line.quantity,
        overtime=line.overtime,
        place=line.place,
        document_number=line.document_number,
        pages=line.pages,
        evidence=line.evidence,
        note=line.note,
        work_item_id=line.work_item_id,
    )


def _lines(session: Session, line_ids: Collection[int]) -> dict[str | None, LogLine]:
    """Read lines as they now stand, by their keys."""
    query = select(LogLine).where(LogLine.id.in_(line_ids))
    lines = session.scalars(query.execution_options(populate_existing=True))
    return {line.entry_key: line for line in lines}


def _of_keys() -> CompoundSelect[Any]:
    """Select what the keys wrote, and for whom; hours that wait for a task are nobody's line."""
    keys: BindParameter[Any] = bindparam("keys", expanding=True)
    return union_all(
        select(LogLine.entry_key, LogLine.id, Assignment.person_id)
        .join(LogLine.assignment)
        .where(LogLine.entry_key.in_(keys)),
        select(PendingLine.entry_key, PendingLine.id, null()).where(
            PendingLine.entry_key.in_(keys)
        ),
    )


# Put together once: that costs more than running it.
_SENT = _of_keys()
