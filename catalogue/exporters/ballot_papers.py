"""Prints the ballots (phiếu lấy ý kiến), one a member, each from a new page."""

from collections.abc import Iterator, Sequence

from catalogue.domain.layout import Layout
from catalogue.domain.papers import AskedItem, Ballots, MemberBallot
from catalogue.domain.reviewing import Choice
from catalogue.exporters.paper import party_day
from catalogue.exporters.templates import rendered
from catalogue.exporters.word import document_file

_OPEN, _CROSSED = "☐", "☒"
_DOTS = "." * 40
# A ballot without a name, for where nobody is known to sit in the body.
_BLANK = MemberBallot("", "", {})

_Row = tuple[AskedItem, list[str], str]


def write(ballots: Ballots, *, layout: Layout) -> bytes:
    """Print the items on each ballot, crossed where its member has said something."""
    document = rendered(
        "ballot_papers.xml",
        layout,
        paper=ballots,
        ballots=[(each, list(_rows(ballots.items, each))) for each in ballots.ballots or (_BLANK,)],
        due=ballots.due_on and party_day(ballots.due_on),
        year=ballots.cover.letterhead.on.year,
        dots=_DOTS,
    )
    return document_file(layout, [ballots.cover.marks], document)


def _rows(items: Sequence[AskedItem], ballot: MemberBallot) -> Iterator[_Row]:
    for asked in items:
        chosen, remark = ballot.said.get(asked.item.ordinal, (None, ""))
        yield asked, [_CROSSED if choice is chosen else _OPEN for choice in Choice], remark
