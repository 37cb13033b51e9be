"""Prints the decision with the catalogue that it issues as its annex, ready to sign."""

from itertools import count

from catalogue.domain.layout import Layout, Letterhead
from catalogue.domain.listing import Listing
from catalogue.domain.papers import Decision
from catalogue.exporters.paper import bases, party_day, reference
from catalogue.exporters.position_annex import NumberedGroup, numbered_groups
from catalogue.exporters.templates import rendered
from catalogue.exporters.word import document_file

_OPEN_DAY = "....../....../......"


def write(decision: Decision, *, layout: Layout) -> bytes:
    """Print the decision upright and its annex across, the digest of the content at its foot."""
    open_number = reference(decision.cover, "quyết định", layout)
    number = f"Số {decision.number}" if decision.number else open_number
    document = rendered(
        "decision.xml",
        layout,
        paper=decision,
        reference=number,
        issue=_issue(number, decision.cover.letterhead, numbered=bool(decision.number)),
        bases=bases(decision.bases, layout),
        positions=sum(listing.count for listing in decision.listings),
        effective=party_day(decision.effective_from) if decision.effective_from else _OPEN_DAY,
        annex=[(listing, _groups(listing)) for listing in decision.listings],
    )
    return document_file(layout, [decision.cover.marks], document)


def _groups(listing: Listing) -> list[NumberedGroup]:
    """Count an agency's positions on through its groups, as its rows are known afterwards."""
    places = count(1)
    return [
        (number, group, [(str(next(places)), cells) for _, cells in rows])
        for number, group, rows in numbered_groups(listing)
    ]


def _issue(number: str, head: Letterhead, *, numbered: bool) -> str:
    """Say in the annex which decision it belongs to; the day stays open with the number."""
    day = party_day(head.on) if numbered else _OPEN_DAY
    return f"số {number.removeprefix('Số ')}, ngày {day}"
