"""What the content controls of a printed job description say of whom and of what they hold.

A tag is a field's name, or a name, a colon and a detail: `task:412+413`, `name:41/0/v3`. In a
bookmark, where Word allows but letters and digits, the same is `task_412p413`, `name_41s0sv3`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

# Word keeps no longer tag than this, and no longer bookmark than that.
TAG_LENGTH = 64
_BOOKMARK_LENGTH = 40
_ORIGIN = re.compile(
    r"([0-9]{1,18})/([0-9]{1,18})/(?:v([0-9]{1,9})|d([0-9]{1,18})r([0-9]{1,9}))(?:/[0-9]+)?"
)
_FORMER = re.compile(r"([0-9]{1,18}(?:\+[0-9]{1,18})*)(?:/[0-9]{1,9})?")
_BOOKMARK = re.compile(r"(name|task|duty|cover)_([0-9a-z]+)")
_TO_BOOKMARK = str.maketrans(":/+", "_sp")
_FROM_BOOKMARK = str.maketrans("sp", "/+")


@dataclass(frozen=True, slots=True)
class Origin:
    """Which description a file was printed from, so that one that comes back is known, or stale.

    `number` is that of a version; of a draft, `draft_id` and the sum of its sections' revisions.
    """

    position_id: int
    unit_id: int | None = None
    number: int | None = None
    draft_id: int | None = None
    revision: int | None = None

    def detail(self) -> str:
        """Write the origin as a tag's detail."""
        version = f"d{self.draft_id}r{self.revision}" if self.draft_id else f"v{self.number}"
        return f"{self.position_id}/{self.unit_id or 0}/{version}"

    @classmethod
    def read(cls, detail: str) -> Self | None:
        """Read what `detail` wrote; None for anything else."""
        found = _ORIGIN.fullmatch(detail)
        if found is None:
            return None
        position, unit, number, draft, revision = (int(each or 0) for each in found.groups())
        if draft:
            return cls(position, unit or None, draft_id=draft, revision=revision)
        return cls(position, unit or None, number=number)


class Identity(NamedTuple):
    """A tag with a detail and the bookmark that says the same, unique in its document."""

    tag: str
    bookmark: str
    id: int


class Identities:
    """Gives out the identities of one document."""

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def of(self, name: str, former: Sequence[int]) -> Identity | None:
        """Identify what goes on from former tasks; None for what is new.

        What goes on from the same tasks as another is told from it by a number after a slash: so
        a row that was copied in Word, tag and all, is told from a task that was split.
        """
        return self.given(name, "+".join(map(str, former))) if former else None

    def given(self, name: str, detail: str) -> Identity | None:
        """Identify by a detail; None for one that no tag can hold."""
        tag = f"{name}:{detail}"
        times = self._given[tag]
        self._given[tag] += 1
        tag = f"{tag}/{times + 1}" if times else tag
        if len(tag) > TAG_LENGTH:
            return None
        number, bookmark = self._given.total(), tag.translate(_TO_BOOKMARK)
        fits = len(bookmark) <= _BOOKMARK_LENGTH
        return Identity(tag, bookmark if fits else f"b{number}", number)


def tag_of(bookmark: str) -> str:
    """Give the tag that a bookmark repeats, "" for any other bookmark."""
    found = _BOOKMARK.fullmatch(bookmark)
    return f"{found[1]}:{found[2].translate(_FROM_BOOKMARK)}" if found else ""


def former_tasks(detail: str) -> tuple[int, ...]:
    """Read the tasks that a detail names; () for any other detail."""
    found = _FORMER.fullmatch(detail)
    return tuple(map(int, found[1].split("+"))) if found else ()
