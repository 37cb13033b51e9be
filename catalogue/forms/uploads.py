"""The two forms by which an annex is sent in: a signed document, a unit's own list."""

from functools import partial

from flask_wtf.file import FileField
from wtforms.validators import InputRequired

from catalogue.domain.diary import checked_text
from catalogue.domain.errors import Invalid
from catalogue.domain.limits import SEARCH_CHARACTERS, UPLOAD_BYTES
from catalogue.forms.base import Form, ReadField, key

_CHOOSE_FILE = "Tệp: hãy chọn một tệp Word (.docx hoặc .doc)."


def _number(text: str) -> str:
    number = checked_text(text, field="number", label="Số, ký hiệu văn bản")
    if not 0 < len(number) <= SEARCH_CHARACTERS or "\n" in number:
        message = f"Số, ký hiệu văn bản: hãy ghi trên một dòng, 1–{SEARCH_CHARACTERS} ký tự."
        raise Invalid(message)
    return number


class FileForm(Form):
    """What every form of an upload holds: the file."""

    file: FileField

    @property
    def file_name(self) -> str:
        return self.file.data.filename or ""

    def content(self) -> bytes:
        """Give the bytes sent, one more than the limit at most."""
        content: bytes = self.file.data.read(UPLOAD_BYTES + 1)
        return content


class SignedForm(FileForm):
    """A document that was signed, for all agencies of one kind."""

    number = ReadField("Số, ký hiệu văn bản", _number)
    agency = ReadField(
        "Loại cơ quan", partial(key, message="Loại cơ quan: hãy chọn một loại trong danh sách.")
    )
    file = FileField("Tệp của văn bản", [InputRequired(_CHOOSE_FILE)], id="tep-van-ban")


class OwnListForm(FileForm):
    """The list that one unit drew up of its own positions."""

    unit = ReadField("Đơn vị", partial(key, message="Đơn vị: hãy chọn một đơn vị trong danh sách."))
    file = FileField("Tệp danh sách", [InputRequired(_CHOOSE_FILE)], id="tep-danh-sach")
