"""One change of a framework: levels set, a competency added among its own, or taken out."""

from catalogue.domain.description import Requirement
from catalogue.domain.framework import Levels
from catalogue.domain.framework_edits import Edit, EditKind, edited, levels_of
from catalogue.domain.text import fold
from catalogue.domain.words import CompetencyGroup

ASKED = (
    Requirement("I. NHÓM NĂNG LỰC CHUNG", "Giao tiếp", 2, 3),
    Requirement("II. NHÓM NĂNG LỰC QUẢN LÝ", "Phát triển đội ngũ", 2, 3),
)


def edit(kind: EditKind, *names: str, group: CompetencyGroup | None = None) -> Edit:
    return Edit(kind, names[0], frozenset(map(fold, names)), group, Levels(3, 4))


def test_levels_are_set_under_any_name_of_the_competency_and_the_printed_name_stays() -> None:
    change = edit(EditKind.SET, "Phát triển nhân viên", "Phát triển đội ngũ")
    after = edited(ASKED, change)
    assert after == (ASKED[0], Requirement(ASKED[1].group, "Phát triển đội ngũ", 3, 4))
    assert levels_of(ASKED, change) == Levels(2, 3)


def test_a_competency_that_is_not_asked_for_is_neither_set_nor_taken_out() -> None:
    for kind in (EditKind.SET, EditKind.REMOVE):
        assert edited(ASKED, edit(kind, "Ra quyết định")) == ASKED


def test_an_added_competency_stands_last_among_those_of_its_group() -> None:
    change = edit(EditKind.ADD, "Quan hệ phối hợp", group=CompetencyGroup.GENERAL)
    assert edited(ASKED, change) == (
        ASKED[0],
        Requirement("I. NHÓM NĂNG LỰC CHUNG", "Quan hệ phối hợp", 3, 4),
        ASKED[1],
    )


def test_the_first_of_its_group_brings_its_heading() -> None:
    change = edit(EditKind.ADD, "Thẩm định", group=CompetencyGroup.PROFESSIONAL)
    assert edited(ASKED, change)[-1].group == "Nhóm năng lực chuyên môn"


def test_a_competency_is_not_added_twice() -> None:
    assert edited(ASKED, edit(EditKind.ADD, "Phát triển nhân viên", "Phát triển đội ngũ")) == ASKED


def test_a_competency_is_taken_out() -> None:
    assert edited(ASKED, edit(EditKind.REMOVE, "Giao tiếp")) == ASKED[1:]
