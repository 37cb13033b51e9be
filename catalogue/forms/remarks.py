"""The form by which a review pack with remarks comes back."""

from wtforms import FileField
from wtforms.validators import StopValidation

from catalogue.domain.errors import Invalid
from catalogue.domain.reviewing import Audience
from catalogue.domain.text import clean, forbidden_character
from catalogue.forms.base import Form, ReadField

_NAMELESS = "tệp không tên.docx"


def _audience(text: str) -> Audience:
    found = next((audience for audience in Audience if audience == text), None)
    if found is None:
        raise Invalid("Luồng ý kiến: hãy chọn ai được đọc các ý kiến này.")
    return found


class RemarksForm(Form):
    """A Word file, and who may read what it says."""

    file = FileField("Bản xem xét có ý kiến (.docx)")
    audience = ReadField("Luồng ý kiến", _audience)

    @property
    def thread(self) -> Audience:
        """Give who may read the remarks; only after the form was found valid."""
        return self.audience.value or Audience.UNIT

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
            raise StopValidation("Tệp: hãy chọn bản xem xét đã ghi ý kiến.")
