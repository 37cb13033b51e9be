"""One change made to the frameworks of many positions at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from catalogue.domain.description import Requirement
from catalogue.domain.framework import Described, Levels
from catalogue.domain.text import fold
from catalogue.domain.words import CompetencyGroup, LabelledWord


class EditKind(LabelledWord):
    """What is done to a competency in each of the positions."""

    SET = "set", "Đặt cấp độ (chỉ nơi đã có năng lực)"
    ADD = "add", "Thêm năng lực (chỉ nơi chưa có)"
    REMOVE = "remove", "Bỏ năng lực"


class Outcome(LabelledWord):
    """What a change of many frameworks does to one position."""

    OPENED = "opened", "Mở bản soạn mới"
    CHANGED = "changed", "Sửa trong bản đang soạn"
    SAME = "same", "Không có gì phải đổi"
    UNDESCRIBED = "undescribed", "Chưa có bản mô tả; hãy soạn bản mô tả trước"
    SENT = "sent", "Bản soạn đã gửi thẩm định nên không sửa; hãy rút lại hoặc chờ kết quả"
    BUSY = "busy", "Đang có người sửa mục năng lực; hãy hẹn nhau rồi làm lại"


WRITTEN = frozenset((Outcome.OPENED, Outcome.CHANGED))


@dataclass(frozen=True, slots=True)
class Edit:
    """What to do to which competency; `names` are all its names, folded, its synonyms included.

    Where it is added, it stands among those of its `group`; last, where it has none.
    """

    kind: EditKind
    name: str
    names: frozenset[str]
    group: CompetencyGroup | None
    levels: Levels


@dataclass(frozen=True, slots=True)
class Planned:
    """One position of a change, before and after; `draft_id` is the draft that it is made in.

    `revision` is that of the draft's competencies, from which the change was planned.
    """

    position: Described
    outcome: Outcome
    before: Levels | None = None
    after: Levels | None = None
    draft_id: int | None = None
    revision: int = 0
    busy: str = ""

    @property
    def is_written(self) -> bool:
        return self.outcome in WRITTEN


def fingerprint(planned: Sequence[Planned]) -> str:
    """Tell one plan from another: what was shown is what is carried out, or nothing is."""
    shown = [
        (
            each.position.position_id,
            each.position.description_id,
            each.outcome.value,
            each.before,
            each.after,
            each.draft_id,
            each.revision,
        )
        for each in planned
    ]
    return sha256(repr(shown).encode()).hexdigest()


def edited(asked: Sequence[Requirement], edit: Edit) -> tuple[Requirement, ...]:
    """Give the framework as it is after the change; it may be the same."""
    has = any(_is_meant(each, edit) for each in asked)
    if edit.kind is EditKind.ADD:
        return tuple(asked) if has else _with(asked, edit)
    if edit.kind is EditKind.REMOVE:
        return tuple(each for each in asked if not _is_meant(each, edit))
    low, high = edit.levels
    return tuple(
        replace(each, level_min=low, level_max=high) if _is_meant(each, edit) else each
        for each in asked
    )


def levels_of(asked: Sequence[Requirement], edit: Edit) -> Levels | None:
    """Give the levels that a framework asks of the competency; None where it asks for none."""
    for each in asked:
        if _is_meant(each, edit):
            return Levels(each.level_min, each.level_max)
    return None


def _is_meant(each: Requirement, edit: Edit) -> bool:
    return fold(each.name) in edit.names


def _with(asked: Sequence[Requirement], edit: Edit) -> tuple[Requirement, ...]:
    """Add the competency after the last one of its group, under the heading printed there."""
    alike = [
        place
        for place, each in enumerate(asked, start=1)
        if edit.group in (None, CompetencyGroup.of_heading(each.group))
    ]
    place = alike[-1] if alike else len(asked)
    heading = asked[place - 1].group if alike else _heading(edit.group)
    added = Requirement(heading, edit.name, edit.levels.low, edit.levels.high)
    return (*asked[:place], added, *asked[place:])


def _heading(group: CompetencyGroup | None) -> str:
    """Give the heading that forms print over a group."""
    return f"Nhóm {group.label.lower()}" if group else "Năng lực khác"
