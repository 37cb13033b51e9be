"""What is typed of hours without a task: by who told them, and by who decides on them."""

import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

from wtforms import BooleanField
from wtforms.widgets import DateInput, HiddenInput

from catalogue.domain.diary import checked_text, parse_minutes
from catalogue.domain.errors import Invalid
from catalogue.domain.pending import Choice, PendingDraft
from catalogue.domain.words import WorkPlace
from catalogue.forms.base import Form, ReadField, count, day, key, text_reader
from catalogue.forms.reviews import remark

STALE = "Biểu mẫu này không còn dùng được. Hãy mở lại trang rồi ghi lại."
T = TypeVar("T")
_SHORT = 200
_SEEN = re.compile(r"([1-9][0-9]{0,8})-([0-9]{1,6})")
# A link is only ever printed; one that a browser or Windows would run or open is not taken.
_DANGEROUS = re.compile(r"\s*(?:\\\\|(?:javascript|vbscript|data|file):)", re.IGNORECASE)


def entry_key(text: str) -> str:
    """Read the key by which a form's repeated sending is recognised."""
    try:
        return str(uuid.UUID(text))
    except ValueError:
        raise Invalid(STALE) from None


def new_key() -> str:
    """Give a form such a key."""
    return str(uuid.uuid4())


def number(text: str) -> int:
    """Read how often something had changed when its page was drawn."""
    if not (text.isascii() and text.isdigit() and len(text) <= 6):  # noqa: PLR2004
        raise Invalid(STALE)
    return int(text)


def evidence(text: str) -> str | None:
    """Read where the result can be seen: an address of the web, or words such as a file number."""
    told = remark(text, field="evidence", label="Minh chứng")
    if _DANGEROUS.match(told):
        message = "Minh chứng: hãy ghi địa chỉ bắt đầu bằng https://, hoặc số, tên hồ sơ."
        raise Invalid(message)
    return told or None


def work_place(text: str) -> WorkPlace | None:
    """Read where the work was done; nothing chosen is None."""
    if not text:
        return None
    for place in WorkPlace:
        if place == text:
            return place
    raise Invalid("Nơi làm việc: không có lựa chọn này.")


def required_day(text: str, *, label: str) -> date:
    """Read a day that must be given."""
    found = day(text, label=label)
    if found is None:
        raise Invalid(f"{label}: hãy ghi ngày như 10/04/2024.")
    return found


class PendingForm(Form):
    """What was done without a known task, who gave it, for how long, what it left behind."""

    day = ReadField("Ngày", partial(required_day, label="Ngày"), widget=DateInput())
    position = ReadField("Vị trí", partial(key, message="Vị trí: hãy chọn trong danh sách."))
    content = ReadField("Nội dung", text_reader("content", "Nội dung"))
    assigned_by = ReadField(
        "Ai giao",
        partial(checked_text, field="assigned_by", label="Ai giao", limit=_SHORT),
    )
    hours = ReadField("Số giờ", parse_minutes)
    overtime = BooleanField("Làm ngoài giờ chuẩn")
    product = ReadField("Sản phẩm để lại", text_reader("product", "Sản phẩm"))
    quantity = ReadField("Số lượng", partial(count, label="Số lượng"))
    place = ReadField("Nơi làm việc", work_place)
    evidence = ReadField("Minh chứng", evidence)
    note = ReadField("Ghi chú", text_reader("note", "Ghi chú"))
    entry_key = ReadField("", entry_key, widget=HiddenInput(), default=new_key)

    def draft(self) -> PendingDraft:
        """Give the hours as told; only after the form was found valid."""
        return PendingDraft(
            assignment_id=self.position.value or 0,
            minutes=self.hours.value or 0,
            content=self.content.value or "",
            product=self.product.value or None,
            quantity=self.quantity.value,
            overtime=self.overtime.data,
            place=self.place.value,
            evidence=self.evidence.value,
            note=self.note.value or None,
            assigned_by=self.assigned_by.value or None,
            entry_key=self.entry_key.value,
        )


class ReasonForm(Form):
    """Why something is decided; `seen` is how often it had changed when the page was drawn."""

    reason = ReadField("Lý do", partial(remark, field="reason", label="Lý do"))
    seen = ReadField("", number, widget=HiddenInput())


_product = partial(checked_text, field="product", label="Sản phẩm", limit=_SHORT)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was ticked on a list of hours: tasks to map them to, and what could not be read.

    Each error with the identifier of its field on the page, where it has one.
    """

    choices: Sequence[Choice]
    errors: Sequence[tuple[str | None, str]]


def read_choices(ticked: Sequence[str], sent: Mapping[str, str]) -> Chosen:
    """Read each ticked line, the task chosen beside it, and the product where it had none."""
    choices, errors = [], dict[str, str | None]()
    for value in dict.fromkeys(ticked):
        found = _SEEN.fullmatch(value)
        if found is None:
            return Chosen((), ((None, STALE),))
        try:
            choices.append(_choice(found[1], found[2], sent))
        except Invalid as refusal:
            errors.setdefault(str(refusal), refusal.field)
    if not ticked:
        errors["Hãy đánh dấu ít nhất một dòng."] = None
    return Chosen(choices, [(field, message) for message, field in errors.items()])


def _choice(pending_id: str, seen: str, sent: Mapping[str, str]) -> Choice:
    def read(name: str, reader: Callable[[str], T]) -> T:
        place = f"{name}-{pending_id}"
        try:
            return reader(sent.get(place, ""))
        except Invalid as refusal:
            raise Invalid(str(refusal), field=place) from None

    return Choice(
        int(pending_id),
        read("task", partial(key, message="Nhiệm vụ: dòng đã đánh dấu chưa chọn nhiệm vụ.")),
        int(seen),
        read("product", _product) or None,
        read("quantity", partial(count, label="Số lượng")),
    )
