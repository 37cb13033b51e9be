"""Forms by which competencies and their dictionaries are kept."""

from functools import partial

from wtforms import FileField
from wtforms.validators import StopValidation
from wtforms.widgets import HiddenInput

from catalogue.domain.errors import Invalid
from catalogue.domain.limits import UPLOAD_BYTES
from catalogue.domain.words import CompetencyGroup, PositionGroup
from catalogue.forms.base import Form, ReadField, day, key

_DIGEST_LENGTH = 64


def _group(text: str) -> CompetencyGroup | None:
    if not text or text in list(CompetencyGroup):
        return CompetencyGroup.stored(text) if text else None
    raise Invalid("Nhóm năng lực: hãy chọn một nhóm trong danh sách.")


def _audience(text: str) -> PositionGroup | None:
    if not text or text in list(PositionGroup):
        return PositionGroup.stored(text) if text else None
    raise Invalid("Dành cho: hãy chọn một nhóm vị trí trong danh sách.")


def _digest(text: str) -> str:
    if len(text) != _DIGEST_LENGTH or not text.isalnum():
        raise Invalid("Biểu mẫu này không còn dùng được. Hãy tải tệp lên lại.")
    return text


class GroupForm(Form):
    """Which group a competency belongs to."""

    group = ReadField("Nhóm năng lực", _group)


class SynonymForm(Form):
    """Which other name is the same competency."""

    synonym = ReadField(
        "Tên khác", partial(key, message="Tên khác: hãy chọn một năng lực trong danh sách.")
    )


class ApartForm(Form):
    """Taking a synonym back needs nothing but the intent."""


class DictionaryFileForm(Form):
    """The Word file of a dictionary."""

    file = FileField("Tệp từ điển năng lực (.docx hoặc .doc)")

    @property
    def content(self) -> bytes:
        """Give the bytes that were sent, one more than the limit at most."""
        return bytes(self.file.data.read(UPLOAD_BYTES + 1))

    @property
    def file_name(self) -> str:
        return self.file.data.filename or ""

    def validate_file(self, field: FileField) -> None:
        """Refuse a form without a file; browsers then send an empty one."""
        if not getattr(field.data, "filename", ""):
            raise StopValidation("Tệp: hãy chọn một tệp Word (.docx hoặc .doc).")


class DictionaryForm(Form):
    """For whom a dictionary that was read is, and from which day it holds."""

    file = ReadField("", _digest, widget=HiddenInput())
    audience = ReadField("Dành cho", _audience)
    since = ReadField("Có hiệu lực từ ngày", partial(day, label="Có hiệu lực từ ngày"))
