"""Carrying rulings over to a newer file of the same decision, where its rows did not change."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.limits import NAME_CHARACTERS
from catalogue.domain.matching import Entry, Ruled
from catalogue.models import Match, Reconciliation
from catalogue.queries import matches, sides
from catalogue.services import match_rows

_REASON = "giữ từ lần đối chiếu tệp trước, dòng không đổi"
_Said = tuple[str, object, str | None, str | None]


def carry(session: Session, former: Reconciliation, newer: Reconciliation) -> int:
    """Write again each live ruling whose rows the newer file prints alike; answers how many.

    The one who ruled stays the one who ruled. A position that was found to be local stays so only
    where the newer file adds nothing that it could be.
    """
    own = {each.key: each for each in sides.own(session, newer)}
    former_rows = sides.official(session, former.official_file_id)
    newer_rows = sides.official(session, newer.official_file_id)
    unchanged = _unchanged(former_rows, newer_rows)
    nothing_new = len(unchanged) == len(newer_rows)
    carried = [
        (_again(match, ruled, newer), ruled.own, tuple(unchanged[each.key] for each in ruled.rows))
        for match, ruled in _live(session, former)
        if all(each.key in own for each in ruled.own)
        and all(each.key in unchanged for each in ruled.rows)
        and (ruled.rows or nothing_new)
    ]
    match_rows.write(session, carried)
    return len(carried)


def _live(session: Session, former: Reconciliation) -> list[tuple[Match, Ruled]]:
    live = matches.live(former.id)
    rows = session.scalars(select(Match).where(*live).order_by(Match.id))
    return list(zip(rows, matches.listed(session, *live), strict=True))


def _unchanged(former: Sequence[Entry], newer: Sequence[Entry]) -> dict[int, Entry]:
    """Give each former row the newer one that says the same, where neither file says it twice."""
    once_in_former = {said for said, count in Counter(map(_said, former)).items() if count == 1}
    times_in_newer = Counter(map(_said, newer))
    by_words = {_said(each): each for each in newer if times_in_newer[_said(each)] == 1}
    return {
        each.key: by_words[_said(each)]
        for each in former
        if _said(each) in once_in_former and _said(each) in by_words
    }


def _said(entry: Entry) -> _Said:
    return entry.name, entry.group, entry.rank, entry.code


def _again(match: Match, ruled: Ruled, newer: Reconciliation) -> Match:
    reason = ruled.reason if ruled.reason.startswith(_REASON) else f"{_REASON}: {ruled.reason}"
    return Match(
        reconciliation_id=newer.id,
        kind=match.kind,
        score=match.score,
        reason=reason[:NAME_CHARACTERS],
        why=match.why,
        ruled_by_id=match.ruled_by_id,
        ruled_at=match.ruled_at,
    )
