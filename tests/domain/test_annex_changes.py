"""Two readings of one list: what came, what went, what reads otherwise."""

from catalogue.domain.annex_changes import Changes, Line, compare


def line(name: str, code: str | None = None, headcount: int | None = None) -> Line:
    return Line(name, "Nghiệp vụ chuyên ngành", "Chuyên viên", code, headcount)


def test_the_same_list_in_another_order_has_no_changes() -> None:
    one, other = line("Văn thư", "VT-01"), line("Lưu trữ", "VT-02")

    assert not compare([one, other], [other, one])


def test_lines_that_only_one_list_has_came_or_went() -> None:
    kept, gone, fresh = line("Văn thư"), line("Lái xe"), line("Lưu trữ")

    assert compare([kept, gone], [kept, fresh]) == Changes(came=(fresh,), went=(gone,))


def test_a_line_is_known_again_by_its_code_under_another_name() -> None:
    before, after = line("Tham mưu tổng hợp", "VT-1"), line("Chuyên viên tổng hợp", "VT-01")

    assert compare([before], [after]) == Changes(reworded=((before, after),))


def test_a_line_is_known_again_by_its_name_under_another_code() -> None:
    before, after = line("Văn thư", "VT-01"), line("VĂN THƯ", "HT-07")

    assert compare([before], [after]) == Changes(reworded=((before, after),))


def test_equal_names_are_told_apart_by_their_codes() -> None:
    first, second = line("Chuyên viên", "VT-01", 1), line("Chuyên viên", "VT-02", 2)
    changed = line("Chuyên viên", "VT-02", 3)

    assert compare([first, second], [changed, first]) == Changes(reworded=((second, changed),))


def test_a_line_printed_twice_that_is_now_printed_once_has_gone_once() -> None:
    twice = line("Phục vụ")

    assert compare([twice, twice], [twice]) == Changes(went=(twice,))
