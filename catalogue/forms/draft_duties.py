"""Section 2 as people type it: duties, their tasks, and which former task each goes on from."""

import re
from dataclasses import replace

from catalogue.domain.description import Duty, Task
from catalogue.domain.drafting import Content
from catalogue.domain.results import Edited, loose, recompose
from catalogue.domain.words import TaskKind
from catalogue.forms.sheet_reading import Former, Reading
from catalogue.forms.sheets import Shape, Sheet, filled

_KINDS = {kind.value: kind for kind in TaskKind}
_CODE = re.compile(r"[Nn]?([0-9]{1,4})")
_TASK = Shape(
    "Việc",
    {
        "text": "Công việc cụ thể",
        "product": "Sản phẩm",
        "product_unit": "Đơn vị tính",
        "criterion": "Tiêu chí đánh giá",
        "norm": "Định mức thời gian",
        "kind": "Loại việc",
        "from": "Tiếp nối công việc cũ",
    },
)
_DUTY = Shape(
    "Nhiệm vụ",
    {
        "no": "Số",
        "name": "Nhiệm vụ, mảng công việc",
        "from": "Tiếp nối công việc cũ (khi không có công việc cụ thể)",
        "criteria": "Tiêu chí chung của cả nhiệm vụ (mỗi dòng một ý)",
        "products": "Sản phẩm chung của cả nhiệm vụ (mỗi dòng một ý)",
        "paste": "Dán nhiều dòng (từ Word, Excel)",
    },
    "t",
    _TASK,
)


def codes(former: Former) -> dict[int, str]:
    """Give each former task the short name by which it is typed: N1, N2 …, in printed order."""
    return {task: f"N{number}" for number, task in enumerate(former, start=1)}


def shape(former: Former) -> Shape:
    """Lay out the section, with a field for the reason of each former task that is retired."""
    reasons = {f"retired-{task}": f"Lý do thôi làm «{text}»" for task, text in former.items()}
    return Shape("Nhiệm vụ", reasons, "d", _DUTY)


def show(content: Content, former: Former) -> Sheet:
    reasons = {f"retired-{task}": why for task, why in content.retired.items()}
    named = codes(former)
    duties = [_shown(duty, named) for duty in content.description.duties]
    return filled(shape(former), reasons, duties)


def _shown(duty: Duty, named: dict[int, str]) -> Sheet:
    values = {
        "no": duty.no,
        "name": duty.name,
        "from": _coded(duty.goes_on_from, named),
        "criteria": "\n".join(loose(duty.criteria, [task.criterion for task in duty.tasks])),
        "products": "\n".join(loose(duty.products, [task.product for task in duty.tasks])),
    }
    return filled(_DUTY, values, [_task_shown(task, named) for task in duty.tasks])


def _task_shown(task: Task, named: dict[int, str]) -> Sheet:
    values = {
        "text": task.text,
        "product": task.product or "",
        "product_unit": task.product_unit or "",
        "criterion": task.criterion or "",
        "norm": "" if task.norm_minutes is None else _clock(task.norm_minutes),
        "kind": task.kind.value if task.kind else "",
        "from": _coded(task.goes_on_from, named),
    }
    return filled(_TASK, values)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


def _coded(goes_on_from: tuple[int, ...], named: dict[int, str]) -> str:
    return ", ".join(named[task] for task in goes_on_from if task in named)


def read(sheet: Sheet, content: Content, reading: Reading) -> Content:
    before = content.description.duties
    duties = tuple(_duty(each, _saved(each.was, before), reading) for each in sheet.rows)
    retired = {
        task: why for task in reading.former if (why := reading.text(sheet, f"retired-{task}"))
    }
    return Content(replace(content.description, duties=duties), retired)


def _saved(was: int | None, before: tuple[Duty, ...]) -> Duty:
    return before[was] if was is not None and was < len(before) else Duty("", "")


def _duty(sheet: Sheet, before: Duty, reading: Reading) -> Duty:
    tasks = tuple(_task(row, reading) for row in sheet.rows)
    places = [
        row.was if row.was is not None and row.was < len(before.tasks) else None
        for row in sheet.rows
    ]
    tied_criteria = [task.criterion for task in before.tasks]
    tied_products = [task.product for task in before.tasks]
    return Duty(
        no=reading.short(sheet, "no"),
        name=reading.long(sheet, "name"),
        tasks=tasks,
        criteria=recompose(
            before.criteria,
            tied_criteria,
            [Edited(place, task.criterion) for place, task in zip(places, tasks, strict=True)],
            reading.lines(sheet, "criteria", loose(before.criteria, tied_criteria)),
        ),
        products=recompose(
            before.products,
            tied_products,
            [Edited(place, task.product) for place, task in zip(places, tasks, strict=True)],
            reading.lines(sheet, "products", loose(before.products, tied_products)),
        ),
        goes_on_from=() if tasks else former_of(sheet, reading),
    )


def _task(sheet: Sheet, reading: Reading) -> Task:
    return Task(
        text=reading.long(sheet, "text"),
        product=reading.text(sheet, "product") or None,
        criterion=reading.long(sheet, "criterion") or None,
        product_unit=reading.short(sheet, "product_unit") or None,
        norm_minutes=reading.minutes(sheet, "norm"),
        kind=_kind(sheet, reading),
        goes_on_from=former_of(sheet, reading),
    )


def _kind(sheet: Sheet, reading: Reading) -> TaskKind | None:
    typed = sheet["kind"]
    if typed and typed not in _KINDS:
        known = ", ".join(kind.label.lower() for kind in TaskKind)
        reading.refuse(sheet, "kind", f"Loại việc: không có loại «{typed}». Hãy chọn: {known}.")
    return _KINDS.get(typed)


def former_of(sheet: Sheet, reading: Reading) -> tuple[int, ...]:
    """Read `N3` or `N3, N5` as the former tasks that are meant, each once."""
    tasks = list(reading.former)
    found: dict[int, None] = {}
    for part in re.split(r"[\s,;+]+", sheet["from"].strip()):
        code = _CODE.fullmatch(part)
        if code and 0 < int(code[1]) <= len(tasks):
            found[tasks[int(code[1]) - 1]] = None
        elif part:
            message = f"Tiếp nối: không có công việc cũ «{part}». Hãy ghi như N1, hoặc N1, N2."
            reading.refuse(sheet, "from", message)
    return tuple(found)
