"""Quorum and dispute are reckoned in whole votes."""

from datetime import date

import pytest

from catalogue.domain.errors import Invalid
from catalogue.domain.scans import media_type
from catalogue.domain.voting import Minutes, Result, Rule, Tally, fewest

MORE_THAN_HALF = Rule(50, 50, more_than=True)
NAMES = {1: "mục 1 «Chánh Văn phòng»", 2: "mục 2 «Văn thư»"}
BOTH_AGREED = {1: Tally(agree=2), 2: Tally(agree=2)}


@pytest.mark.parametrize(
    ("voters", "percent", "more_than", "expected"),
    [
        (3, 50, True, 2),
        (4, 50, True, 3),
        (4, 50, False, 2),
        (5, 50, False, 3),
        (15, 66, False, 10),
        (3, 100, True, 3),
        (3, 100, False, 3),
        (3, 0, False, 1),
        (0, 50, True, 1),
    ],
)
def test_a_share_is_the_fewest_whole_votes_that_make_it_up(
    voters: int,
    percent: int,
    more_than: bool,  # noqa: FBT001 (a case of the table)
    expected: int,
) -> None:
    assert fewest(voters, percent, more_than=more_than) == expected


def test_nothing_is_missing_where_enough_agree_on_everything() -> None:
    result = Result(3, MORE_THAN_HALF, ballots=2, tallies=BOTH_AGREED)

    assert result.quorate
    assert result.missing(NAMES) == []


def test_too_few_ballots_are_told_with_how_many_are_needed() -> None:
    one = Result(3, MORE_THAN_HALF, ballots=1, tallies={1: Tally(agree=1), 2: Tally(agree=1)})

    (missing,) = one.missing(NAMES)

    assert missing.startswith("mới có 1 phiếu được tính, cần ít nhất 2 trên 3 người biểu quyết")


@pytest.mark.parametrize("objection", [Tally(agree=2, disagree=1), Tally(agree=2, agree_amended=1)])
def test_one_objection_disputes_an_item_until_it_is_ruled_on(objection: Tally) -> None:
    tallies = BOTH_AGREED | {2: objection}
    result = Result(3, MORE_THAN_HALF, ballots=3, tallies=tallies)

    assert (result.disputed(1), result.disputed(2)) == (False, True)
    assert result.missing(NAMES) == ["chưa kết luận 1 mục còn ý kiến khác: mục 2 «Văn thư»"]
    ruled = Result(3, MORE_THAN_HALF, ballots=3, tallies=tallies, ruled=frozenset({2}))
    assert ruled.missing(NAMES) == []


def test_a_larger_share_that_must_agree_than_must_answer_disputes_what_falls_short() -> None:
    result = Result(5, Rule(50, 80, more_than=False), ballots=3, tallies={1: Tally(agree=3)})

    assert result.quorate
    assert result.disputed(1)


def test_a_meeting_decides_by_those_present_and_its_counts() -> None:
    minutes = Minutes(date(2024, 4, 9), 3, {1: Tally(agree=2), 2: Tally(agree=1, disagree=1)})
    result = Result(3, MORE_THAN_HALF, meeting=minutes)

    assert result.quorate
    assert (result.disputed(1), result.disputed(2)) == (False, True)


def test_a_ballots_objection_stands_beside_a_meeting() -> None:
    minutes = Minutes(date(2024, 4, 9), 3, BOTH_AGREED)
    result = Result(3, MORE_THAN_HALF, tallies={1: Tally(disagree=1)}, meeting=minutes)

    assert (result.disputed(1), result.disputed(2)) == (True, False)


def test_without_a_rule_nothing_can_be_decided() -> None:
    result = Result(3, None, ballots=3, tallies=BOTH_AGREED)

    assert not result.quorate
    assert result.missing(NAMES) == ["chưa có quy tắc biểu quyết nào đang hiệu lực cho bước này"]


def test_many_open_items_are_named_in_part_and_counted() -> None:
    names = {key: f"mục {key}" for key in range(1, 12)}
    tallies = dict.fromkeys(names, Tally(agree=1, disagree=1))

    (missing,) = Result(3, MORE_THAN_HALF, ballots=2, tallies=tallies).missing(names)

    assert missing.startswith("chưa kết luận 11 mục còn ý kiến khác: mục 1; mục 2;")
    assert missing.endswith("mục 8; và 3 mục nữa")


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
    ],
)
def test_a_scan_is_known_by_its_first_bytes(start: bytes, kind: str) -> None:
    assert media_type(start + b"...") == kind


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<svg onload=alert(1)>", b"GIF89a %PDF-"])
def test_anything_else_is_no_scan(content: bytes) -> None:
    with pytest.raises(Invalid, match="chỉ nhận PDF, JPG hoặc PNG"):
        media_type(content)
