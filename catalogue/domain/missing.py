"""What a drafted job description still lacks before it may be sent for appraisal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from catalogue.domain.description import Description, Duty, Requirement, Section, Task
from catalogue.domain.drafting import Content, loggable
from catalogue.domain.results import loose
from catalogue.domain.text import fold
from catalogue.domain.words import TaskKind

# A task of which no kind was said is taken for one that leaves something behind.
_LEAVES_PRODUCT = (None, TaskKind.PRODUCT)


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing: where, what, how to mend it; `anchor` is the field in the editor.

    Anchors count from 0 in printed order: `d0-t1-product` is the product of the first duty's
    second task, `c2-min` the lower level of the third competency.
    """

    section: Section
    where: str
    what: str
    fix: str
    anchor: str


def find(content: Content, former: Mapping[int, str], synonyms: Mapping[str, str]) -> list[Lack]:
    """List what is missing in the form's order; `former` words each task of the version before.

    `synonyms` gives, folded, the name that stands for another: asked for twice under two names is
    asked for twice.
    A duty that stands without tasks is itself what people log against: it lacks tasks only where
    it has no criterion of its own either, as a bare heading has none.
    """
    description = content.description
    return [
        *_of_purpose(description),
        *_of_duties(description),
        *_of_former(content, former),
        *_of_competencies(description, synonyms),
    ]


def _of_purpose(description: Description) -> Iterator[Lack]:
    if not description.purpose.strip():
        fix = "Ghi vị trí này có để làm gì, trong một hai câu."
        yield Lack(Section.PURPOSE, "Mục 1", "chưa có mục tiêu", fix, "purpose")


def _of_duties(description: Description) -> Iterator[Lack]:
    if not description.duties:
        fix = "Thêm nhiệm vụ, rồi thêm công việc cụ thể của từng nhiệm vụ."
        yield Lack(Section.DUTIES, "Mục 2", "vị trí chưa có công việc nào", fix, "duties")
    for place, duty in enumerate(description.duties):
        yield from _of_duty(duty, place)


def _of_duty(duty: Duty, place: int) -> Iterator[Lack]:
    where = f"Nhiệm vụ {duty.no or place + 1}"
    if not duty.name.strip():
        fix = "Ghi tên nhiệm vụ, hoặc bỏ nhiệm vụ này."
        yield Lack(Section.DUTIES, where, "chưa có tên", fix, f"d{place}-name")
    if not duty.tasks and not duty.criteria:
        what = "chưa có công việc cụ thể nào"
        fix = "Thêm công việc, hoặc ghi tiêu chí chung nếu cả nhiệm vụ là một việc."
        yield Lack(Section.DUTIES, where, what, fix, f"d{place}-criteria")
    common = bool(loose(duty.criteria, [task.criterion for task in duty.tasks]))
    for number, task in enumerate(duty.tasks):
        anchor = f"d{place}-t{number}"
        yield from _of_task(task, f"{where}, việc {number + 1}", anchor, common=common)


def _of_task(task: Task, where: str, anchor: str, *, common: bool) -> Iterator[Lack]:
    if not task.text.strip():
        fix = "Ghi công việc cụ thể, hoặc bỏ dòng này."
        yield Lack(Section.DUTIES, where, "chưa có nội dung", fix, f"{anchor}-text")
    if task.kind in _LEAVES_PRODUCT and not task.product:
        fix = "Ghi sản phẩm, hoặc chọn loại việc không làm ra sản phẩm (trực, họp…)."
        yield Lack(Section.DUTIES, where, "chưa có sản phẩm", fix, f"{anchor}-product")
    if not task.criterion and not common:
        fix = "Ghi tiêu chí của việc này, hoặc tiêu chí chung của cả nhiệm vụ."
        yield Lack(Section.DUTIES, where, "chưa có tiêu chí đánh giá", fix, f"{anchor}-criterion")


def _of_former(content: Content, former: Mapping[int, str]) -> Iterator[Lack]:
    continued = {task for each in loggable(content.description) for task in each.goes_on_from}
    for task, text in former.items():
        if task not in continued and not content.retired.get(task, "").strip():
            where = f"Công việc cũ «{text}»"
            fix = "Chọn việc tiếp nối nó, hoặc ghi lý do thôi làm."
            anchor = f"retired-{task}"
            yield Lack(Section.DUTIES, where, "chưa có nơi tiếp nối", fix, anchor)


def _of_competencies(description: Description, synonyms: Mapping[str, str]) -> Iterator[Lack]:
    asked = description.competencies
    if not asked:
        fix = "Chọn ít nhất một năng lực trong khung, hoặc thêm năng lực riêng."
        where = Section.COMPETENCIES.label
        yield Lack(Section.COMPETENCIES, where, "chưa có năng lực nào", fix, "competencies")
    seen: dict[str, str] = {}
    for place, each in enumerate(asked):
        name = fold(each.name)
        standing = synonyms.get(name, name)
        yield from _of_competency(each, place, seen.get(standing))
        seen.setdefault(standing, each.name)


def _of_competency(asked: Requirement, place: int, above: str | None) -> Iterator[Lack]:
    """Tell what one row lacks; `above` is the name by which a row above it asks for the same."""
    where = f"Năng lực «{asked.name}»" if asked.name else f"Năng lực dòng {place + 1}"
    low, high = asked.level_min, asked.level_max
    if not asked.name.strip():
        fix = "Ghi tên năng lực, hoặc bỏ dòng này."
        yield Lack(Section.COMPETENCIES, where, "chưa có tên", fix, f"c{place}-name")
    elif above is not None:
        fix = "Giữ một dòng, bỏ dòng kia."
        what = "có hai lần"
        if fold(above) != fold(asked.name):
            what = f"cùng nghĩa với «{above}» ở dòng trên"
        yield Lack(Section.COMPETENCIES, where, what, fix, f"c{place}-name")
    if low is None or high is None:
        fix = "Chọn cấp độ thấp nhất và cao nhất (có thể bằng nhau)."
        anchor = f"c{place}-min" if low is None else f"c{place}-max"
        yield Lack(Section.COMPETENCIES, where, "cấp độ còn trống", fix, anchor)
    elif low > high:
        what = f"cấp độ {low}-{high} ngược nhau"
        fix = "Cấp độ thấp nhất phải không lớn hơn cấp độ cao nhất."
        yield Lack(Section.COMPETENCIES, where, what, fix, f"c{place}-min")
