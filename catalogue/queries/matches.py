"""What was ruled in a reconciliation: who joined what, when, why, and what rests on it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from catalogue.domain.matching import Ruled
from catalogue.domain.states import DossierState
from catalogue.models import Dossier, DossierItem, Match, Person
from catalogue.queries import sides

# What these held is free to be ruled on again.
_LET_GO = (DossierState.RETURNED, DossierState.WITHDRAWN)


class Holding(NamedTuple):
    """A dossier that rests on a match."""

    match_id: int
    title: str
    state: DossierState


def listed(session: Session, *conditions: ColumnElement[bool]) -> list[Ruled]:
    """List the matches under the conditions, as they were ruled, with all that they join."""
    undoer = aliased(Person)
    query = (
        select(Match, Person.name, undoer.name, _dossier())
        .outerjoin(Person, Person.id == Match.ruled_by_id)
        .outerjoin(undoer, undoer.id == Match.undone_by_id)
        .where(*conditions)
        .order_by(Match.id)
    )
    found = session.execute(query).all()
    numbers = select(Match.id).where(*conditions)
    own, rows = sides.versions_of(session, numbers), sides.rows_of(session, numbers)
    return [
        Ruled(
            match.id,
            match.kind,
            own.get(match.id, ()),
            rows.get(match.id, ()),
            match.score,
            match.reason,
            match.why,
            by,
            match.ruled_at,
            undone_by,
            match.undone_at,
            dossier,
        )
        for match, by, undone_by, dossier in found
    ]


def live(reconciliation_id: int) -> tuple[ColumnElement[bool], ...]:
    """Give the conditions of what is ruled in a reconciliation and was not undone."""
    return Match.reconciliation_id == reconciliation_id, Match.undone_at.is_(None)


def holding(session: Session, numbers: Select[Any]) -> Sequence[Holding]:
    """List the dossiers that rest on the matches and were not let go, by the match."""
    query = (
        select(DossierItem.match_id, Dossier.title, Dossier.state)
        .join(Dossier, Dossier.id == DossierItem.dossier_id)
        .where(DossierItem.match_id.in_(numbers), Dossier.state.not_in(_LET_GO))
        .order_by(Dossier.id)
    )
    return [Holding(*row) for row in session.execute(query)]


def _dossier() -> ColumnElement[str | None]:
    """Select the title of a dossier that rests on the match and was not let go."""
    titled = (
        select(func.max(Dossier.title))
        .join(DossierItem, DossierItem.dossier_id == Dossier.id)
        .where(DossierItem.match_id == Match.id, Dossier.state.not_in(_LET_GO))
    )
    return titled.scalar_subquery()
