"""What people paste from Word and from sheets becomes tasks, line by line and column by column."""

import pytest

from catalogue.domain.pasting import PastedTask, kind_of, tasks
from catalogue.domain.words import TaskKind


@pytest.mark.parametrize(
    "line",
    [
        "Soạn báo cáo",
        "- Soạn báo cáo",
        "-Soạn báo cáo",
        "•\tSoạn báo cáo",
        "+ Soạn báo cáo",
        "1. Soạn báo cáo",
        "1.Soạn báo cáo",
        "2.1. Soạn báo cáo",
        "a) Soạn báo cáo",
        "đ) Soạn báo cáo",
        "12\tSoạn báo cáo",
        "o\tSoạn báo cáo",
        "  Soạn   báo cáo ",
    ],
)
def test_marks_of_lists_are_no_part_of_a_task(line: str) -> None:
    assert tasks(line) == [PastedTask("Soạn báo cáo")]


@pytest.mark.parametrize(
    "line", ["1.5 triệu lượt truy cập", "ông A trình bày", "Ủy ban", "2 ca trực"]
)
def test_words_that_look_like_a_mark_stay(line: str) -> None:
    assert tasks(line) == [PastedTask(line)]


def test_tabs_part_columns_and_blank_lines_are_left_out() -> None:
    pasted = (
        "Soạn báo cáo\tBáo cáo\tvăn bản\tĐúng hạn\t90p\tLàm ra sản phẩm\r\n\r\nHọp\t\t\t\t\thọp\n"
    )
    assert tasks(pasted) == [
        PastedTask("Soạn báo cáo", "Báo cáo", "văn bản", "Đúng hạn", "90p", "Làm ra sản phẩm"),
        PastedTask("Họp", kind="họp"),
    ]


def test_a_cell_of_a_sheet_keeps_its_breaks_and_its_quotes() -> None:
    pasted = '"Soạn:\n- báo cáo ""tuần""\n- tờ trình"\tVăn bản\nHọp'
    assert tasks(pasted) == [
        PastedTask('Soạn:\n- báo cáo "tuần"\n- tờ trình', "Văn bản"),
        PastedTask("Họp"),
    ]


def test_quotes_of_words_are_kept_and_swallow_nothing() -> None:
    lines = ['"Ngày chủ nhật xanh"', '"Dân vận khéo" ở cơ sở', "Chương trình “Áo ấm”", 'Cỡ 5"']
    assert [task.text for task in tasks("\n".join(lines))] == lines


def test_a_soft_break_of_word_stays_inside_its_item() -> None:
    assert tasks("Soạn\vbáo cáo\nHọp") == [PastedTask("Soạn\nbáo cáo"), PastedTask("Họp")]


def test_more_columns_than_known_are_seen_in_the_last_one() -> None:
    assert tasks("a b\t1\t2\t3\t4\t5\t6")[0].kind == "5 6"


def test_kinds_are_known_by_their_label_without_marks() -> None:
    assert [kind_of(text) for text in ("TRUC", "đi cơ sở", "hội nghị")] == [
        TaskKind.DUTY,
        TaskKind.FIELD,
        None,
    ]
