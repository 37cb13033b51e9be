"""Keeping competencies one by name, and writing the dictionaries that word their levels."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.competency import Dictionary
from catalogue.domain.errors import BlockedImport
from catalogue.domain.text import fold
from catalogue.models import Competency, CompetencyDictionary, CompetencyLevel
from catalogue.services import auditing


@dataclass(frozen=True, slots=True)
class Source:
    """The dictionary's file and the day from which it holds."""

    file_name: str
    sha256: str
    valid_from: date


def find_or_add(session: Session, names: Iterable[str]) -> dict[str, int]:
    """Give the competency of each name, keyed by the folded name; unknown ones are added."""
    wanted = {fold(name): name for name in sorted(names)}
    known = {
        competency.name_folded: competency.id for competency in session.scalars(select(Competency))
    }
    added = [
        Competency(name=name, name_folded=folded)
        for folded, name in wanted.items()
        if folded not in known
    ]
    session.add_all(added)
    session.flush()
    return known | {competency.name_folded: competency.id for competency in added}


def record_dictionary(
    session: Session, read: Dictionary, source: Source, *, by: int | None, at: datetime
) -> bool:
    """Write a dictionary's level texts; the same file twice changes nothing and answers False."""
    if blocking := [problem for problem in read.problems if problem.blocks]:
        message = f"Tệp «{source.file_name}» chưa ghi được. Chưa có dữ liệu nào được ghi."
        raise BlockedImport(message, blocking)
    known = select(CompetencyDictionary.id).where(CompetencyDictionary.sha256 == source.sha256)
    if session.scalar(known) is not None:
        return False
    dictionary = CompetencyDictionary(
        title=read.title or source.file_name,
        file_name=source.file_name,
        sha256=source.sha256,
        valid_from=source.valid_from,
        read_at=at,
    )
    session.add(dictionary)
    session.flush()
    competency_of = find_or_add(session, (entry.name for entry in read.entries))
    session.add_all(
        CompetencyLevel(
            dictionary_id=dictionary.id,
            competency_id=competency_of[fold(entry.name)],
            level=level,
            group_heading=entry.group,
            text=text,
        )
        for entry in read.entries
        for level, text in entry.levels.items()
    )
    auditing.record(
        session, "dictionary.recorded", source.file_name, by=by, at=at, sha256=source.sha256
    )
    session.flush()
    return True
