"""What the papers of a dossier print alike: numbers, days and the documents they rest on."""

import re
from collections.abc import Iterable
from datetime import date

from catalogue.domain.layout import Layout, party_month
from catalogue.domain.papers import Basis, Cover

_TYPE_CODE = re.compile(r"[0-9]+-([^/]+)/")


def reference(cover: Cover, kind: str, layout: Layout) -> str:
    """Print the number and symbol of a paper of that kind, its number left open if need be."""
    return cover.letterhead.reference(layout.type_codes[kind])


def party_day(day: date) -> str:
    """Print a day as Party documents do: `02/4/2024`."""
    return f"{day.day:02d}/{party_month(day.month)}/{day.year}"


def bases(found: Iterable[Basis], layout: Layout) -> list[tuple[str, str]]:
    """Print what a paper rests on, each with its mark."""
    return [(_basis(each, layout), each.mark) for each in found]


def _basis(basis: Basis, layout: Layout) -> str:
    day = f", ngày {party_day(basis.issued_on)}" if basis.issued_on else ""
    issuer = f" của {basis.issuer}" if basis.issuer else ""
    title = f" «{basis.title}»" if basis.title else ""
    return f"{_named(basis.number, layout)}{day}{issuer}{title}"


def _named(number: str, layout: Layout) -> str:
    """Say what a document is by the code in its number; one without a code is only named."""
    kinds = {code: kind for kind, code in layout.type_codes.items()}
    found = _TYPE_CODE.match(number)
    kind = kinds.get(found[1]) if found else None
    return f"{kind.capitalize()} số {number}" if kind else number
