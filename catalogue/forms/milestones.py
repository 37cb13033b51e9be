"""The forms by which a milestone is added and extended."""

from datetime import date
from functools import partial

from wtforms.widgets import DateInput, HiddenInput

from catalogue.domain.deadlines import ExtensionDraft, MilestoneDraft
from catalogue.domain.errors import Invalid
from catalogue.domain.reviewing import MilestoneSubject
from catalogue.forms.base import Form, ReadField, key, text_reader

_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2099, 12, 30)
_NO_CHOICE = "không có lựa chọn này."


def _day(text: str, *, label: str) -> date:
    """Read a day as browsers send it or as people write it."""
    typed = text.strip()
    parts = typed.split("/")
    try:
        day = date.fromisoformat("-".join(reversed([part.zfill(2) for part in parts])))
    except ValueError:
        message = f"{label}: hãy ghi ngày như 15/04/2024."
        raise Invalid(message) from None
    if not _FIRST_DAY <= day <= _LAST_DAY:
        message = f"{label}: hãy chọn ngày từ năm 2000 đến năm 2099."
        raise Invalid(message)
    return day


def _subject(text: str) -> MilestoneSubject:
    for subject in MilestoneSubject:
        if subject == text:
            return subject
    message = f"Việc phải xong: {_NO_CHOICE}"
    raise Invalid(message)


def _unit(text: str) -> int | None:
    return key(text, message=f"Đơn vị: {_NO_CHOICE}") if text else None


def _seen(text: str) -> int:
    return 0 if text == "0" else key(text, message="Biểu mẫu này không còn dùng được.")


class MilestoneForm(Form):
    """What must be finished by which day, and on what that rests."""

    name = ReadField("Tên mốc", text_reader("name", "Tên mốc"))
    subject = ReadField("Việc phải xong", _subject)
    due_on = ReadField("Ngày hạn", partial(_day, label="Ngày hạn"), widget=DateInput())
    basis = ReadField("Căn cứ", text_reader("basis", "Căn cứ"))

    def draft(self) -> MilestoneDraft:
        """Give the milestone as asked for; only after the form was found valid."""
        return MilestoneDraft(
            name=self.name.value or "",
            subject=self.subject.value or MilestoneSubject.OTHER,
            due_on=self.due_on.value or _FIRST_DAY,
            basis=self.basis.value or "",
        )


class ExtensionForm(Form):
    """A later day, for whom, and why; `seen` is the last extension that the page showed."""

    unit = ReadField("Đơn vị được gia hạn", _unit)
    due_on = ReadField("Hạn mới", partial(_day, label="Hạn mới"), widget=DateInput())
    reason = ReadField("Lý do", text_reader("reason", "Lý do"))
    seen = ReadField("", _seen, widget=HiddenInput())

    def draft(self) -> ExtensionDraft:
        """Give the later day as asked for; only after the form was found valid."""
        return ExtensionDraft(
            unit_id=self.unit.value,
            due_on=self.due_on.value or _FIRST_DAY,
            reason=self.reason.value or "",
            seen=self.seen.value or 0,
        )
