"""Parts of pages that say the same to many, drawn once for all of them."""

from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache

from flask import get_template_attribute
from markupsafe import Markup

# Of each part so many are remembered, those that were asked for last.
_KEPT = 5_000


def once(template: str, macro: str) -> Callable[..., Markup]:
    """Give a macro that remembers what it drew of which values.

    It may draw of nothing else: what depends on who asks, or where, is one of the values.
    """

    @lru_cache(_KEPT, typed=True)  # what is drawn already equals the text that it consists of
    def draw(*values: Hashable) -> Markup:
        drawn: Markup = get_template_attribute(template, macro)(*values)
        return drawn

    return draw


def rows(draw: Callable[..., Markup], values: Iterable[Iterable[object]]) -> Markup:
    """Draw a part for each of many, one after the other."""
    return Markup("".join(draw(*each) for each in values))  # noqa: S704 (our templates drew it)
