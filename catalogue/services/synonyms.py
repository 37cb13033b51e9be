"""Saying that one name of a competency is another one's synonym, and taking it back."""

from collections.abc import Iterable
from datetime import datetime

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, NotFound
from catalogue.domain.framework import Competence
from catalogue.domain.text import fold
from catalogue.models import Competency
from catalogue.queries.competencies import Known
from catalogue.services import auditing

_NEAR, _MOST = 65, 8


def record(
    session: Session, synonym_id: int, standing_id: int, *, by: int, at: datetime
) -> Competency:
    """Let one name stand for another; whatever the other stood for, it then stands for too.

    Chains are never made: a name that is a synonym itself hands on to the one that stands for it.
    Answers the name that stands.
    """
    synonym, chosen = _locked(session, synonym_id, standing_id)
    standing = session.get_one(Competency, chosen.same_as_id or chosen.id)
    if standing.id == synonym.id:
        message = (
            f"«{synonym.name}» và «{chosen.name}» đã là một, hoặc sẽ thành vòng. "
            "Nếu muốn đổi tên chính, hãy bỏ ghi cùng nghĩa trước rồi ghi lại theo chiều kia."
        )
        raise Conflict(message)
    of_synonym = select(Competency).where(Competency.same_as_id == synonym.id)
    moved = session.scalars(of_synonym.with_for_update()).all()
    for each in (synonym, *moved):
        each.same_as_id = standing.id
    standing.group = standing.group or synonym.group
    auditing.record(
        session,
        "competency.same_as",
        f"{synonym.name} = {standing.name}",
        by=by,
        at=at,
        synonym=synonym.id,
        standing=standing.id,
        moved=[each.id for each in moved],
    )
    session.flush()
    return standing


def undo(session: Session, synonym_id: int, *, by: int, at: datetime) -> Competency:
    """Let a name stand for itself again; what came with it once stays where it is."""
    (synonym,) = _locked(session, synonym_id)
    if synonym.same_as_id is None:
        message = f"«{synonym.name}» không được ghi là cùng nghĩa với tên nào. Hãy mở lại trang."
        raise Conflict(message)
    standing, synonym.same_as_id = synonym.same_as_id, None
    auditing.record(
        session,
        "competency.apart",
        synonym.name,
        by=by,
        at=at,
        synonym=synonym.id,
        standing=standing,
    )
    session.flush()
    return synonym


def alike(known: Known, others: Iterable[Competence]) -> list[tuple[Competence, int]]:
    """List names that read nearly the same, the nearest first, each with its score of 100.

    They are proposals: whether two names are one competency is for a person to say.
    """
    scored = [(other, round(fuzz.ratio(fold(known.name), fold(other.name)))) for other in others]
    near = [(other, score) for other, score in scored if score >= _NEAR]
    return sorted(near, key=lambda pair: (-pair[1], pair[0].name))[:_MOST]


def _locked(session: Session, *competency_ids: int) -> list[Competency]:
    """Read competencies as they now stand, always in one order so that two never wait in a ring."""
    query = select(Competency).where(Competency.id.in_(competency_ids)).order_by(Competency.id)
    found = session.scalars(query.with_for_update().execution_options(populate_existing=True)).all()
    by_key = {each.id: each for each in found}
    if not by_key.keys() >= set(competency_ids):
        raise NotFound("Không tìm thấy năng lực này.")
    return [by_key[key] for key in competency_ids]
