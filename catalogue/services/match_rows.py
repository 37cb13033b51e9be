"""Writing matches with both their sides, many at once."""

from collections.abc import Sequence

from sqlalchemy import insert
from sqlalchemy.orm import Session

from catalogue.domain.matching import Entry
from catalogue.models import Match, MatchedRow, MatchedVersion

Joined = tuple[Match, tuple[Entry, ...], tuple[Entry, ...]]


def write(session: Session, joined: Sequence[Joined]) -> None:
    """Write the matches, and beside each the positions and the rows that it joins."""
    session.add_all([match for match, _, _ in joined])
    session.flush()
    versions = [
        {"match_id": match.id, "position_version_id": each.key}
        for match, own, _ in joined
        for each in own
    ]
    rows = [
        {"match_id": match.id, "annex_row_id": each.key}
        for match, _, rows in joined
        for each in rows
    ]
    if versions:
        session.execute(insert(MatchedVersion), versions)
    if rows:
        session.execute(insert(MatchedRow), rows)
