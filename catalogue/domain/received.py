"""What was read of one upload of job descriptions, and what is written beside their text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from catalogue.domain import annotations as notes, description as records
from catalogue.domain.annotations import Annotations
from catalogue.domain.description import Description
from catalogue.domain.word_tags import Origin

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

    def is_alone(self, number: int) -> bool:
        """Tell whether a description is the only one of its file."""
        return len(self._beside(number)) == 1

    def origin_of(self, number: int) -> Origin | None:
        """Give of which description a file says that one is; None where it does not say it of all.

        A file claims its origins in order, so that one missing would put the others out of place.
        """
        origins, beside = self.file_of(number).annotations.origins, self._beside(number)
        return origins[beside.index(number)] if len(origins) == len(beside) else None

    def _beside(self, number: int) -> list[int]:
        own, _ = self.descriptions[number]
        return [each for each, (file, _) in enumerate(self.descriptions) if file == own]


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
