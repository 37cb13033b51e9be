"""What was sent before, known by its keys: answered again, never written twice nor changed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.day_rules import DayFacts
from catalogue.domain.diary import LineDraft
from catalogue.domain.errors import Conflict, Refusal, SheetRefused
from catalogue.models import LogLine

_OTHER_CONTENT = (
    "Dòng này đã được ghi từ lần gửi trước, với nội dung khác. Hãy sửa dòng ấy ở «Đã ghi»; cần "
    "ghi thêm thì mở lại trang và chọn lại việc."
)


def sent_before(
    session: Session, drafts: Sequence[LineDraft], facts: DayFacts, *, by: int
) -> Mapping[int, LogLine]:
    """Find the lines that some of the drafts wrote when they were first sent, by their place.

    Raises SheetRefused where a draft tells another thing than its key told then.
    """
    if not facts.sent:
        return {}
    if any(sent.person_id != by for sent in facts.sent.values()):
        raise Conflict("Mã gửi này đã được dùng. Hãy mở lại trang rồi ghi lại.")
    lines = _lines(session, [sent.line_id for sent in facts.sent.values()])
    sent = {
        place: lines[draft.entry_key]
        for place, draft in enumerate(drafts)
        if draft.entry_key in lines
    }
    if changed := [
        Refusal(place, "task", _OTHER_CONTENT)
        for place, line in sent.items()
        if not tells(drafts[place], line, facts.day)
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
