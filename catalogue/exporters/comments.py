"""Word's own comments: the part that holds them, and by which number each is referred to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from catalogue.domain.layout import Layout
from catalogue.domain.remarks import Remark
from catalogue.exporters.package import Entry, deflated
from catalogue.exporters.templates import rendered

_INITIALS = 9  # as many as Word's own field takes


def comments_part(remarks: Sequence[Remark], layout: Layout) -> Entry:
    """Write the comments, numbered from 0 in the order of the remarks."""
    comments = [
        (as_attribute(each.author), _initials(each.author), _moment(each), each.text)
        for each in remarks
    ]
    return deflated("word/comments.xml", rendered("comments.xml", layout, comments=comments))


def numbers(remarks: Sequence[Remark]) -> Mapping[int | None, list[int]]:
    """Give the numbers of the comments on each item, those on the whole under None."""
    found: defaultdict[int | None, list[int]] = defaultdict(list)
    for number, each in enumerate(remarks):
        found[each.ordinal].append(number)
    return found


def as_attribute(text: str) -> str:
    """Bring a text to what an attribute may hold; only `w:t` knows line breaks and quotes."""
    plain = " ".join(text.split()).replace('"', "'")
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in plain)


def _initials(name: str) -> str:
    return as_attribute("".join(word[0] for word in name.split())[:_INITIALS].upper())


def _moment(remark: Remark) -> str:
    return "" if remark.at is None else f"{remark.at:%Y-%m-%dT%H:%M:%SZ}"
