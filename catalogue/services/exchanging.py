"""Taking in a competency dictionary that another program gave, and taking one out again."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from catalogue.domain.competency import Dictionary, DictionaryEntry
from catalogue.domain.errors import Conflict, Invalid, NotFound
from catalogue.domain.exchange import Framework, as_identifier, identifier_of, item_identifier
from catalogue.domain.text import fold
from catalogue.models import Competency, CompetencyDictionary, CompetencyLevel, Requirement
from catalogue.services import auditing, competencies, synonyms


@dataclass(frozen=True, slots=True)
class Source:
    """The file, and the day from which it holds where it does not say so itself.

    `backwards` says that a person let it hold from a day gone by.
    """

    file_name: str
    sha256: str
    valid_from: date
    backwards: bool = False


def record(
    session: Session, framework: Framework, source: Source, *, by: int, at: datetime, today: date
) -> bool:
    """Write a dictionary with the identifiers that came with it; False where it is known.

    A competency of a known name is that one; a name that another stands for becomes its synonym,
    unless either is bound otherwise already.
    """
    own = as_identifier(framework.identifier)
    _refuse_known(session, own)
    read = Dictionary(
        title=framework.title,
        entries=tuple(
            DictionaryEntry(entry.group, entry.name, dict(entry.levels))
            for entry in framework.entries
        ),
        problems=framework.problems,
    )
    since = framework.valid_from or source.valid_from
    _refuse_unasked(since, source, today)
    kept = competencies.Source(source.file_name, source.sha256, since, framework.audience)
    if not competencies.record_dictionary(session, read, kept, by=by, at=at):
        return False
    dictionary = session.scalars(
        select(CompetencyDictionary).where(CompetencyDictionary.sha256 == source.sha256)
    ).one()
    dictionary.identifier, dictionary.changed_at = own, framework.changed_at or at
    dictionary.valid_to = _earlier(dictionary.valid_to, framework.valid_to)
    _keep_identifiers(session, framework, own)
    _keep_synonyms(session, framework, by=by, at=at)
    session.flush()
    return True


def remove(session: Session, dictionary_id: int, *, by: int, at: datetime) -> None:
    """Delete a dictionary that nothing rests on, with the names that it alone brought.

    The one that had given way to it holds again.
    """
    dictionary = session.get(CompetencyDictionary, dictionary_id, with_for_update=True)
    if dictionary is None:
        raise NotFound("Không tìm thấy từ điển năng lực này.")
    own = set(
        session.scalars(
            select(CompetencyLevel.competency_id).where(
                CompetencyLevel.dictionary_id == dictionary_id
            )
        )
    )
    _refuse_needed(session, own, dictionary)
    auditing.record(
        session,
        "dictionary.removed",
        dictionary.title,
        by=by,
        at=at,
        sha256=dictionary.sha256,
        identifier=dictionary.identifier,
    )
    session.execute(delete(CompetencyLevel).where(CompetencyLevel.dictionary_id == dictionary_id))
    competencies.give_back(session, dictionary)
    session.delete(dictionary)
    session.flush()
    _remove_unused(session, own)


def _refuse_unasked(since: date, source: Source, today: date) -> None:
    """Ask before days gone by are read anew; a dictionary may well say that it held then."""
    if since < today and not source.backwards:
        message = (
            f"Áp dụng lùi ngày: từ điển này áp dụng từ {since:%d/%m/%Y}, trước hôm nay, nên các "
            "ngày đã qua cũng sẽ theo nó. Nếu đúng như vậy, hãy đánh dấu vào ô này rồi ghi lại; "
            "nếu không, hãy sửa ngày bắt đầu trong tệp rồi tải lại."
        )
        raise Invalid(message, field="backwards")


def _earlier(one: date | None, other: date | None) -> date | None:
    """Give the day that ends first; None is no end."""
    return min((day for day in (one, other) if day), default=None)


def _refuse_known(session: Session, identifier: str) -> None:
    known = session.scalars(select(CompetencyDictionary))
    for dictionary in known:
        derived = identifier_of("dictionary", dictionary.sha256)
        if identifier in (dictionary.identifier, derived):
            raise Conflict(
                f"Từ điển «{dictionary.title}» với định danh này đã có. Hãy xóa bản cũ trước khi "
                "nhập lại, hoặc nhập gói có định danh khác. Chưa có dữ liệu nào được ghi."
            )


def _keep_identifiers(session: Session, framework: Framework, own: str) -> None:
    """Keep an item's identifier where it is not the one that would be derived anyway."""
    known = {
        competency.name_folded: competency for competency in session.scalars(select(Competency))
    }
    taken = {competency.identifier for competency in known.values()}
    for entry in framework.entries:
        competency, given = known[fold(entry.name)], as_identifier(entry.identifier)
        foreign = given != item_identifier(own, entry.name)
        if foreign and competency.identifier is None and given not in taken:
            competency.identifier = given


def _keep_synonyms(session: Session, framework: Framework, *, by: int, at: datetime) -> None:
    """Record the names that others stand for; a name that was bound otherwise here stays so."""
    pairs = [(each.name, each.stands) for each in framework.replaced]
    known = competencies.find_or_add(session, {name for pair in pairs for name in pair})
    for name, standing in pairs:
        former = session.get_one(Competency, known[fold(name)])
        stands = session.get_one(Competency, known[fold(standing)])
        if former.same_as_id is None and former.id not in (stands.id, stands.same_as_id):
            synonyms.record(session, former.id, stands.id, by=by, at=at)


def _refuse_needed(session: Session, own: set[int], dictionary: CompetencyDictionary) -> None:
    """Keep a dictionary where descriptions ask for a competency that it alone words."""
    elsewhere = select(CompetencyLevel.competency_id).where(
        CompetencyLevel.dictionary_id != dictionary.id
    )
    needed = session.scalars(
        select(Competency.name)
        .where(Competency.id.in_(own), Competency.id.not_in(elsewhere))
        .where(exists().where(Requirement.competency_id == Competency.id))
        .order_by(Competency.id)
    ).all()
    if needed:
        raise Conflict(
            f"Từ điển «{dictionary.title}» không xóa được: bản mô tả công việc đang yêu cầu "
            f"{len(needed)} năng lực chỉ từ điển này diễn giải, ví dụ «{needed[0]}». Hãy nhập từ "
            "điển thay thế có các năng lực ấy trước."
        )


def _remove_unused(session: Session, own: set[int]) -> None:
    """Delete the names that nothing else knows: synonyms first, since they point at the others."""
    for named_so in (True, False):
        candidates = Competency.id.in_(own) | Competency.same_as_id.in_(own)
        pointing = select(Competency.same_as_id).where(Competency.same_as_id.is_not(None))
        session.execute(
            delete(Competency)
            .where(candidates, Competency.same_as_id.is_not(None) == named_so)
            .where(Competency.id.not_in(pointing))
            .where(Competency.id.not_in(select(Requirement.competency_id)))
            .where(Competency.id.not_in(select(CompetencyLevel.competency_id)))
            .execution_options(synchronize_session="fetch")
        )
