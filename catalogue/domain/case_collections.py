"""Which things of a collection a program asks for, and in which order, as CASE 1.1 lets it ask."""

import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from catalogue.domain.errors import Invalid
from catalogue.domain.text import clean

PARAMETERS = ("filter", "sort", "orderBy", "fields", "limit", "offset")
_PAGE = 100
_MOST = 10_000
# What the standard lets a CFDocument say in plain text, and by reference to something else.
_TEXTS = frozenset(
    (
        "identifier",
        "uri",
        "frameworkType",
        "caseVersion",
        "creator",
        "title",
        "lastChangeDateTime",
        "officialSourceURL",
        "publisher",
        "description",
        "subject",
        "language",
        "version",
        "adoptionStatus",
        "statusStartDate",
        "statusEndDate",
        "notes",
    )
)
_FIELDS = _TEXTS | {"subjectURI", "licenseURI", "CFPackageURI", "extensions"}
_CONDITION = re.compile(
    r"\s*(?P<field>\w+)\s*(?P<how>!=|>=|<=|=|>|<|~)\s*'(?P<value>[^']*)'"
    r"(?:\s*$|\s+(?P<joint>AND|OR)\s+(?=\S))",
    re.IGNORECASE | re.ASCII,
)
_HOW: Mapping[str, Callable[[str, str], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "~": operator.contains,
}

Thing = Mapping[str, Any]


class Condition(NamedTuple):
    """What one field has to say; case does not matter, and any value of a list will do."""

    field: str
    how: str
    value: str

    def holds(self, thing: Thing) -> bool:
        said = (text.casefold() for text in _texts(thing, self.field))
        value = self.value.casefold()
        if self.how == "!=":
            return all(text != value for text in said)
        return any(_HOW[self.how](text, value) for text in said)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a collection; a thing has to meet every condition of any one group."""

    groups: tuple[tuple[Condition, ...], ...] = ()
    sort: str = ""
    descending: bool = False
    fields: frozenset[str] = _FIELDS
    offset: int = 0
    limit: int = _PAGE


def read(asked: Mapping[str, str]) -> Wish:
    """Read the parameters of a request; raises Invalid, naming the one that cannot stand."""
    return Wish(
        groups=tuple(map(tuple, _groups(clean(asked["filter"])))) if "filter" in asked else (),
        sort=_sort(asked["sort"]) if "sort" in asked else "",
        descending=_order(asked.get("orderBy", "asc")) == "desc",
        fields=_selected(asked["fields"]) if "fields" in asked else _FIELDS,
        offset=_number(asked, "offset", 0, least=0),
        limit=_number(asked, "limit", _PAGE, least=1),
    )


def find(things: Sequence[Thing], wish: Wish) -> list[Thing]:
    """Give all that meet the conditions, in the order asked for."""
    met = [each for each in things if _meets(each, wish)]
    if wish.sort:
        met.sort(key=lambda each: list(_texts(each, wish.sort)), reverse=wish.descending)
    return met


def page(found: Sequence[Thing], wish: Wish) -> list[Thing]:
    """Give the part asked for of what was found, and of each thing the fields asked for."""
    part = found[wish.offset : wish.offset + wish.limit]
    return [{name: each[name] for name in each if name in wish.fields} for each in part]


def offsets(count: int, wish: Wish) -> dict[str, int]:
    """Say where other parts of so many things begin, by their relation to the one asked for."""
    last = max(count - 1, 0) // wish.limit * wish.limit
    around = {"first": 0, "last": last}
    if wish.offset > 0:
        around["prev"] = max(wish.offset - wish.limit, 0)
    if wish.offset + wish.limit < count:
        around["next"] = wish.offset + wish.limit
    return around


def _groups(text: str) -> Iterator[list[Condition]]:
    """Read `field=value` in quotes, joined by AND, which binds closer, and OR."""
    group: list[Condition] = []
    place = 0
    while place < len(text) or not group:
        found = _CONDITION.match(text, place)
        if not found or found["field"] not in _TEXTS:
            message = f"filter cannot be read from character {place + 1} on: {text[place:]}"
            raise Invalid(message, field="filter")
        group.append(Condition(found["field"], found["how"], found["value"]))
        if (found["joint"] or "").upper() == "OR":
            yield group
            group = []
        place = found.end()
    yield group


def _meets(thing: Thing, wish: Wish) -> bool:
    if not wish.groups:
        return True
    return any(all(each.holds(thing) for each in group) for group in wish.groups)


def _texts(thing: Thing, field: str) -> Iterator[str]:
    """Give what a field says, one text after another where it is a list."""
    said = thing.get(field, ())
    return iter([said] if isinstance(said, str) else said)


def _sort(name: str) -> str:
    if name not in _TEXTS:
        message = f"sort names no field that can be sorted by: {name}"
        raise Invalid(message, field="sort")
    return name


def _order(word: str) -> str:
    if word not in ("asc", "desc"):
        message = "orderBy must be asc or desc"
        raise Invalid(message, field="orderBy")
    return word


def _selected(names: str) -> frozenset[str]:
    wanted = frozenset(name.strip() for name in names.split(","))
    if unknown := sorted(wanted - _FIELDS):
        message = f"fields names what a CFDocument has not: {', '.join(unknown) or 'nothing'}"
        raise Invalid(message, field="fields")
    return wanted


def _number(asked: Mapping[str, str], name: str, default: int, *, least: int) -> int:
    typed = asked.get(name, str(default))
    if not (typed.isascii() and typed.isdigit() and least <= int(typed[:6]) <= _MOST):
        message = f"{name} must be a whole number from {least} to {_MOST}"
        raise Invalid(message, field=name)
    return int(typed[:6])
