"""The form of one line of a day."""

import re
import uuid
from functools import partial

from wtforms import BooleanField
from wtforms.widgets import HiddenInput

from catalogue.domain.diary import LineDraft, parse_minutes
from catalogue.domain.errors import Invalid
from catalogue.forms.base import Form, ReadField, count, key, text_reader

_SENT_KEY = re.compile(r"[0-9a-f-]{36}")


def new_entry_key() -> str:
    """Give a form the key by which its repeated sending is recognised."""
    return str(uuid.uuid4())


def _entry_key(text: str) -> str:
    if not _SENT_KEY.fullmatch(text):
        raise Invalid("Biểu mẫu này không còn dùng được. Hãy mở lại trang rồi ghi lại.")
    return text


class LineForm(Form):
    """What was done, for how long, and what it left behind."""

    task = ReadField(
        "Nhiệm vụ", partial(key, message="Nhiệm vụ: hãy chọn một việc trong danh sách.")
    )
    hours = ReadField("Số giờ", parse_minutes)
    product = ReadField("Sản phẩm", text_reader("product", "Sản phẩm"))
    quantity = ReadField("Số lượng", partial(count, label="Số lượng"))
    content = ReadField("Ghi chú", text_reader("content", "Ghi chú"))
    overtime = BooleanField("Làm ngoài giờ chuẩn")
    entry_key = ReadField("", _entry_key, widget=HiddenInput(), default=new_entry_key)

    def draft(self) -> LineDraft:
        """Give the line as told; only after the form was found valid."""
        return LineDraft(
            task_version_id=self.task.value or 0,
            minutes=self.hours.value or 0,
            content=self.content.value or "",
            product=self.product.value or None,
            quantity=self.quantity.value,
            overtime=self.overtime.data,
            entry_key=self.entry_key.value,
        )
