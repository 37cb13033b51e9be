"""Forms by which a closed month is adjusted: the line as it is to be, and what is answered."""

from dataclasses import replace
from functools import partial

from wtforms import BooleanField

from catalogue.domain.diary import LineDraft, parse_minutes
from catalogue.domain.errors import Invalid
from catalogue.forms.base import Form, ReadField, count, key, text_reader
from catalogue.forms.reviews import remark


def _needed(text: str, *, field: str, label: str) -> str:
    said = remark(text, field=field, label=label)
    if not said:
        message = f"{label}: chưa ghi."
        raise Invalid(message, field=field)
    return said


def _accepted(text: str) -> bool:
    if text not in ("yes", "no"):
        raise Invalid("Quyết định: hãy chọn đồng ý hoặc không đồng ý.")
    return text == "yes"


class AdjustmentForm(Form):
    """A line as it is to be, and why."""

    task = ReadField(
        "Nhiệm vụ", partial(key, message="Nhiệm vụ: hãy chọn một việc trong danh sách.")
    )
    hours = ReadField("Số giờ", parse_minutes)
    product = ReadField("Sản phẩm", text_reader("product", "Sản phẩm"))
    quantity = ReadField("Số lượng", partial(count, label="Số lượng"))
    content = ReadField("Ghi chú", text_reader("content", "Ghi chú"))
    overtime = BooleanField("Làm ngoài giờ chuẩn")
    reason = ReadField("Lý do điều chỉnh", partial(_needed, field="reason", label="Lý do"))

    def draft(self, former: LineDraft | None = None) -> LineDraft:
        """Give the line as told; what the form does not ask stays as in the former one."""
        return replace(
            former or LineDraft(0, 0),
            task_version_id=self.task.value or 0,
            minutes=self.hours.value or 0,
            content=self.content.value or "",
            product=self.product.value or None,
            quantity=self.quantity.value,
            overtime=self.overtime.data,
        )


class RemovalForm(Form):
    """Why a line is to be gone."""

    removal_reason = ReadField(
        "Lý do bỏ dòng", partial(_needed, field="removal_reason", label="Lý do bỏ dòng")
    )


class DecisionForm(Form):
    """What is decided, and why."""

    accepted = ReadField("Quyết định", _accepted)
    answer = ReadField("Lý do", partial(_needed, field="answer", label="Lý do"))
