"""Comments of a Word file as remarks on the draft that its description went to: each once."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain import drafting
from catalogue.domain.annotations import Comment
from catalogue.domain.description import Description, Section
from catalogue.domain.drafting import FIELDS
from catalogue.domain.limits import LOG_TEXT_CHARACTERS
from catalogue.domain.text import fold
from catalogue.models import DescriptionDraft, SectionRemark

_NAMELESS = "Không ghi tên"


def write(
    session: Session,
    draft: DescriptionDraft,
    comments: Sequence[Comment],
    *,
    alone: bool,
    by: int,
    at: datetime,
) -> int:
    """Write comments as remarks on the sections whose words they quote; answers how many.

    Of a file with several descriptions, which is not `alone` in it, only what quotes its words.
    What was written from a file before is known by its text.
    """
    query = select(SectionRemark.text).where(SectionRemark.draft_id == draft.id)
    known = set(session.scalars(query))
    record = drafting.from_json(draft.content).description
    count = 0
    for comment in comments:
        section = section_of(record, comment.quoted) or (Section.GENERAL if alone else None)
        text = _said(comment)
        if section is None or text in known:
            continue
        known.add(text)
        count += 1
        session.add(
            SectionRemark(draft_id=draft.id, section=section, text=text, author_id=by, at=at)
        )
    session.flush()
    return count


def section_of(record: Description, quoted: str) -> Section | None:
    """Find the first section that says what a comment was put on."""
    wanted = fold(quoted)
    if not wanted:
        return None
    plain = drafting.as_json(drafting.Content(record))["description"]
    for section, names in FIELDS.items():
        if any(wanted in fold(text) for name in names for text in _texts(plain[name])):
            return section
    return None


def _texts(plain: Any) -> Iterator[str]:  # noqa: ANN401 (what JSON holds)
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, dict):
        for each in plain.values():
            yield from _texts(each)
    elif isinstance(plain, list):
        for each in plain:
            yield from _texts(each)


def _said(comment: Comment) -> str:
    """Put who commented in Word, and when, before the words; the remark is the sender's own."""
    when = f" ({comment.at:%d/%m/%Y})" if comment.at else ""
    return f"{comment.author or _NAMELESS}{when}: {comment.text}"[:LOG_TEXT_CHARACTERS]
