"""The form by which job descriptions are sent in, as a Word file or a zip of them."""

from flask_wtf.file import FileField
from wtforms.validators import InputRequired

from catalogue.domain.errors import Invalid
from catalogue.forms.base import ReadField
from catalogue.forms.uploads import FileForm


def _chosen(text: str) -> str:
    if not text:
        message = "Bản mô tả của: hãy chọn một mục trong danh sách."
        raise Invalid(message)
    return text


class DescriptionUploadForm(FileForm):
    """Whose descriptions they are, and the file."""

    whose = ReadField("Bản mô tả của", _chosen)
    file = FileField(
        "Tệp bản mô tả",
        [InputRequired("Tệp: hãy chọn một tệp Word (.docx, .doc) hoặc tệp nén .zip.")],
        id="tep-mo-ta",
    )
