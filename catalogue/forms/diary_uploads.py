"""The form by which diaries kept in spreadsheets are sent in."""

from flask_wtf.file import FileField
from wtforms.validators import InputRequired

from catalogue.domain.errors import Invalid
from catalogue.domain.limits import DIARIES_BYTES
from catalogue.forms.base import ReadField
from catalogue.forms.uploads import FileForm


def _chosen(text: str) -> str:
    if not text:
        raise Invalid("Nhật ký của: hãy chọn một mục trong danh sách.")
    return text


class DiaryUploadForm(FileForm):
    """Whose diaries they are, and the file."""

    whose = ReadField("Nhật ký của", _chosen)
    file = FileField(
        "Tệp nhật ký",
        [InputRequired("Tệp: hãy chọn một bảng tính (.xlsx, .csv) hoặc tệp nén .zip.")],
        id="tep-nhat-ky",
    )

    def content(self) -> bytes:
        """Give the bytes sent, one more than an archive may have at most."""
        content: bytes = self.file.data.read(DIARIES_BYTES + 1)
        return content
