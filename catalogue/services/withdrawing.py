"""Withdrawing an issued decision: what it brought ends, what it replaced is given again."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session, aliased

from catalogue.domain.errors import Conflict, Invalid
from catalogue.domain.states import Move, after
from catalogue.domain.words import IN_FORCE, VersionState
from catalogue.models import (
    Establishment,
    Issuance,
    PositionOrigin,
    PositionVersion,
    Succession,
)
from catalogue.queries import issuances
from catalogue.services import auditing, dossiers, issuing
from catalogue.services.inserting import insert_rows

_COPIED = (
    *("position_id", "wording_row_id", "name", "name_folded", "group", "rank"),
    *("code", "code_key", "state"),
)


# A slip in the year would leave a decision in force that the page calls withdrawn.
_FURTHEST = timedelta(days=366)


class _Returning(NamedTuple):
    """A version that is given again, and the last number that its position has given away."""

    version: PositionVersion
    last_number: int


def withdraw(  # noqa: PLR0913 (a withdrawal has this many circumstances)
    session: Session,
    issuance_id: int,
    reason: str,
    on: date,
    *,
    by: int,
    at: datetime,
    today: date,
) -> Issuance:
    """End what a decision brought into force; `on` is the last day on which it holds."""
    issuing.take_turns(session)
    issuance = issuing.locked(session, issuance_id)
    dossier = dossiers.locked(session, issuance.dossier_id)
    state = after(dossier.state, Move.WITHDRAW)
    dossiers.refuse_own(session, dossier, by)
    issuing.refuse_unseated(session, by, today)
    _refuse_unfounded(issuance, reason, on, today)
    _refuse_overtaken(session, issuance)
    returning = _returning(session, issuance)
    _end(session, issuance, on)
    given_again = _give_again(session, returning, max(on, _eve(issuance)), at)
    dossier.state = state
    issuance.withdrawn_by_id, issuance.withdrawn_on = by, on
    issuance.withdrawal_reason = reason
    auditing.record(
        session,
        "issuance.withdrawn",
        f"issuance:{issuance.id}",
        by=by,
        at=at,
        on=on.isoformat(),
        reason=reason,
        given_again=given_again,
    )
    session.flush()
    session.expire_all()
    return issuance


def _eve(issuance: Issuance) -> date:
    """Give the day before the decision took effect: the last one of what it replaced."""
    return issuance.effective_from - timedelta(days=1)


def _refuse_unfounded(issuance: Issuance, reason: str, on: date, today: date) -> None:
    if not reason:
        raise Invalid("Lý do thu hồi: hãy ghi vì sao quyết định bị thu hồi.", field="reason")
    if issuance.document.issued_on and on < issuance.document.issued_on:
        raise Invalid("Ngày thu hồi: không được trước ngày ban hành.", field="on")
    if on > today + _FURTHEST:
        raise Invalid("Ngày cuối còn hiệu lực: không được quá một năm kể từ hôm nay.", field="on")


def _refuse_overtaken(session: Session, issuance: Issuance) -> None:
    """Let no decision be withdrawn from under a later one that has built on it."""
    of_decision = PositionVersion.wording_row_id.in_(
        issuances.worded_by(issuance.source_document_id)
    )
    query = select(PositionVersion.name).where(of_decision, PositionVersion.valid_to.is_not(None))
    if names := session.scalars(query.order_by(PositionVersion.id).limit(5)).all():
        message = (
            f"Vị trí {', '.join(f'«{name}»' for name in names)} của quyết định này đã được văn bản "
            "sau thay thế. Hãy thu hồi văn bản sau trước. Chưa có gì thay đổi."
        )
        raise Conflict(message)


def _returning(session: Session, issuance: Issuance) -> list[_Returning]:
    """List what the decision ended and nothing else has followed since."""
    later, numbered = aliased(PositionVersion), aliased(PositionVersion)
    followed = (
        select(later.id)
        .where(later.position_id == PositionVersion.position_id, later.state.in_(IN_FORCE))
        .where(later.valid_from > PositionVersion.valid_from)
        .where(later.wording_row_id.not_in(issuances.worded_by(issuance.source_document_id)))
    )
    last_number = (
        select(func.max(numbered.number))
        .where(numbered.position_id == PositionVersion.position_id)
        .scalar_subquery()
    )
    query = (
        select(PositionVersion, last_number)
        .where(PositionVersion.position_id.in_(issuances.positions(issuance.dossier_id)))
        .where(PositionVersion.state.in_(IN_FORCE), PositionVersion.valid_to == _eve(issuance))
        .where(~followed.exists())
        .order_by(PositionVersion.id)
    )
    return [_Returning(*row) for row in session.execute(query)]


def _end(session: Session, issuance: Issuance, on: date) -> None:
    """Give what the decision brought its last day; what had not begun yet never does."""
    of_decision = PositionVersion.wording_row_id.in_(
        issuances.worded_by(issuance.source_document_id)
    )
    begun = on >= issuance.effective_from
    ending: dict[str, Any] = {"valid_to": on} if begun else {"state": VersionState.WITHDRAWN}
    successors = select(Succession.successor_id).where(Succession.issuance_id == issuance.id)
    for statement in (
        update(PositionVersion).where(of_decision).values(**ending),
        update(Establishment)
        .where(Establishment.position_id.in_(successors), Establishment.valid_to.is_(None))
        .values(valid_to=on),
        update(Succession).where(Succession.issuance_id == issuance.id).values(valid_to=on),
    ):
        session.execute(statement.execution_options(synchronize_session=False))


def _give_again(
    session: Session, returning: Sequence[_Returning], last_day: date, at: datetime
) -> int:
    """Write what was replaced once more, by the same rows, from the day after the last."""
    versions = insert_rows(
        session, PositionVersion, list(_copies(returning, last_day + timedelta(days=1), at))
    )
    again = {each.version.id: version for each, version in zip(returning, versions, strict=True)}
    rested_on = select(PositionOrigin).where(PositionOrigin.position_version_id.in_(again))
    origins = [
        {
            "position_version_id": again[origin.position_version_id],
            "annex_row_id": origin.annex_row_id,
            "kind": origin.kind,
        }
        for origin in session.scalars(rested_on)
    ]
    if origins:
        session.execute(insert(PositionOrigin), origins)
    return len(versions)


def _copies(
    returning: Sequence[_Returning], valid_from: date, at: datetime
) -> Iterator[dict[str, Any]]:
    for version, last_number in returning:
        copied = {column: getattr(version, column) for column in _COPIED}
        yield copied | {"number": last_number + 1, "valid_from": valid_from, "created_at": at}
