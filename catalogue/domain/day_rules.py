"""What a day's sheet must keep to: facts and drafts in, every refusal out, no database.

The limits that the State or the province changes are dated data (`Limits`); where a limit has no
row that day, it does not hold.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from catalogue.domain.absences import Away
from catalogue.domain.diary import LineDraft
from catalogue.domain.errors import Refusal
from catalogue.domain.hours import MINUTES_PER_DAY
from catalogue.domain.norm_time import printed
from catalogue.domain.secrecy import secret_word
from catalogue.domain.words import LabelledWord, TaskKind


class DiaryLimit(LabelledWord):
    """A limit of the diary that is dated data."""

    BACKFILL_DAYS = "backfill_days", "Số ngày được ghi lùi"
    ON_TIME_DAYS = "on_time_days", "Ghi sau số ngày này thì mang dấu «ghi bù»"
    PRODUCTLESS_MINUTES = "productless_minutes", "Số phút một ngày không có sản phẩm"
    MINUTES_A_PAGE = "minutes_a_page", "Định mức nghiên cứu một trang văn bản (phút)"
    BOARD_DAYS = "board_days", "Số ngày bảng công khai còn chi tiết"


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one day; None where none holds. Minutes without a product are by kind."""

    backfill_days: int | None = None
    on_time_days: int | None = None
    minutes_a_page: int | None = None
    board_days: int | None = None
    productless: Mapping[TaskKind, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """One task of the person's on that day, and what it says of products.

    `task_id` is what the task stays in every wording; work of several days is tied to it.
    """

    task_version_id: int
    assignment_id: int
    kind: TaskKind | None
    product: str | None
    task_id: int = 0

    @property
    def leaves_product(self) -> bool:
        """Whether its lines must name one: it says so by its kind, or by naming a product."""
        return self.kind is TaskKind.PRODUCT or (self.kind is None and self.product is not None)

    @property
    def counted_as(self) -> TaskKind:
        """The kind whose cap its lines without a product fall under."""
        return self.kind or TaskKind.OTHER


class Sent(NamedTuple):
    """What a key wrote when it was first sent, and for whom; hours that wait name nobody."""

    line_id: int
    person_id: int | None


@dataclass(frozen=True, slots=True)
class DayFacts:
    """What is known of one person's day before a sheet is written to it.

    `logged` are the minutes that it holds already, tasks unknown included; `productless` those of
    them without a product, by kind. `work` are the person's open work items, each with its task.
    `sent` are the keys, of those asked for, that were sent before.
    """

    day: date
    today: date
    tasks: Mapping[int, TaskFacts]
    limits: Limits = field(default_factory=Limits)
    logged: int = 0
    productless: Mapping[TaskKind, int] = field(default_factory=dict)
    closed: bool = False
    month_closed: bool = False
    consented: bool = False
    absences: Collection[Away] = ()
    work: Mapping[int, int] = field(default_factory=dict)
    sent: Mapping[str, Sent] = field(default_factory=dict)

    @property
    def age(self) -> int:
        return (self.today - self.day).days

    @property
    def backfilled(self) -> bool:
        """Whether what is written now bears the mark «ghi bù»."""
        allowed = self.limits.on_time_days
        return allowed is not None and self.age > allowed

    def past_closing(self) -> "DayFacts":
        """Give the facts as they are for an adjustment: neither closing nor window keeps it out."""
        return replace(self, closed=False, month_closed=False, consented=True)


def refusals(drafts: Sequence[LineDraft], facts: DayFacts) -> list[Refusal]:
    """Give every reason why the sheet cannot be written to the day; none when it can."""
    if found := day_refusal(facts):
        return [found]
    lines = [each for place, draft in enumerate(drafts) for each in _of_line(place, draft, facts)]
    return [*lines, *_of_sums(drafts, facts)]


def day_refusal(facts: DayFacts) -> Refusal | None:
    """Tell why nothing at all may be written to the day."""
    day, limit = facts.day, facts.limits.backfill_days
    if facts.age < 0:
        message = "Ngày: chưa đến ngày này."
    elif facts.month_closed:
        message = (
            f"Nhật ký tháng {day:%m/%Y} đã khóa. Hãy gửi đề nghị điều chỉnh; "
            "nội dung vừa nhập chưa được ghi."
        )
    elif facts.closed:
        message = (
            f"Ngày {day:%d/%m/%Y} đã chốt. Hãy mở lại ngày rồi ghi; "
            "nội dung vừa nhập chưa được ghi."
        )
    elif limit is not None and facts.age > limit and not facts.consented:
        message = (
            f"Ngày {day:%d/%m/%Y} đã quá {limit} ngày được ghi bù. Hãy xin thủ trưởng đồng ý "
            "cho ghi bù ngày này; nội dung vừa nhập chưa được ghi."
        )
    else:
        return None
    return Refusal(None, "day", message)


def _of_line(place: int, draft: LineDraft, facts: DayFacts) -> Iterator[Refusal]:
    task = facts.tasks.get(draft.task_version_id)
    if found := amount_refusal(place, draft.minutes):
        yield found
    if task is None:
        message = f"Nhiệm vụ không thuộc vị trí việc làm của bạn ngày {facts.day:%d/%m/%Y}."
        yield Refusal(place, "task", message)
        return
    if found := _work_refusal(place, draft.work_item_id, task, facts):
        yield found
    if found := absence_refusal(place, facts, overtime=draft.overtime):
        yield found
    yield from _of_content(place, draft, task)


def _work_refusal(
    place: int, work_item_id: int | None, task: TaskFacts, facts: DayFacts
) -> Refusal | None:
    if work_item_id is None or facts.work.get(work_item_id) == task.task_id:
        return None
    message = "Việc nhiều ngày: việc này không phải của bạn, hoặc đã nộp hay đã kết thúc."
    if work_item_id in facts.work:
        message = "Việc nhiều ngày: việc này thuộc nhiệm vụ khác. Hãy chọn lại nhiệm vụ hoặc việc."
    return Refusal(place, "work_item", message)


def amount_refusal(place: int, minutes: int) -> Refusal | None:
    """Refuse an amount that no day holds."""
    if 0 < minutes <= MINUTES_PER_DAY:
        return None
    return Refusal(place, "hours", "Số giờ: phải lớn hơn 0 và không quá 24.")


def absence_refusal(place: int, facts: DayFacts, *, overtime: bool) -> Refusal | None:
    """Refuse standard hours on a day of one's leave."""
    if overtime or not any(facts.day in each and each.closes_day for each in facts.absences):
        return None
    message = (
        f"Ngày {facts.day:%d/%m/%Y} bạn nghỉ. Nếu vẫn làm việc, hãy ghi là làm ngoài giờ "
        "hoặc sửa ngày nghỉ."
    )
    return Refusal(place, "overtime", message)


def secret_refusal(place: int, told: str) -> Refusal | None:
    """Refuse words that name a secret paper."""
    word = secret_word(told)
    if word is None:
        return None
    message = (
        f"Dòng này có dấu hiệu nêu văn bản mật («{word}»). Không ghi nội dung, số, trích yếu "
        f"văn bản mật; chỉ ghi số giờ vào nhiệm vụ loại «{TaskKind.SECRET.label}» nếu vị trí "
        "của bạn có; nếu chưa có, hãy đề nghị cán bộ tổ chức bổ sung vào bản mô tả."
    )
    return Refusal(place, "content", message)


def overfull(place: int, added: int, facts: DayFacts) -> Refusal | None:
    """Refuse minutes that, with what the day holds, are more than a day has."""
    if facts.logged + added <= MINUTES_PER_DAY:
        return None
    left = max(MINUTES_PER_DAY - facts.logged, 0)
    message = (
        f"Số giờ: ngày {facts.day:%d/%m/%Y} đã ghi {printed(facts.logged)}, "
        f"chỉ còn chỗ cho {printed(left)}."
    )
    return Refusal(place, "hours", message)


def _of_content(place: int, draft: LineDraft, task: TaskFacts) -> Iterator[Refusal]:
    if task.kind is TaskKind.SECRET:
        if draft.told or draft.quantity or draft.pages or draft.work_item_id:
            message = (
                "Việc xử lý văn bản mật chỉ ghi số giờ: hãy xóa nội dung, số, trích yếu, "
                "sản phẩm, ghi chú và việc nhiều ngày. Chưa có gì được ghi."
            )
            yield Refusal(place, "content", message)
        return
    if found := secret_refusal(place, draft.told):
        yield found
    if task.leaves_product and draft.product is None and draft.work_item_id is None:
        message = (
            "Sản phẩm: nhiệm vụ này phải ghi sản phẩm. Nếu việc kéo dài nhiều ngày và chưa có "
            "sản phẩm, hãy mở «Việc nhiều ngày»."
        )
        yield Refusal(place, "product", message)


def _of_sums(drafts: Sequence[LineDraft], facts: DayFacts) -> Iterator[Refusal]:
    if found := overfull(len(drafts) - 1, sum(draft.minutes for draft in drafts), facts):
        yield found
    sums, last = Counter(facts.productless), dict[TaskKind, int]()
    for place, draft in enumerate(drafts):
        task = facts.tasks.get(draft.task_version_id)
        if task and not task.leaves_product and draft.product is None:
            sums[task.counted_as] += draft.minutes
            last[task.counted_as] = place
    for kind, place in last.items():
        cap = facts.limits.productless.get(kind)
        if cap is not None and sums[kind] > cap:
            way = "" if kind is TaskKind.SECRET else "ghi sản phẩm, hoặc "
            message = (
                f"Số giờ: việc loại «{kind.label}» không có sản phẩm chỉ được ghi tối đa "
                f"{printed(cap)} một ngày; ngày này thành {printed(sums[kind])}. "
                f"Hãy {way}xem lại số giờ."
            )
            yield Refusal(place, "hours", message)
