"""What a job description (bản mô tả công việc) reads to and prints from."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from catalogue.domain.problems import Problem
from catalogue.domain.words import LabelledWord, TaskKind


class Section(LabelledWord):
    """The sections of the form in its own order, as people draft, return and compare them."""

    GENERAL = "general", "Thông tin chung"
    PURPOSE = "purpose", "1. Mục tiêu vị trí việc làm"
    DUTIES = "duties", "2. Các công việc và tiêu chí đánh giá"
    RELATIONS = "relations", "3. Các mối quan hệ trong công việc"
    AUTHORITY = "authority", "4. Phạm vi quyền hạn"
    QUALIFICATIONS = "qualifications", "5.1. Yêu cầu về trình độ, phẩm chất"
    COMPETENCIES = "competencies", "5.2. Yêu cầu về năng lực"


@dataclass(frozen=True, slots=True)
class Task:
    """One công việc cụ thể; product and criterion only where the form ties them to this task.

    `norm_minutes` is the norm time of one unit of its product. `goes_on_from` names the tasks of
    the position that this one continues: none where it is new, or where nothing was said of it.
    """

    text: str
    product: str | None = None
    criterion: str | None = None
    product_unit: str | None = None
    norm_minutes: int | None = None
    kind: TaskKind | None = None
    goes_on_from: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """One nhiệm vụ, mảng công việc with its tasks, criteria and products, all in printed order.

    Criteria and products stand here whether or not the form ties them to a single task. A duty
    printed without tasks is itself what people log against: it then has `goes_on_from` as a task.
    """

    no: str
    name: str
    tasks: tuple[Task, ...] = ()
    criteria: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    goes_on_from: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class OutsideRelation:
    """Whom outside the position deals with, and what for: one printed row, lines kept apart."""

    body: str
    nature: str | None


@dataclass(frozen=True, slots=True)
class Relations:
    """Who manages the position, whom it manages, with whom it works, inside and outside."""

    managed_by: tuple[str, ...] = ()
    manages: tuple[str, ...] = ()
    coordinates_in_unit: tuple[str, ...] = ()
    coordinates_with: tuple[str, ...] = ()
    outside: tuple[OutsideRelation, ...] = ()


@dataclass(frozen=True, slots=True)
class Authority:
    """One quyền hạn; `section` is the heading it stands under (leaders have two)."""

    no: str
    text: str
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """One competency asked for; both levels are None where the form leaves the cell blank."""

    group: str
    name: str
    level_min: int | None
    level_max: int | None


@dataclass(frozen=True, slots=True)
class Description:
    """One job description; every text is as printed, bullets without their dash.

    `particulars` are the box's labelled lines that have no field of their own; `preface` is what
    stands before the box (the annex's cover); `marks` say what the document is not (a specimen,
    unverified), so that no page shows it as more than it is.
    """

    name: str
    code: str | None = None
    purpose: str = ""
    starts: str = ""
    workplace: str = ""
    procedures: str = ""
    particulars: dict[str, str] = field(default_factory=dict)
    duties: tuple[Duty, ...] = ()
    relations: Relations = Relations()
    authority: tuple[Authority, ...] = ()
    qualifications: dict[str, tuple[str, ...]] = field(default_factory=dict)
    competencies: tuple[Requirement, ...] = ()
    marks: tuple[str, ...] = ()
    preface: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def as_json(description: Description) -> dict[str, Any]:
    """Lay a description out for JSON: plain texts to read, what hangs on them in lists beside.

    `task_results` runs parallel to `tasks`, `authority_places` to `authority`.
    """
    return asdict(description) | {
        "duties": [_duty_as_json(duty) for duty in description.duties],
        "authority": [item.text for item in description.authority],
        "authority_places": [
            {"no": item.no, "section": item.section} for item in description.authority
        ],
    }


def from_json(plain: Mapping[str, Any]) -> Description:
    """Rebuild the description that `as_json` laid out."""
    fields = dict(plain)
    places = fields.pop("authority_places")
    return Description(
        **fields
        | {
            "duties": tuple(map(_duty_from_json, plain["duties"])),
            "relations": _relations_from_json(plain["relations"]),
            "authority": tuple(
                Authority(text=text, **place)
                for text, place in zip(plain["authority"], places, strict=True)
            ),
            "qualifications": {
                label: tuple(lines) for label, lines in plain["qualifications"].items()
            },
            "competencies": tuple(Requirement(**item) for item in plain["competencies"]),
            "marks": tuple(plain["marks"]),
            "preface": tuple(plain["preface"]),
            "problems": tuple(Problem(**problem) for problem in plain["problems"]),
        }
    )


def _duty_as_json(duty: Duty) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "no": duty.no,
        "name": duty.name,
        "tasks": [task.text for task in duty.tasks],
        "criteria": list(duty.criteria),
        "products": list(duty.products),
        "task_results": [_results_as_json(task) for task in duty.tasks],
    }
    if duty.goes_on_from:
        plain["goes_on_from"] = list(duty.goes_on_from)
    return plain


def _results_as_json(task: Task) -> dict[str, Any]:
    """Lay out what hangs on a task; what few forms say stands there only where it is said."""
    results: dict[str, Any] = {"product": task.product, "criterion": task.criterion}
    if task.product_unit is not None:
        results["product_unit"] = task.product_unit
    if task.norm_minutes is not None:
        results["norm_minutes"] = task.norm_minutes
    if task.kind is not None:
        results["kind"] = task.kind.value
    if task.goes_on_from:
        results["goes_on_from"] = list(task.goes_on_from)
    return results


def _duty_from_json(plain: Mapping[str, Any]) -> Duty:
    return Duty(
        no=plain["no"],
        name=plain["name"],
        tasks=tuple(
            _task_from_json(text, results)
            for text, results in zip(plain["tasks"], plain["task_results"], strict=True)
        ),
        criteria=tuple(plain["criteria"]),
        products=tuple(plain["products"]),
        goes_on_from=tuple(plain.get("goes_on_from", ())),
    )


def _task_from_json(text: str, results: Mapping[str, Any]) -> Task:
    kind = results.get("kind")
    return Task(
        text=text,
        product=results["product"],
        criterion=results["criterion"],
        product_unit=results.get("product_unit"),
        norm_minutes=results.get("norm_minutes"),
        kind=None if kind is None else TaskKind.stored(kind),
        goes_on_from=tuple(results.get("goes_on_from", ())),
    )


def _relations_from_json(plain: Mapping[str, Any]) -> Relations:
    outside = tuple(OutsideRelation(**relation) for relation in plain["outside"])
    inside = {side: tuple(bodies) for side, bodies in plain.items() if side != "outside"}
    return Relations(**inside, outside=outside)
