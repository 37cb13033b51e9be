"""Prints the proposal (tờ trình) by which a dossier goes to the standing committee."""

from collections import Counter

from catalogue.domain.layout import Layout
from catalogue.domain.papers import Proposal
from catalogue.domain.reviewing import MatchKind
from catalogue.exporters.paper import bases, party_day, reference
from catalogue.exporters.templates import rendered
from catalogue.exporters.word import document_file


def write(proposal: Proposal, *, layout: Layout) -> bytes:
    """Print the counts of all items and the items that differ, in the dossier's order."""
    differing = [each for each in proposal.items if each.item.differs]
    counts = Counter(each.item.kind for each in proposal.items)
    document = rendered(
        "proposal.xml",
        layout,
        paper=proposal,
        reference=reference(proposal.cover, "tờ trình", layout),
        bases=bases(proposal.bases, layout),
        differing=differing,
        unchanged=len(proposal.items) - len(differing),
        agencies=len({each.item.agency for each in proposal.items}),
        kinds=[(kind.label, counts[kind]) for kind in MatchKind if counts[kind]],
        due=proposal.due_on and party_day(proposal.due_on),
    )
    return document_file(layout, [proposal.cover.marks], document)
