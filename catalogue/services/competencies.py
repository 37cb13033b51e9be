"""Keeping competencies one by name, and writing the dictionaries that word their levels."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.competency import Dictionary
from catalogue.domain.errors import BlockedImport, NotFound
from catalogue.domain.text import fold
from catalogue.domain.words import CompetencyGroup, PositionGroup
from catalogue.models import Competency, CompetencyDictionary, CompetencyLevel
from catalogue.services import auditing

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Source:
    """The dictionary's file, the day from which it holds, and for whom; None means everybody."""

    file_name: str
    sha256: str
    valid_from: date
    audience: PositionGroup | None = None


def find_or_add(
    session: Session, names: Iterable[str], headings: Mapping[str, str] | None = None
) -> dict[str, int]:
    """Give the competency of each name, keyed by the folded name; unknown ones are added.

    `headings` gives the printed heading of a name's group, from which a competency of no group
    yet takes its own.
    """
    wanted = {fold(name): name for name in sorted(names)}
    known = {each.name_folded: each for each in session.scalars(select(Competency))}
    added = {
        folded: Competency(name=name, name_folded=folded)
        for folded, name in wanted.items()
        if folded not in known
    }
    session.add_all(added.values())
    known |= added
    for name, heading in (headings or {}).items():
        competency = known[fold(name)]
        competency.group = competency.group or CompetencyGroup.of_heading(heading)
    session.flush()
    return {folded: competency.id for folded, competency in known.items()}


def record_dictionary(
    session: Session, read: Dictionary, source: Source, *, by: int | None, at: datetime
) -> bool:
    """Write a dictionary's level texts; the same file twice changes nothing and answers False.

    The one that held for the same positions until then ends the day before.
    """
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
        audience=source.audience,
        valid_from=source.valid_from,
        valid_to=_give_way(session, source),
        read_at=at,
    )
    session.add(dictionary)
    session.flush()
    _write_levels(session, dictionary.id, read)
    auditing.record(
        session, "dictionary.recorded", source.file_name, by=by, at=at, sha256=source.sha256
    )
    session.flush()
    return True


def correct_group(
    session: Session, competency_id: int, group: CompetencyGroup | None, *, by: int, at: datetime
) -> Competency:
    """Say which group a competency belongs to, whatever the printed headings said."""
    competency = session.get(Competency, competency_id, with_for_update=True)
    if competency is None:
        raise NotFound("Không tìm thấy năng lực này.")
    if competency.group is not group:
        before, competency.group = competency.group, group
        auditing.record(
            session,
            "competency.regrouped",
            competency.name,
            by=by,
            at=at,
            competency=competency.id,
            before=before,
            after=group,
        )
        session.flush()
    return competency


def give_back(session: Session, removed: CompetencyDictionary) -> None:
    """Let the dictionary that gave way to this one go on, until the next one begins."""
    rivals = session.scalars(
        select(CompetencyDictionary)
        .where(CompetencyDictionary.audience.is_not_distinct_from(removed.audience))
        .where(CompetencyDictionary.id != removed.id)
        .order_by(CompetencyDictionary.valid_from.desc(), CompetencyDictionary.id.desc())
        .with_for_update()
    ).all()
    for rival in rivals:
        if rival.valid_to == removed.valid_from - _DAY:
            later = [each.valid_from for each in rivals if each.valid_from > removed.valid_from]
            rival.valid_to = min(later) - _DAY if later else None
            return


def _give_way(session: Session, source: Source) -> date | None:
    """End what held for the same positions; answer the day on which the new one ends itself.

    One that would have begun on the same day never holds: it ends before it begins.
    """
    rivals = session.scalars(
        select(CompetencyDictionary)
        .where(CompetencyDictionary.audience.is_not_distinct_from(source.audience))
        .with_for_update()
    ).all()
    for rival in rivals:
        if rival.valid_from <= source.valid_from and _goes_on(rival, source.valid_from):
            rival.valid_to = source.valid_from - _DAY
    later = [each.valid_from for each in rivals if each.valid_from > source.valid_from]
    return min(later) - _DAY if later else None


def _goes_on(rival: CompetencyDictionary, day: date) -> bool:
    return rival.valid_to is None or rival.valid_to >= day


def _write_levels(session: Session, dictionary_id: int, read: Dictionary) -> None:
    headings = {entry.name: entry.group for entry in read.entries}
    competency_of = find_or_add(session, headings, headings)
    session.add_all(
        CompetencyLevel(
            dictionary_id=dictionary_id,
            competency_id=competency_of[fold(entry.name)],
            level=level,
            group_heading=entry.group,
            text=text,
        )
        for entry in read.entries
        for level, text in entry.levels.items()
    )
