"""What is typed of work of several days: giving it, spending hours on it, handing in, judging."""

from functools import partial

from wtforms import BooleanField
from wtforms.widgets import DateInput, HiddenInput

from catalogue.domain.diary import LineDraft, parse_minutes
from catalogue.domain.errors import Invalid
from catalogue.domain.work_items import Result, WorkDraft
from catalogue.forms.base import Form, ReadField, key, text_reader
from catalogue.forms.pending import entry_key, evidence, new_key, number, required_day
from catalogue.forms.reviews import remark


def _words(text: str, *, field: str, label: str) -> str:
    told = remark(text, field=field, label=label)
    if not told:
        raise Invalid(f"{label}: hãy ghi, không để trống.")
    return told


def _pieces(text: str) -> int:
    return key(text.strip(), message="Số lượng: hãy ghi số nguyên lớn hơn 0.")


class WorkForm(Form):
    """A piece of work as it is given or proposed."""

    position = ReadField("Vị trí", partial(key, message="Vị trí: hãy chọn trong danh sách."))
    task = ReadField("Nhiệm vụ", partial(key, message="Nhiệm vụ: hãy chọn trong danh sách."))
    title = ReadField("Việc phải làm", partial(_words, field="title", label="Việc phải làm"))
    product = ReadField(
        "Sản phẩm phải có", partial(_words, field="product", label="Sản phẩm phải có")
    )
    quantity = ReadField("Số lượng", _pieces, default="1")
    due_on = ReadField("Hạn", partial(required_day, label="Hạn"), widget=DateInput())

    def draft(self) -> WorkDraft:
        """Give the work as typed; only after the form was found valid."""
        due_on = self.due_on.value
        if due_on is None:
            raise ValueError("the form was not found valid")
        return WorkDraft(
            task_version_id=self.task.value or 0,
            title=self.title.value or "",
            product=self.product.value or "",
            quantity=self.quantity.value or 0,
            due_on=due_on,
        )


class RevisionForm(Form):
    """An answer to a piece of work as it was read."""

    revision = ReadField("", number, widget=HiddenInput())


class ReasonedForm(RevisionForm):
    """The same with a reason, which some answers need."""

    reason = ReadField("Lý do", partial(remark, field="reason", label="Lý do"))


class ExtendForm(ReasonedForm):
    """Another due day."""

    due_on = ReadField("Hạn mới", partial(required_day, label="Hạn mới"), widget=DateInput())


class HandInForm(RevisionForm):
    """What came of the work."""

    result = ReadField("Kết quả", partial(remark, field="result", label="Kết quả"))
    quantity = ReadField("Số lượng", _pieces)
    evidence = ReadField("Minh chứng", evidence)

    def given(self) -> Result:
        """Give the result as typed; only after the form was found valid."""
        return Result(self.result.value or "", self.quantity.value or 0, self.evidence.value)


class HoursForm(Form):
    """Hours of one day spent on the work."""

    day = ReadField("Ngày", partial(required_day, label="Ngày"), widget=DateInput())
    hours = ReadField("Số giờ", parse_minutes)
    content = ReadField("Đã làm gì", text_reader("content", "Đã làm gì"))
    overtime = BooleanField("Làm ngoài giờ chuẩn")
    entry_key = ReadField("", entry_key, widget=HiddenInput(), default=new_key)

    def draft(self, task_version_id: int, item_id: int) -> LineDraft:
        """Give the line as told; only after the form was found valid."""
        return LineDraft(
            task_version_id=task_version_id,
            minutes=self.hours.value or 0,
            content=self.content.value or "",
            overtime=self.overtime.data,
            work_item_id=item_id,
            entry_key=self.entry_key.value,
        )
