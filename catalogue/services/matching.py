"""Reconciling two lists: opening them side by side, ruling how they relate, taking rulings back."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.errors import NotFound
from catalogue.domain.matching import ONE_TO_ONE, Ruled, Suggestion, refuse_shape
from catalogue.domain.reviewing import MatchKind
from catalogue.models import Agency, Match, Reconciliation
from catalogue.queries import matches, reconciliations, sides
from catalogue.queries.reconciliations import Lists
from catalogue.services import (
    auditing,
    carrying,
    match_refusals,
    match_rows,
    suggesting,
)


def open(  # noqa: A001, PLR0913 (read as matching.open; it has this many circumstances)
    session: Session,
    agency_id: int,
    official_file_id: int,
    *,
    unit_id: int | None = None,
    own_file_id: int | None = None,
    by: int | None,
    at: datetime,
) -> Reconciliation:
    """Lay an agency's own list beside the rows of a decision's file; the same two lists once.

    The own list is what is in force, only what is established at `unit_id` where that is given,
    or the drafts that `own_file_id` brought. A newer file of a decision follows the former one's
    reconciliation and carries over what its rows still say.
    """
    session.scalar(select(Agency.id).where(Agency.id == agency_id).with_for_update())
    lists = Lists(agency_id, official_file_id, unit_id, own_file_id)
    if (known := reconciliations.of_lists(session, lists)) is not None:
        return known
    match_refusals.refuse_unlike(session, lists)
    former = reconciliations.before(session, lists)
    opened = Reconciliation(
        **lists._asdict(),
        former_id=former.id if former else None,
        started_by_id=by,
        started_at=at,
    )
    session.add(opened)
    session.flush()
    carried = carrying.carry(session, former, opened) if former else 0
    auditing.record(session, "reconciliation.opened", str(opened.id), by=by, at=at, carried=carried)
    session.flush()
    return opened


def rule(  # noqa: PLR0913 (a ruling has this many circumstances)
    session: Session,
    reconciliation_id: int,
    kind: MatchKind,
    version_ids: Collection[int],
    row_ids: Collection[int],
    why: str,
    *,
    by: int | None,
    at: datetime,
) -> Match:
    """Rule that these positions are those rows.

    Raises Invalid where the kind does not join so many, Conflict where one of them is ruled on
    already: of two people at once the second is told what the first ruled.
    """
    refuse_shape(kind, len(set(version_ids)), len(set(row_ids)))
    why = match_refusals.checked_why(why)
    reconciliation = _locked(session, reconciliation_id)
    own = match_refusals.picked(version_ids, sides.own(session, reconciliation))
    rows = match_refusals.picked(row_ids, sides.official(session, reconciliation.official_file_id))
    ruled = matches.listed(session, *matches.live(reconciliation_id))
    match_refusals.refuse_ruled(ruled, own, rows)
    match_refusals.refuse_other_name(kind, own, rows)
    chosen = Suggestion(kind, own, rows, *suggesting.judge(own, rows))
    (match,) = _write(session, reconciliation_id, [chosen], why, by=by, at=at)
    auditing.record(
        session,
        "match.ruled",
        str(reconciliation_id),
        by=by,
        at=at,
        match=match.id,
        kind=kind.value,
        versions=[each.key for each in own],
        rows=[each.key for each in rows],
    )
    session.flush()
    return match


def accept_alike(
    session: Session, reconciliation_id: int, least: float, *, by: int | None, at: datetime
) -> Sequence[Match]:
    """Accept every proposal of one position for one row whose score reaches `least`.

    Merges and splits are for a person to look at one by one.
    """
    reconciliation = _locked(session, reconciliation_id)
    ruled = matches.listed(session, *matches.live(reconciliation_id))
    proposed = proposals(session, reconciliation, ruled)
    accepted = [each for each in proposed if each.kind in ONE_TO_ONE and each.score >= least]
    written = _write(session, reconciliation_id, accepted, "", by=by, at=at)
    auditing.record(
        session,
        "matches.accepted",
        str(reconciliation_id),
        by=by,
        at=at,
        least=least,
        matches=[match.id for match in written],
    )
    session.flush()
    return written


def undo(session: Session, match_id: int, *, by: int | None, at: datetime) -> Match:
    """Take a ruling back; it stays to be read. Not while a dossier rests on it."""
    of_match = select(Match.reconciliation_id).where(Match.id == match_id).scalar_subquery()
    # Who gathers matches into a dossier waits here too.
    session.scalar(select(Reconciliation.id).where(Reconciliation.id == of_match).with_for_update())
    match = session.get(Match, match_id, with_for_update=True)
    if match is None:
        raise NotFound("Không tìm thấy kết luận đối chiếu này.")
    match_refusals.refuse_undone(session, match)
    match_refusals.refuse_held(session, match)
    match.undone_by_id, match.undone_at = by, at
    auditing.record(
        session, "match.undone", str(match.reconciliation_id), by=by, at=at, match=match.id
    )
    session.flush()
    return match


def proposals(
    session: Session, reconciliation: Reconciliation, ruled: Sequence[Ruled]
) -> list[Suggestion]:
    """Propose how the rest relates, beside what is ruled; nothing of it is written."""
    own = sides.own(session, reconciliation)
    rows = sides.official(session, reconciliation.official_file_id)
    return suggesting.suggest(
        sides.unruled(own, (entry for each in ruled for entry in each.own)),
        sides.unruled(rows, (entry for each in ruled for entry in each.rows)),
    )


def _locked(session: Session, reconciliation_id: int) -> Reconciliation:
    """Find the reconciliation and keep others from ruling in it until this is written."""
    found = session.get(Reconciliation, reconciliation_id, with_for_update=True)
    if found is None:
        raise NotFound("Không tìm thấy lần đối chiếu này.")
    match_refusals.refuse_followed(session, reconciliation_id)
    return found


def _write(
    session: Session,
    reconciliation_id: int,
    ruled: Sequence[Suggestion],
    why: str,
    *,
    by: int | None,
    at: datetime,
) -> list[Match]:
    made = [
        Match(
            reconciliation_id=reconciliation_id,
            kind=each.kind,
            score=each.score,
            reason=each.reason,
            why=why,
            ruled_by_id=by,
            ruled_at=at,
        )
        for each in ruled
    ]
    sides_of = zip(made, ruled, strict=True)
    match_rows.write(session, [(match, each.own, each.rows) for match, each in sides_of])
    return made
