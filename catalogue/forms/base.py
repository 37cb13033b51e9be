"""The base of all forms, and the fields that read what people type into values."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Generic, TypeVar

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from catalogue.domain.days import parse_day
from catalogue.domain.diary import checked_text
from catalogue.domain.errors import Invalid

T = TypeVar("T")
_KEY = re.compile(r"[1-9][0-9]{0,8}")


class Form(FlaskForm):  # type: ignore[misc]
    """A form that can also show what a rule refused."""

    def refuse(self, refusal: Invalid) -> None:
        """Show a refusal beside its field, or above the form where it names none."""
        field = self._fields.get(refusal.field or "")
        if field is None:
            self.form_errors.append(str(refusal))
        else:
            field.errors = [*field.errors, str(refusal)]

    @property
    def refusals(self) -> list[tuple[str | None, str]]:
        """List every error with the field that it belongs to, in the form's order."""
        own = [(None, message) for message in self.form_errors]
        return own + [
            (field.id, message) for field in self._fields.values() for message in field.errors
        ]

    def unexpected(self, sent: list[str]) -> list[str]:
        """List the names that were sent and that the form does not know."""
        return sorted(set(sent) - self._fields.keys() - {"csrf_token"})


class ReadField(StringField, Generic[T]):
    """A text that is read into a value; what was typed stays on the page."""

    def __init__(
        self, label: str, read: Callable[[str], T], *, required: bool = False, **kwargs: object
    ) -> None:
        super().__init__(label, **kwargs)  # type: ignore[arg-type]
        self.read = read
        self.required = required
        self.value: T | None = None

    def pre_validate(self, form: BaseForm) -> None:
        del form
        try:
            self.value = self.read(self.data or "")
        except Invalid as refusal:
            raise StopValidation(str(refusal)) from None


def text_reader(field: str, label: str) -> Callable[[str], str]:
    """Give the reader of a free text, cleaned and within its limit."""
    return partial(checked_text, field=field, label=label)


def key(text: str, *, message: str) -> int:
    """Read the identifier of something chosen from a list."""
    if not _KEY.fullmatch(text):
        raise Invalid(message)
    return int(text)


def count(text: str, *, label: str) -> int | None:
    """Read a whole number of things, or none at all."""
    if not text.strip():
        return None
    return key(text.strip(), message=f"{label}: hãy ghi số nguyên lớn hơn 0, hoặc để trống.")


def day(text: str, *, label: str) -> date | None:
    """Read a day as browsers send it or as people write it, or none at all."""
    if not text.strip():
        return None
    return parse_day(text, label=label)
