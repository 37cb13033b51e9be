"""Positions and templates put together into job descriptions, one for every position."""

from collections.abc import Iterator, Sequence
from typing import Any

from catalogue.domain.description import (
    Authority,
    Description,
    Duty,
    OutsideRelation,
    Relations,
    Requirement,
    Task,
)
from seed.btctw_2752_2765.making.source import Position, PositionList, Reference
from seed.btctw_2752_2765.making.templates import competency_set, function, template

SUPERIORS = {
    "tỉnh": "Ban Thường vụ Tỉnh ủy, Thường trực Tỉnh ủy",
    "huyện": "Ban Thường vụ, Thường trực cấp ủy huyện",
}


def descriptions(source: PositionList, reference: Reference) -> list[Description]:
    """Describe every position of a list, in its order."""
    return [_Filling(source, reference, position).description() for position in source.positions()]


class _Filling:
    """One position's template being filled in."""

    def __init__(self, source: PositionList, reference: Reference, position: Position) -> None:
        self.source, self.reference, self.position = source, reference, position
        self.plain = template(position.template)
        self.words = {
            "agency": source.agency_name,
            "superior": SUPERIORS[source.level],
            "field": position.field,
            "ranks": "; ".join(position.ranks),
        }

    def description(self) -> Description:
        """Give the whole description; its code only where the list itself prints codes."""
        coded = any(column.key == "code" for column in self.source.layout.columns)
        return Description(
            name=self.position.name,
            code=self.position.code if coded else None,
            purpose=self._say(self.plain["purpose"]),
            starts=f"Từ ngày {self.reference.in_force_from:%d/%m/%Y}",
            workplace=self.source.agency_name,
            procedures=self._say(self.plain["procedures"]),
            duties=tuple(self._duties()),
            relations=self._relations(),
            authority=tuple(self._authority()),
            qualifications={
                label: self._all(lines) for label, lines in self.plain["qualifications"].items()
            },
            competencies=tuple(self._competencies()),
            marks=(self.reference.mark, self.reference.description_mark),
        )

    def _say(self, text: str) -> str:
        return text.format(**self.words)

    def _all(self, texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(map(self._say, texts))

    def _duties(self) -> Iterator[Duty]:
        for number, duty in enumerate(self.plain["duties"], start=1):
            own = function(self.position.function)["tasks"] if duty.get("function") else []
            tasks = tuple(self._task(task) for task in (*own, *duty["tasks"]))
            tied = (task.criterion for task in tasks if task.criterion)
            yield Duty(
                no=f"2.{number}",
                name=duty["name"],
                tasks=tasks,
                criteria=(*tied, *self._all(duty.get("criteria", ()))),
                products=tuple(task.product for task in tasks if task.product),
            )

    def _task(self, task: dict[str, str]) -> Task:
        product = task.get("product")
        if product:
            product = f"{product} (đơn vị tính: {task['unit']})"
        return Task(self._say(task["text"]), product, task.get("criterion"))

    def _relations(self) -> Relations:
        inside = {
            side: self._all(bodies)
            for side, bodies in self.plain["relations"].items()
            if side != "outside"
        }
        outside = (
            self.plain["relations"].get("outside") or function(self.position.function)["outside"]
        )
        return Relations(**inside, outside=tuple(OutsideRelation(**each) for each in outside))

    def _authority(self) -> Iterator[Authority]:
        number = 0
        for part in self.plain["authority"]:
            for power in part["powers"]:
                number += 1
                yield Authority(f"4.{number}", self._say(power), part.get("section"))

    def _competencies(self) -> Iterator[Requirement]:
        own: list[dict[str, Any]] = self.plain.get("extra_competencies", [])
        for group, asked in competency_set(self.plain["competencies"]).items():
            for item in (*asked, *(extra for extra in own if extra["group"] == group)):
                yield Requirement(group, item["name"], *item["levels"])
