"""What people wrote on a Word file beside its text: tracked changes, comments, and whose it is."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from catalogue.domain.word_tags import Origin
from catalogue.domain.words import LabelledWord


class RevisionKind(LabelledWord):
    """What a tracked change did to the words that it bears."""

    INSERTED = "inserted", "Thêm"
    DELETED = "deleted", "Xóa"


@dataclass(frozen=True, slots=True)
class Revision:
    """One tracked change; `author` and `at` are the file's own claim, `at` in its writer's time."""

    where: str
    kind: RevisionKind
    author: str
    at: datetime | None
    text: str


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment; `quoted` are the words that it was put on, "" where it was put on none."""

    where: str
    author: str
    at: datetime | None
    text: str
    quoted: str = ""


@dataclass(frozen=True, slots=True)
class Annotations:
    """Everything written beside a file's text, in the order in which it stands.

    `origins` are those that the file claims for its descriptions; one without any is no stale one.
    """

    revisions: tuple[Revision, ...] = ()
    comments: tuple[Comment, ...] = ()
    origins: tuple[Origin, ...] = ()


def as_json(annotations: Annotations) -> dict[str, Any]:
    """Lay annotations out for JSON, by the names of their fields."""
    return {
        "revisions": [
            asdict(each) | {"kind": each.kind.value, "at": each.at and each.at.isoformat()}
            for each in annotations.revisions
        ],
        "comments": [
            asdict(each) | {"at": each.at and each.at.isoformat()} for each in annotations.comments
        ],
        "origins": [asdict(each) for each in annotations.origins],
    }


def from_json(plain: Mapping[str, Any]) -> Annotations:
    """Rebuild the annotations that `as_json` laid out."""
    return Annotations(
        revisions=tuple(
            Revision(**{**each, "kind": RevisionKind.stored(each["kind"]), "at": _at(each["at"])})
            for each in plain["revisions"]
        ),
        comments=tuple(Comment(**{**each, "at": _at(each["at"])}) for each in plain["comments"]),
        origins=tuple(Origin(**each) for each in plain["origins"]),
    )


def _at(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
