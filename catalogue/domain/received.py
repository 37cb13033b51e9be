"""What was read of one upload of job descriptions, and what is written beside their text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from catalogue.domain import annotations as notes, description as records
from catalogue.domain.annotations import Annotations
from catalogue.domain.description import Description

_NONE = Annotations()


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One Word file; `refusal` says why nothing was read of it, "" where something was."""

    name: str
    refusal: str = ""
    annotations: Annotations = _NONE


@dataclass(frozen=True, slots=True)
class Received:
    """All that came; each description stands beside the place of its file."""

    files: tuple[ReadFile, ...]
    descriptions: tuple[tuple[int, Description], ...]

    def file_of(self, number: int) -> ReadFile:
        """Give the file in which a description stands."""
        return self.files[self.descriptions[number][0]]

    def beside(self, number: int) -> int:
        """Count the descriptions that one stands in a file with, itself among them."""
        own, _ = self.descriptions[number]
        return sum(1 for file, _ in self.descriptions if file == own)


def as_json(received: Received) -> dict[str, Any]:
    """Lay out what came for JSON."""
    return {
        "files": [
            {
                "name": file.name,
                "refusal": file.refusal,
                "annotations": notes.as_json(file.annotations),
            }
            for file in received.files
        ],
        "descriptions": [
            {"file": file, "record": records.as_json(record)}
            for file, record in received.descriptions
        ],
    }


def from_json(plain: Mapping[str, Any]) -> Received:
    """Rebuild what `as_json` laid out."""
    return Received(
        files=tuple(
            ReadFile(file["name"], file["refusal"], notes.from_json(file["annotations"]))
            for file in plain["files"]
        ),
        descriptions=tuple(
            (each["file"], records.from_json(each["record"])) for each in plain["descriptions"]
        ),
    )
