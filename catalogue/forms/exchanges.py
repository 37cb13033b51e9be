"""The forms by which an exchanged dictionary is sent in, and taken into the catalogue."""

from datetime import date
from functools import partial

from wtforms import BooleanField, FileField
from wtforms.validators import StopValidation

from catalogue.domain.days import parse_day
from catalogue.domain.text import clean, forbidden_character
from catalogue.forms.base import Form, ReadField

_NAMELESS = "tệp không tên"


class FrameworkFileForm(Form):
    """A CASE package or Moodle's table."""

    file = FileField("Gói CASE (.json) hoặc bảng khung năng lực Moodle (.csv)")

    @property
    def content(self) -> bytes:
        """Give the bytes that were sent; only after the form was found valid."""
        return bytes(self.file.data.read())

    @property
    def file_name(self) -> str:
        """Give the file's name as it may be printed."""
        name = clean(self.file.data.filename or "")
        return _NAMELESS if not name or forbidden_character(name) else name

    def validate_file(self, field: FileField) -> None:
        """Refuse a form without a file; browsers then send an empty one."""
        if not getattr(field.data, "filename", ""):
            raise StopValidation("Tệp: hãy chọn gói CASE hoặc bảng Moodle.")


class TakeInForm(Form):
    """From when a dictionary holds that does not say so itself; whether a day gone by is meant."""

    since = ReadField("Áp dụng từ ngày", partial(parse_day, label="Áp dụng từ ngày", field="since"))
    backwards = BooleanField("Cho áp dụng lùi ngày: các ngày đã qua cũng theo từ điển này")

    @property
    def day(self) -> date:
        """Give the day; only after the form was found valid."""
        if self.since.value is None:
            raise ValueError("the form was not validated")
        return self.since.value
