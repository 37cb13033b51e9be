"""The forms of the board: a question about a line, and its answer."""

from functools import partial

from catalogue.domain.diary import checked_text
from catalogue.domain.limits import NAME_CHARACTERS
from catalogue.forms.base import Form, ReadField


class WordsForm(Form):
    """A few sentences."""

    text = ReadField(
        "Nội dung",
        partial(checked_text, field="text", label="Nội dung", limit=NAME_CHARACTERS),
    )
