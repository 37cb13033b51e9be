"""Parts of pages that are drawn once for all who are shown the same."""

from flask import Flask
from markupsafe import Markup

from catalogue.blueprints import drawn

CHOICE = ("nhom", "Nhóm", (("a", "Lãnh đạo <chung>"), ("b", "Nghiệp vụ")))


def test_the_same_values_are_drawn_once_and_others_anew(app: Flask) -> None:
    choice = drawn.once("macros/forms.html", "choice")
    with app.app_context():
        none, first = choice(*CHOICE, None), choice(*CHOICE, "a")

        assert choice(*CHOICE, "a") is first
        assert "selected" in first
        assert "selected" not in none


def test_what_people_wrote_is_escaped_before_it_is_remembered(app: Flask) -> None:
    choice = drawn.once("macros/forms.html", "choice")
    with app.app_context():
        all_of_it = drawn.rows(choice, [(*CHOICE, None), (*CHOICE, "b")])

    assert isinstance(all_of_it, Markup)
    assert all_of_it.count("Lãnh đạo &lt;chung&gt;") == 2
    assert "<chung>" not in all_of_it


def test_what_equals_something_drawn_is_still_escaped(app: Flask) -> None:
    choice = drawn.once("macros/forms.html", "choice")
    with app.app_context():
        trusted = choice("nhom", Markup("<b>Nhóm</b>"), (), None)
        typed = choice("nhom", "<b>Nhóm</b>", (), None)

    assert "<b>Nhóm</b>" in trusted
    assert "<b>" not in typed
