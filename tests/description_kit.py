"""Job descriptions made up at random, to be printed and read back."""

from collections.abc import Iterator
from itertools import count
from random import Random

from catalogue.domain.description import (
    Authority,
    Description,
    Duty,
    OutsideRelation,
    Relations,
    Requirement,
    Task,
)

GROUPS = ("Nhóm năng lực chung", "Nhóm năng lực chuyên môn", "Nhóm năng lực quản lý")
LABELS = (
    "Trình độ đào tạo",
    "Bồi dưỡng, chứng chỉ",
    "Kinh nghiệm (thành tích công tác)",
    "Phẩm chất cá nhân",
    "Kỹ năng",
    "Các yêu cầu khác",
)
SECTIONS = (
    "I. Thẩm quyền ra quyết định trong công tác chuyên môn, nghiệp vụ",
    "II. Thẩm quyền trong quản lý cán bộ, công chức",
)


class Maker:
    """Makes up descriptions; every text carries a number of its own, so that none hides another."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._serials = count(1001)

    def text(self, about: str) -> str:
        return f"{about} số {next(self._serials)}"

    def texts(self, about: str, least: int, most: int) -> tuple[str, ...]:
        return tuple(self.text(about) for _ in range(self.random.randint(least, most)))

    def description(self) -> Description:
        """Make up one description as the form's first two sections and the rest allow."""
        leads = self.random.random() < 0.5
        return Description(
            name=self.text("Chuyên viên về lĩnh vực"),
            code=f"TP -NVCN-{next(self._serials)}",
            purpose="\n".join(self.texts("Tham mưu, giúp việc về mục tiêu", 1, 2)),
            starts=self.text("Kể từ ngày quyết định có hiệu lực"),
            workplace=self.text("Trụ sở cơ quan"),
            procedures=self.text("Căn cứ quy định hiện hành"),
            duties=tuple(self.duty(f"2.{no}") for no in range(1, self.random.randint(2, 9))),
            relations=self.relations(leads=leads),
            authority=tuple(self.authority(leads=leads)),
            qualifications={
                label: self.texts("Đáp ứng yêu cầu", 1, 3)
                for label in LABELS[: self.random.randint(2, len(LABELS))]
            },
            competencies=tuple(self.requirements()),
        )

    def duty(self, no: str) -> Duty:
        """Make up a duty whose single task owns its criteria, or whose tasks share them."""
        tasks = self.texts("Thực hiện công việc", 0, 4)
        criteria = self.texts("Hoàn thành đúng yêu cầu", 1, 3) if tasks else ()
        if len(tasks) == len(criteria) > 1:
            criteria = criteria[:-1]
        name = self.text("Nhiệm vụ thuộc mảng")
        tied = "\n".join(criteria) if len(tasks) == 1 else None
        return Duty(no, name, tuple(Task(text, None, tied) for text in tasks), criteria)

    def relations(self, *, leads: bool) -> Relations:
        outside = (
            OutsideRelation(self.text("Cơ quan cấp trên"), self.text("Trao đổi, báo cáo việc"))
            for _ in range(self.random.randint(1, 4))
        )
        return Relations(
            managed_by=self.texts("Lãnh đạo phòng", 1, 2),
            manages=self.texts("Công chức của phòng", 1, 2) if leads else (),
            coordinates_in_unit=() if leads else self.texts("Đồng nghiệp ở tổ", 1, 2),
            coordinates_with=self.texts("Đơn vị bạn", 1, 3),
            outside=tuple(outside),
        )

    def authority(self, *, leads: bool) -> Iterator[Authority]:
        numbers = count(1)
        for section in SECTIONS if leads else (None,):
            for _ in range(self.random.randint(1, 3)):
                yield Authority(f"4.{next(numbers)}", self.text("Được quyết định việc"), section)

    def requirements(self) -> Iterator[Requirement]:
        for group in GROUPS[: self.random.randint(1, 3)]:
            for _ in range(self.random.randint(1, 4)):
                low = self.random.choice((None, 1, 2, 3))
                high = low and low + self.random.choice((0, 1))
                yield Requirement(group, self.text("Năng lực giải quyết"), low, high)
