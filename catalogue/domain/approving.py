"""Who may judge a drafted description: a role that the rule of the day names, and other persons."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from catalogue.domain.description import Description, Section
from catalogue.domain.drafting import FIELDS
from catalogue.domain.errors import Conflict, Invalid
from catalogue.domain.missing import Lack
from catalogue.domain.roles import Viewer
from catalogue.domain.states import DraftMove, DraftState
from catalogue.domain.words import Role

# How far ahead an approved description may begin to hold.
FARTHEST = timedelta(days=366)


class Incomplete(Conflict):
    """A draft that still lacks something; `lacks` lists it all."""

    def __init__(self, lacks: list[Lack]) -> None:
        first = lacks[0]
        super().__init__(
            f"Bản soạn còn thiếu {len(lacks)} chỗ nên chưa gửi được. Chỗ đầu tiên: {first.where}, "
            f"{first.what}. {first.fix}"
        )
        self.lacks = lacks


@dataclass(frozen=True, slots=True)
class Hands:
    """Who had a hand in a submission before it is judged."""

    authors: frozenset[int]
    submitted_by: int
    appraised_by: int | None = None

    def keeps_out(self, move: DraftMove, person_id: int) -> str:
        """Say why this person may not judge; nothing where they may."""
        if person_id in self.authors or person_id == self.submitted_by:
            return "Bạn đã soạn hoặc gửi bản này nên không thẩm định, phê duyệt hay trả lại được."
        if move is DraftMove.APPROVE and person_id == self.appraised_by:
            return "Bạn đã thẩm định bản này nên không phê duyệt được."
        return ""

    def may_judge(self, move: DraftMove, person_id: int) -> bool:
        return not self.keeps_out(move, person_id)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said when a submission goes back: why, and what is wrong in which section."""

    note: str
    remarks: Mapping[Section, str] = field(default_factory=dict)

    def refuse_empty(self) -> None:
        if not self.note and not self.remarks:
            message = "Lý do trả lại: hãy ghi lý do chung, hoặc góp ý vào ít nhất một mục."
            raise Invalid(message, field="note")


@dataclass(frozen=True, slots=True)
class Approval:
    """What is approved, by its digest, and from which day it holds."""

    sha256_seen: str
    valid_from: date
    note: str = ""

    def refuse_odd_day(self, today: date) -> None:
        """Refuse a day that has gone by, whose lines were written already, or one too far off."""
        if not today <= self.valid_from <= today + FARTHEST:
            message = (
                f"Có hiệu lực từ ngày: hãy chọn từ {today:%d/%m/%Y} đến "
                f"{today + FARTHEST:%d/%m/%Y}; ngày đã qua có nhật ký theo bản cũ."
            )
            raise Invalid(message, field="valid_from")


def changed_sections(before: Description | None, after: Description) -> list[Section]:
    """List the sections that read otherwise than before; which task goes on from which is none."""
    if before is None:
        return list(Section)
    was, now = _as_read(before), _as_read(after)
    return [
        section
        for section, names in FIELDS.items()
        if any(getattr(was, name) != getattr(now, name) for name in names)
    ]


def _as_read(description: Description) -> Description:
    duties = (
        replace(
            duty,
            tasks=tuple(replace(task, goes_on_from=()) for task in duty.tasks),
            goes_on_from=(),
        )
        for duty in description.duties
    )
    return replace(description, duties=tuple(duties))


def holds(viewer: Viewer, role: Role, unit_id: int | None) -> bool:
    """Tell whether a person holds a role that reaches a unit; None stands for every unit."""
    if role not in viewer.scopes:
        return False
    reached = viewer.scopes[role]
    return reached is None or (unit_id is not None and unit_id in reached)


def who_judges(state: DraftState, appraiser: Role, approver: Role) -> Role | None:
    """Name the role whose word a draft waits for."""
    return {DraftState.SUBMITTED: appraiser, DraftState.APPRAISED: approver}.get(state)
