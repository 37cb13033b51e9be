"""What a person says of a file that is sent in: the paper that it is, and whom it is for."""

from dataclasses import asdict, dataclass
from typing import Any, Self

from catalogue.domain.words import LabelledWord


class UploadKind(LabelledWord):
    """The two papers that the upload page takes."""

    SIGNED = "signed", "Văn bản đã ký"
    OWN_LIST = "own_list", "Danh sách của đơn vị"


@dataclass(frozen=True, slots=True)
class Claim:
    """What the sender said; `unit_id` is set for a unit's own list alone.

    `number` is the document's number, or the name by which a unit's own list goes.
    """

    kind: UploadKind
    number: str
    agency_id: int
    unit_id: int | None
    file_name: str

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Self:
        return cls(**plain | {"kind": UploadKind.stored(plain["kind"])})

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"kind": self.kind.value}


def own_list_number(unit: str, code: str) -> str:
    """Name the document that holds the lists which one unit sent over time."""
    return f"Danh sách của {unit} ({code})"
