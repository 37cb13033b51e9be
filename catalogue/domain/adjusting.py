"""Adjustments of a closed month: the line as asked for, kept as JSON, and who decides for whom."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from catalogue.domain.diary import LineDraft
from catalogue.domain.hours import Month
from catalogue.domain.words import LabelledWord, WorkPlace

_HERE = ZoneInfo("Asia/Ho_Chi_Minh")
_TEXT, _MAYBE_TEXT, _MAYBE_NUMBER = (str,), (str, type(None)), (int, type(None))
_TYPES: Mapping[str, tuple[type, ...]] = {
    "task_version_id": (int,),
    "minutes": (int,),
    "content": _TEXT,
    "product": _MAYBE_TEXT,
    "quantity": _MAYBE_NUMBER,
    "overtime": (bool,),
    "place": _MAYBE_TEXT,
    "document_number": _MAYBE_TEXT,
    "pages": _MAYBE_NUMBER,
    "evidence": _MAYBE_TEXT,
    "note": _MAYBE_TEXT,
    "work_item_id": _MAYBE_NUMBER,
}


class AdjustmentState(LabelledWord):
    """Where an adjustment stands."""

    WAITING = "waiting", "Chờ quyết định"
    ACCEPTED = "accepted", "Đã đồng ý, đã ghi"
    REFUSED = "refused", "Không đồng ý"

    @classmethod
    def of(cls, accepted: bool | None) -> "AdjustmentState":  # noqa: FBT001 (a column's value)
        if accepted is None:
            return cls.WAITING
        return cls.ACCEPTED if accepted else cls.REFUSED


class AdjustmentKind(LabelledWord):
    """What an adjustment asks for."""

    WRITE = "write", "Ghi thêm dòng"
    CORRECT = "correct", "Sửa dòng"
    REMOVE = "remove", "Bỏ dòng"

    @classmethod
    def of(cls, former_id: int | None, draft: LineDraft | None) -> "AdjustmentKind":
        if draft is None:
            return cls.REMOVE
        return cls.WRITE if former_id is None else cls.CORRECT


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks for: a line of a day, another in place of one, or one to be gone."""

    day: date
    reason: str
    draft: LineDraft | None = None
    former_id: int | None = None


def as_json(draft: LineDraft) -> dict[str, Any]:
    """Give the line as it is kept; whoever writes it later sends it, so it has no key."""
    kept = asdict(draft) | {"place": draft.place.value if draft.place else None}
    del kept["entry_key"]
    return kept


def from_json(content: Mapping[str, Any]) -> LineDraft:
    """Read a line back as it was asked for; raises ValueError for anything but exactly that."""
    if content.keys() != _TYPES.keys():
        raise ValueError(sorted(content.keys() ^ _TYPES.keys()))
    for name, value in content.items():
        if type(value) not in _TYPES[name]:  # a truth value is no number here
            raise ValueError(name)
    place = content["place"]
    return LineDraft(**{**content, "place": WorkPlace.stored(place) if place else None})


def decided_in(at: datetime) -> Month:
    """Give the month, here, in which something was decided."""
    return Month.of(at.astimezone(_HERE).date())
