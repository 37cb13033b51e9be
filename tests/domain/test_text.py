"""Text: one form on entry, one folding for search, one key for codes, one order for names."""

import pytest

from catalogue.domain.text import clean, code_key, fold, forbidden_character, sort_key


def test_decomposed_text_becomes_composed() -> None:
    assert clean("Chuyên viên") == "Chuyên viên"


def test_what_word_pastes_unseen_is_dropped_and_soft_breaks_become_lines() -> None:
    assert clean("\ufeffVăn\u00a0phòng\u200b\vTỉnh  ủy ") == "Văn phòng\nTỉnh ủy"


@pytest.mark.parametrize(
    "typed", ["chuyen vien tham muu", "CHUYÊN VIÊN THAM MƯU", "Chuyên viên, tham mưu"]
)
def test_search_ignores_marks_case_and_punctuation(typed: str) -> None:
    assert fold(typed) == "chuyen vien tham muu"


@pytest.mark.parametrize("letter", ["đ", "Đ", "Ð", "Ɖ"])
def test_every_crossed_d_folds_to_d(letter: str) -> None:
    assert fold(f"{letter}oàn") == "doan"


def test_codes_match_however_they_are_spaced_or_padded() -> None:
    assert code_key("TP -HTPV-02") == code_key("TP-HTPV-2") == "tp-htpv-2"
    assert code_key("III.1") == code_key("III.01")
    assert code_key("II.10") != code_key("II.1")


@pytest.mark.parametrize(("text", "found"), [("a\x00b", (2, "U+0000")), ("\u202ea", (1, "U+202E"))])
def test_control_and_bidirectional_characters_are_found_by_place_and_code(
    text: str, found: tuple[int, str]
) -> None:
    assert forbidden_character(text) == found


def test_people_are_ordered_by_given_name_then_letters_then_tones() -> None:
    names = [
        "Trần Văn Ước",
        "Lê Thị An",
        "Nguyễn Văn Ân",
        "Phạm Ánh",
        "Đỗ Đức",
        "Danh Dũng",
        "Y Blôk Ê-ban",
    ]
    assert sorted(names, key=sort_key) == [
        "Lê Thị An",
        "Phạm Ánh",
        "Nguyễn Văn Ân",
        "Danh Dũng",
        "Đỗ Đức",
        "Y Blôk Ê-ban",
        "Trần Văn Ước",
    ]
