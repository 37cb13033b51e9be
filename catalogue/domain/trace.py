"""The chain from one log line back to a row of a document."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from catalogue.domain.hours import clock
from catalogue.domain.words import UNVERIFIED, SourceState


@dataclass(frozen=True, slots=True)
class Trace:
    """Every link of one line's chain, the identifiers first where a page can be opened."""

    line_id: int
    day: date
    person_id: int
    person: str
    unit_id: int
    unit: str
    minutes: int
    overtime: bool
    content: str
    product: str | None
    task_version_id: int
    task_id: int
    task: str
    duty: str
    description_id: int
    description_number: int
    description_file: str
    position_id: int
    position_version_number: int
    position: str
    annex_row_id: int
    annex_table: int
    annex_row: int
    annex_raw: tuple[str, ...]
    annex_file: str
    annex_sha256: str
    document_id: int
    document_number: str
    document_title: str
    document_state: SourceState

    @property
    def mark(self) -> str | None:
        """The mark that stays until the signed file is read."""
        return None if self.document_state is SourceState.VERIFIED else UNVERIFIED

    @property
    def description_origin(self) -> str:
        """Say where the description came from: a file, or an approval that names none."""
        return f"tệp {self.description_file}" if self.description_file else "đã phê duyệt"

    def links(self) -> list[tuple[str, str]]:
        """List the chain for a reader: what each link is, and what it says."""
        return [
            ("Dòng nhật ký", f"{self.day:%d/%m/%Y}, {self.person}, {clock(self.minutes)}"),
            ("Công việc", f"{self.duty} → {self.task}"),
            ("Bản mô tả", f"lần {self.description_number}, {self.description_origin}"),
            ("Vị trí việc làm", f"{self.position} (lần {self.position_version_number})"),
            (
                "Dòng phụ lục",
                f"bảng {self.annex_table}, dòng {self.annex_row}: " + " | ".join(self.annex_raw),
            ),
            ("Tệp", f"{self.annex_file} (SHA-256 {self.annex_sha256[:12]}…)"),
            ("Văn bản", f"{self.document_number} – {self.document_state.label}"),
        ]

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"day": self.day.isoformat(), "mark": self.mark}
