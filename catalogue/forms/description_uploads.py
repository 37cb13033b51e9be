"""The form by which job descriptions are sent in, as a Word file or a zip of them."""

from flask_wtf.file import FileField
from wtforms.validators import InputRequired

from catalogue.domain.errors import Invalid
from catalogue.domain.limits import UPLOAD_BYTES
from catalogue.forms.base import Form, ReadField


def _chosen(text: str) -> str:
    if not text:
        message = "Bản mô tả của: hãy chọn một mục trong danh sách."
        raise Invalid(message)
    return text


class DescriptionUploadForm(Form):
    """Whose descriptions they are, and the file."""

    whose = ReadField("Bản mô tả của", _chosen)
    file = FileField(
        "Tệp bản mô tả",
        [InputRequired("Tệp: hãy chọn một tệp Word (.docx, .doc) hoặc tệp nén .zip.")],
        id="tep-mo-ta",
    )

    @property
    def file_name(self) -> str:
        return self.file.data.filename or ""

    def content(self) -> bytes:
        """Give the bytes sent, one more than the limit at most."""
        content: bytes = self.file.data.read(UPLOAD_BYTES + 1)
        return content
