"""The form by which a draft is begun: for whom, and with what it begins."""

from functools import partial

from catalogue.domain.errors import Invalid
from catalogue.domain.words import LabelledWord
from catalogue.forms.base import Form, ReadField, key


class Beginning(LabelledWord):
    """With what a draft begins."""

    PRESENT = "ban-hien-co", "Từ bản đang có hiệu lực"
    CLONE = "vi-tri-tuong-tu", "Chép từ vị trí tương tự"
    TEMPLATE = "mau-nhiem-vu", "Từ mẫu nhiệm vụ của nhóm vị trí"
    BLANK = "trang", "Từ bản trắng"


def _beginning(text: str) -> Beginning:
    try:
        return Beginning.stored(text)
    except ValueError:
        raise Invalid("Bắt đầu từ đâu: hãy chọn một cách trong danh sách.") from None


def _chosen(text: str, message: str) -> int | None:
    return key(text, message=message) if text else None


class BeginForm(Form):
    """Whose description is drafted, and what its draft begins with."""

    scope = ReadField("Bản này dùng cho", str.strip)
    beginning = ReadField("Bắt đầu từ đâu", _beginning)
    like = ReadField(
        "Vị trí tương tự", partial(_chosen, message="Vị trí tương tự: hãy chọn trong danh sách.")
    )
    template = ReadField(
        "Mẫu nhiệm vụ", partial(_chosen, message="Mẫu nhiệm vụ: hãy chọn trong danh sách.")
    )

    def validate(self, extra_validators: object = None) -> bool:
        """Check each field, then that nothing is chosen with which the draft would not begin."""
        if not super().validate(extra_validators):
            return False
        for field, way in ((self.like, Beginning.CLONE), (self.template, Beginning.TEMPLATE)):
            if field.value and self.beginning.value is not way:
                message = (
                    f"Bắt đầu từ đâu: đã chọn ở ô «{field.label.text}» mà chưa đánh dấu "
                    f"«{way.label}». Hãy đánh dấu cách ấy, hoặc để ô ở «Chưa chọn»."
                )
                self.refuse(Invalid(message, field="beginning"))
        return not self.refusals
