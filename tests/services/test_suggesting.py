"""Two lists are related by what they say: each line once, each with its score and its reason."""

from catalogue.domain.matching import Entry, Suggestion
from catalogue.domain.reviewing import MatchKind
from catalogue.domain.words import PositionGroup
from catalogue.services import suggesting


def entry(
    key: int,
    name: str,
    *,
    code: str | None = None,
    group: PositionGroup = PositionGroup.SPECIALIST,
    rank: str | None = "Chuyên viên",
) -> Entry:
    return Entry(key, key, name, group, rank, code, code, None, "")


def own(*names: str) -> list[Entry]:
    return [entry(key, name) for key, name in enumerate(names, start=1)]


def rows(*names: str) -> list[Entry]:
    return [entry(key, name) for key, name in enumerate(names, start=101)]


def said(suggestions: list[Suggestion]) -> list[tuple[MatchKind, list[str], list[str]]]:
    return [
        (each.kind, [one.name for one in each.own], [one.name for one in each.rows])
        for each in suggestions
    ]


def test_equal_names_are_the_same_and_near_ones_renamed() -> None:
    found = suggesting.suggest(
        own("Chánh Văn phòng", "Chuyên viên quản trị mạng"),
        rows("Chánh văn phòng", "Chuyên viên về quản trị mạng"),
    )
    assert said(found) == [
        (MatchKind.SAME, ["Chánh Văn phòng"], ["Chánh văn phòng"]),
        (MatchKind.RENAMED, ["Chuyên viên quản trị mạng"], ["Chuyên viên về quản trị mạng"]),
    ]


def test_positions_that_together_say_a_row_are_proposed_as_a_merge() -> None:
    found = suggesting.suggest(
        own("Chuyên viên văn thư", "Chuyên viên lưu trữ", "Lái xe"),
        rows("Chuyên viên về văn thư, lưu trữ"),
    )
    assert said(found) == [
        (
            MatchKind.MERGED,
            ["Chuyên viên văn thư", "Chuyên viên lưu trữ"],
            ["Chuyên viên về văn thư, lưu trữ"],
        ),
        (MatchKind.LOCAL, ["Lái xe"], []),
    ]
    assert "2 vị trí và 1 dòng" in found[0].reason


def test_a_position_that_rows_say_between_them_is_proposed_as_a_split() -> None:
    found = suggesting.suggest(
        own("Chuyên viên tổng hợp, đối ngoại"),
        rows("Chuyên viên tổng hợp", "Chuyên viên đối ngoại", "Kế toán trưởng"),
    )
    assert [each.kind for each in found] == [MatchKind.SPLIT, MatchKind.MISSING]
    assert len(found[0].rows) == 2


def test_what_one_position_says_by_itself_is_a_new_name_and_no_merge() -> None:
    found = suggesting.suggest(
        own("Chuyên viên dân vận vùng ven", "Chuyên viên văn thư vùng ven", "Chuyên viên dân vận"),
        rows("Chuyên viên về dân vận vùng ven"),
    )
    assert said(found)[0] == (
        MatchKind.RENAMED,
        ["Chuyên viên dân vận vùng ven"],
        ["Chuyên viên về dân vận vùng ven"],
    )


def test_two_positions_of_one_name_before_one_row_wait_for_a_person() -> None:
    found = suggesting.suggest(own("Lái xe", "Lái xe"), rows("Lái xe"))
    assert [(each.kind, len(each.own)) for each in found] == [(MatchKind.MERGED, 2)]


def test_a_name_near_a_pair_is_one_more_part_of_it() -> None:
    found = suggesting.suggest(
        own(
            "Chuyên viên theo dõi báo cáo thống kê đảng viên",
            "Chuyên viên theo dõi các báo cáo thống kê đảng viên",
        ),
        rows("Chuyên viên về theo dõi báo cáo thống kê đảng viên"),
    )
    assert [(each.kind, len(each.own)) for each in found] == [(MatchKind.MERGED, 2)]


def test_a_part_of_another_group_is_not_merged() -> None:
    found = suggesting.suggest(
        [
            entry(1, "Chuyên viên văn thư", group=PositionGroup.SHARED),
            entry(2, "Chuyên viên lưu trữ"),
        ],
        rows("Chuyên viên về văn thư, lưu trữ"),
    )
    assert MatchKind.MERGED not in {each.kind for each in found}


def test_full_score_means_that_nothing_known_differs() -> None:
    first = entry(1, "Lái xe", code="HT-1")
    score, reason = suggesting.judge((first,), (entry(101, "Lái xe", code="HT-1"),))
    assert (score, reason) == (100, "cùng tên, cùng mã, cùng nhóm, cùng ngạch")
    for other in (
        entry(101, "Lái xe", code="HT-2"),
        entry(101, "Lái xe", code="HT-1", rank="Nhân viên"),
        entry(101, "Lái xe", code="HT-1", group=PositionGroup.SUPPORT),
        entry(101, "Lái xẻ", code="HT-1"),
    ):
        score, reason = suggesting.judge((first,), (other,))
        assert 85 < score < 100
        assert "khác" in reason
    score, _ = suggesting.judge((first,), (entry(101, "Lái xe", rank=None),))
    assert score == 100


def test_every_line_stands_in_exactly_one_proposal() -> None:
    names = [f"Chuyên viên tham mưu lĩnh vực {n % 7} địa bàn {n % 11}" for n in range(60)]
    mine, theirs = own(*names), rows(*(name.replace("tham mưu", "về") for name in names[10:]))
    found = suggesting.suggest(mine, theirs)
    assert sorted(one.key for each in found for one in each.own) == [one.key for one in mine]
    assert sorted(one.key for each in found for one in each.rows) == [one.key for one in theirs]


def test_the_order_is_the_decisions_and_local_positions_come_last() -> None:
    found = suggesting.suggest(own("Lái xe", "Kế toán"), rows("Thủ quỹ", "Kế toán"))
    assert [each.kind for each in found] == [MatchKind.MISSING, MatchKind.SAME, MatchKind.LOCAL]
