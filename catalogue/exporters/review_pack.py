"""Prints the review pack: only what differs, with the remarks as comments that Word can answer."""

from catalogue.domain.dossier import Item
from catalogue.domain.layout import Layout
from catalogue.domain.papers import Cover, ReviewPack
from catalogue.exporters.comments import comments_part, numbers
from catalogue.exporters.templates import rendered
from catalogue.exporters.word import document_file


def write(pack: ReviewPack, *, layout: Layout) -> bytes:
    """Print a row per item, recognisable by bookmark, content control and printed number.

    Remarks on items that the pack does not print hang on the line that names the dossier.
    """
    ordinals = {each.item.ordinal for each in pack.items}
    found = numbers(pack.remarks)
    general = [n for ordinal, ns in found.items() if ordinal not in ordinals for n in ns]
    document = rendered(
        "review_pack.xml",
        layout,
        paper=pack,
        identity=_identity(pack.cover),
        general=general,
        rows=[(each, _details(each.item), found.get(each.item.ordinal, ())) for each in pack.items],
    )
    comments = comments_part(pack.remarks, layout)
    return document_file(layout, [pack.cover.marks], document, comments)


def _identity(cover: Cover) -> str:
    """Say which dossier this is, in words that survive when a program drops the control."""
    content = f" Mã nội dung: {cover.sha256}." if cover.sha256 else ""
    return f"Hồ sơ số {cover.dossier_id}, lần trình {cover.number}.{content}"


def _details(item: Item) -> str:
    """Say what an item asks for beside its name."""
    labelled = (
        ("Nhóm", item.group and item.group.label),
        ("Ngạch", item.rank and item.rank.replace("\n", ", ")),
        ("Mã", item.code),
        ("Biên chế", item.headcount),
    )
    return "; ".join(f"{label}: {value}" for label, value in labelled if value is not None)
