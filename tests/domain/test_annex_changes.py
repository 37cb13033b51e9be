"""Two readings of one list: what came, what went, what reads otherwise."""

from catalogue.domain.annex_changes import Change, ChangeKind, Difference, Line, compare


def line(name: str, code: str | None = None, headcount: int | None = None) -> Line:
    return Line(name, "Nghiệp vụ chuyên ngành", "Chuyên viên", code, headcount)


def differing(former: list[Line], newer: list[Line]) -> list[Change]:
    return [each for each in compare(former, newer) if each.kind is not ChangeKind.UNCHANGED]


def test_the_same_list_in_another_order_has_no_changes() -> None:
    one, other = line("Văn thư", "VT-01"), line("Lưu trữ", "VT-02")

    assert differing([one, other], [other, one]) == []


def test_lines_that_only_one_list_has_came_or_went() -> None:
    kept, gone, fresh = line("Văn thư"), line("Lái xe"), line("Lưu trữ")

    assert differing([kept, gone], [kept, fresh]) == [
        Change(ChangeKind.ADDED, fresh),
        Change(ChangeKind.REMOVED, gone),
    ]


def test_a_line_is_known_again_by_its_code_under_another_name() -> None:
    before, after = line("Tham mưu tổng hợp", "VT-1"), line("Chuyên viên tổng hợp", "VT-01")

    (change,) = compare([before], [after])

    assert (change.kind, change.line) == (ChangeKind.CHANGED, after)
    assert [each.label for each in change.differences] == ["Tên", "Mã"]


def test_a_line_is_known_again_by_its_name_under_another_code() -> None:
    before, after = line("Văn thư", "VT-01"), line("VĂN THƯ", "HT-07")

    (change,) = compare([before], [after])

    assert change.differences[1] == Difference("Mã", "VT-01", "HT-07")


def test_a_name_is_surer_than_a_code_that_another_line_has_taken_over() -> None:
    former = [line("Văn thư", "VT-01"), line("Lưu trữ", "VT-02")]

    changes = compare(former, [line("Lưu trữ", "VT-01")])

    assert [(each.kind, each.line.name) for each in changes] == [
        (ChangeKind.CHANGED, "Lưu trữ"),
        (ChangeKind.REMOVED, "Văn thư"),
    ]


def test_equal_names_are_told_apart_by_their_codes() -> None:
    first, second = line("Chuyên viên", "VT-01", 1), line("Chuyên viên", "VT-02", 2)
    changed = line("Chuyên viên", "VT-02", 3)

    assert differing([first, second], [changed, first]) == [
        Change(ChangeKind.CHANGED, changed, (Difference("Biên chế", "2", "3"),))
    ]


def test_a_line_printed_twice_that_is_now_printed_once_has_gone_once() -> None:
    twice = line("Phục vụ")

    assert differing([twice, twice], [twice]) == [Change(ChangeKind.REMOVED, twice)]
