"""What a person says of a file that is sent in: the paper that it is, and whom it is for."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Self

from catalogue.domain.reviewing import JobKind
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

    job: ClassVar[JobKind] = JobKind.READ_ANNEX

    kind: UploadKind
    number: str
    agency_id: int
    unit_id: int | None
    file_name: str

    @property
    def subject(self) -> str:
        """Name what was sent, for the audit."""
        return self.number

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Self:
        return cls(**plain | {"kind": UploadKind.stored(plain["kind"])})

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"kind": self.kind.value}


@dataclass(frozen=True, slots=True)
class DescriptionClaim:
    """Whose the job descriptions of a file are: one unit's, or without it of all units of a kind.

    `agency_id` narrows general ones to the positions of one kind of agency.
    """

    job: ClassVar[JobKind] = JobKind.READ_DESCRIPTIONS

    unit_id: int | None
    agency_id: int | None
    file_name: str

    @property
    def subject(self) -> str:
        """Name what was sent, for the audit."""
        return self.file_name

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        return cls(**plain)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class DiaryClaim:
    """Whose diaries a file holds: one person's, a unit's with those below it, or of all.

    `encoding` is one before Unicode that a person chose after seeing what it gives.
    """

    job: ClassVar[JobKind] = JobKind.READ_DIARIES

    person_id: int | None
    unit_id: int | None
    file_name: str
    encoding: str | None = None

    @property
    def subject(self) -> str:
        """Name what was sent, for the audit."""
        return self.file_name

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        return cls(**plain)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


AnyClaim = Claim | DescriptionClaim | DiaryClaim


def claim_of(job: JobKind, given: dict[str, Any]) -> AnyClaim:
    """Rebuild what the sender of a job's file said."""
    if job is JobKind.READ_DIARIES:
        return DiaryClaim.from_json(given)
    if job is JobKind.READ_DESCRIPTIONS:
        return DescriptionClaim.from_json(given)
    return Claim.from_json(given)


def own_list_number(unit: str, code: str) -> str:
    """Name the document that holds the lists which one unit sent over time."""
    return f"Danh sách của {unit} ({code})"
