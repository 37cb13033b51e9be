"""The templates of job descriptions, as data: what they say before a position fills them in."""

from functools import cache
from typing import Any

from seed.btctw_2752_2765.making.source import load_toml


@cache
def template(name: str) -> dict[str, Any]:
    """Read one template, its shared duties put in their places."""
    plain = _part(name)
    shared = _part("shared_duties")
    return plain | {
        "duties": [shared[duty["shared"]] if "shared" in duty else duty for duty in plain["duties"]]
    }


def function(name: str | None) -> dict[str, Any]:
    """Give the professional tasks of one function and whom it deals with; none without a name."""
    found: dict[str, Any] = _part("functions")[name] if name else {"tasks": [], "outside": []}
    return found


def competency_set(name: str) -> dict[str, list[dict[str, Any]]]:
    """Give the competencies of one set by their groups, in printed order."""
    found: dict[str, list[dict[str, Any]]] = _part("competency_sets")[name]
    return found


@cache
def _part(name: str) -> dict[str, Any]:
    return load_toml(f"source/descriptions/{name}.toml")
