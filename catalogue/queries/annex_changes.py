"""What a newer file of a decision changed against the one read before it, row by row."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.text import fold
from catalogue.domain.words import LabelledWord
from catalogue.models import AnnexRow


class ChangeKind(LabelledWord):
    """What became of a row; one that is gone is proposed for retirement, never deleted."""

    ADDED = "added", "Dòng thêm"
    REMOVED = "removed", "Đề nghị thôi dùng"
    CHANGED = "changed", "Dòng sửa"
    UNCHANGED = "unchanged", "Không đổi"


class Difference(NamedTuple):
    """One field that says something else now."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the newer file beside the one it was; either may be missing."""

    kind: ChangeKind
    before: AnnexRow | None
    after: AnnexRow | None
    differences: tuple[Difference, ...] = ()

    @property
    def row(self) -> AnnexRow:
        row = self.after or self.before
        if row is None:
            raise LookupError(self.kind)
        return row


_FIELDS: tuple[tuple[str, Callable[[AnnexRow], object]], ...] = (
    ("Tên", lambda row: row.name),
    ("Nhóm", lambda row: row.group_heading),
    ("Ngạch, chức danh", lambda row: row.rank),
    ("Mã", lambda row: row.code),
    ("Biên chế", lambda row: row.headcount),
)
# Tried in turn: rows that one way has met are out of the next one's sight.
_WAYS: tuple[Callable[[AnnexRow], Hashable], ...] = (
    lambda row: (fold(row.name), row.group_heading, row.code_key),
    lambda row: (fold(row.name), row.group_heading),
    lambda row: fold(row.name),
    lambda row: row.code_key,
)


def compare(session: Session, former_id: int, newer_id: int) -> list[Change]:
    """Compare two files row by row, in the newer one's order; what is gone comes last."""
    query = select(AnnexRow).where(AnnexRow.annex_file_id.in_((former_id, newer_id)))
    rows = session.scalars(query.order_by(AnnexRow.id)).all()
    former = [row for row in rows if row.annex_file_id == former_id]
    newer = [row for row in rows if row.annex_file_id == newer_id]
    met = _met(former, newer)
    gone = {row.id for row in met.values()}
    changes = [_change(met.get(row.id), row) for row in newer]
    removed = [Change(ChangeKind.REMOVED, row, None) for row in former if row.id not in gone]
    return changes + removed


def _met(former: Sequence[AnnexRow], newer: Sequence[AnnexRow]) -> dict[int, AnnexRow]:
    """Give each newer row the former one that it is, the surest way first."""
    met: dict[int, AnnexRow] = {}
    taken: set[int] = set()
    for way in _WAYS:
        waiting: dict[Hashable, list[AnnexRow]] = defaultdict(list)
        for row in reversed(former):
            if row.id not in taken and way(row) is not None:
                waiting[way(row)].append(row)
        for row in newer:
            if row.id not in met and waiting.get(way(row)):
                met[row.id] = waiting[way(row)].pop()
                taken.add(met[row.id].id)
    return met


def _change(before: AnnexRow | None, after: AnnexRow) -> Change:
    if before is None:
        return Change(ChangeKind.ADDED, None, after)
    differences = tuple(
        Difference(label, _shown(read(before)), _shown(read(after)))
        for label, read in _FIELDS
        if read(before) != read(after)
    )
    kind = ChangeKind.CHANGED if differences else ChangeKind.UNCHANGED
    return Change(kind, before, after, differences)


def _shown(value: object) -> str:
    return "không ghi" if value is None else str(value)
