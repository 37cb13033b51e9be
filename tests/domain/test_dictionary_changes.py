"""What a new dictionary says otherwise: added, changed, blank, gone."""

from catalogue.domain.competency import Dictionary, DictionaryEntry
from catalogue.domain.dictionary_changes import Change, LevelChange, changes

FORMER = {
    ("giao tiep", 1): ("Giao tiếp", "Nghe rõ"),
    ("giao tiep", 2): ("Giao tiếp", "Nói rõ"),
    ("giao tiep", 3): ("Giao tiếp", None),
    ("ngoai ngu", 1): ("Ngoại ngữ", "Chào hỏi"),
}


def test_every_level_that_differs_is_named_with_both_texts() -> None:
    levels = {1: "Nghe rõ", 2: None, 3: "Viết rõ"}
    read = Dictionary(
        "Mới",
        (
            DictionaryEntry("Chung", "Giao tiếp", levels),
            DictionaryEntry("Chung", "Tin học", {1: "Dùng máy"}),
        ),
    )
    assert changes(FORMER, read) == [
        Change(LevelChange.BLANK, "Giao tiếp", 2, "Nói rõ", ""),
        Change(LevelChange.ADDED, "Giao tiếp", 3, "", "Viết rõ"),
        Change(LevelChange.ADDED, "Tin học", 1, "", "Dùng máy"),
        Change(LevelChange.GONE, "Ngoại ngữ", 1, "Chào hỏi", ""),
    ]


def test_another_wording_is_a_change() -> None:
    read = Dictionary("Mới", (DictionaryEntry("Chung", "Giao tiếp", {1: "Nghe kỹ"}),))
    (change,) = [each for each in changes(FORMER, read) if each.kind is LevelChange.CHANGED]
    assert (change.before, change.after) == ("Nghe rõ", "Nghe kỹ")
