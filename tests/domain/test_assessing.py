"""Who may assess whom, what is proposed, and what an assessment's fingerprint gives away."""

import pytest

from catalogue.domain.assessing import (
    Assessors,
    Words,
    fingerprint,
    gap,
    level_name,
    proposed,
)
from catalogue.domain.states import (
    AssessmentMove,
    AssessmentState,
    MoveNotAllowed,
    assessment_after,
)

PROVINCE, DISTRICT, OFFICE = 1, 2, 3
TOP, CHIEF, DEPUTY, STAFF, ORGANISER, OTHER = 10, 20, 30, 40, 50, 60
ASSESSORS = Assessors(
    above={PROVINCE: None, DISTRICT: PROVINCE, OFFICE: DISTRICT},
    heads={DISTRICT: {TOP}, OFFICE: {CHIEF, DEPUTY}},
    organisers={None: {ORGANISER, OTHER}},
)


def test_staff_are_assessed_by_the_heads_of_their_unit_and_of_those_above() -> None:
    assert ASSESSORS.of(STAFF, OFFICE) == {CHIEF, DEPUTY, TOP}


def test_a_head_is_assessed_from_above_and_not_by_another_head_beside() -> None:
    assert ASSESSORS.of(CHIEF, OFFICE) == {TOP}


def test_where_nobody_stands_above_organisers_assess_but_never_themselves() -> None:
    assert ASSESSORS.of(TOP, DISTRICT) == {ORGANISER, OTHER}
    assert ASSESSORS.of(ORGANISER, PROVINCE) == {OTHER}


def test_a_head_of_a_district_who_works_in_its_office_is_not_assessed_by_the_office() -> None:
    assert ASSESSORS.of(TOP, OFFICE) == {ORGANISER, OTHER}


@pytest.mark.parametrize(
    ("level_min", "agreed", "expected"), [(3, 1, 2), (2, 4, -2), (None, 3, None), (3, None, None)]
)
def test_a_gap_is_what_is_lacking(
    level_min: int | None, agreed: int | None, expected: int | None
) -> None:
    assert gap(level_min, agreed) == expected


def test_only_what_both_sides_said_alike_is_proposed() -> None:
    assert proposed(3, 3) == 3
    assert proposed(3, 2) is None


def test_level_zero_says_that_not_even_the_first_is_reached() -> None:
    assert [level_name(level) for level in (None, 0, 4)] == ["–", "Chưa đạt cấp 1", "Cấp 4"]


def test_the_holder_cannot_tell_from_the_fingerprint_what_the_head_has_begun_to_write() -> None:
    state = AssessmentState.SELF_SAID
    before, after = Words(1, 3, "", None, ""), Words(1, 3, "", 2, "Cần thêm")
    own, head = AssessmentMove.SAY_SELF, AssessmentMove.SAY_HEAD
    assert fingerprint(state, own, [before]) == fingerprint(state, own, [after])
    assert fingerprint(state, head, [before]) != fingerprint(state, head, [after])


def test_nothing_moves_a_confirmed_assessment() -> None:
    for move in AssessmentMove:
        with pytest.raises(MoveNotAllowed, match="Đã xác nhận"):
            assessment_after(AssessmentState.CONFIRMED, move)
