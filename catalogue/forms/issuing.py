"""The forms of issuing a dossier, confirming an urgent issue, and withdrawing a decision."""

import re
from collections.abc import Callable
from datetime import date

from wtforms import BooleanField, HiddenField
from wtforms.widgets import DateInput

from catalogue.domain.errors import Invalid
from catalogue.domain.issuing import Terms
from catalogue.forms.base import Form, ReadField, key, text_reader

_WRITTEN_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_FIRST_YEAR, _LAST_YEAR = 2000, 2099


def _day_reader(label: str) -> Callable[[str], date]:
    """Give the reader of a day, as browsers send it or as people write it."""

    def read(text: str) -> date:
        written = _WRITTEN_DAY.fullmatch(text.strip())
        spelt = f"{written[3]}-{written[2]:>02}-{written[1]:>02}" if written else text.strip()
        try:
            day = date.fromisoformat(spelt)
        except ValueError:
            message = f"{label}: hãy ghi một ngày, như 15/04/2024."
            raise Invalid(message) from None
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            message = f"{label}: hãy chọn ngày từ năm {_FIRST_YEAR} đến năm {_LAST_YEAR}."
            raise Invalid(message)
        return day

    return read


class IssueForm(Form):
    """The terms of a decision; the digest says which content its issuer was shown."""

    number = ReadField("Số, ký hiệu", text_reader("number", "Số, ký hiệu"))
    issued_on = ReadField("Ngày ban hành", _day_reader("Ngày ban hành"), widget=DateInput())
    effective_from = ReadField("Hiệu lực từ ngày", _day_reader("Ngày hiệu lực"), widget=DateInput())
    signatory = ReadField("Người ký", text_reader("signatory", "Người ký"))
    signatory_office = ReadField(
        "Chức vụ người ký", text_reader("signatory_office", "Chức vụ người ký")
    )
    urgent_reason = ReadField(
        "Lý do ban hành khẩn", text_reader("urgent_reason", "Lý do ban hành khẩn")
    )
    urgent = BooleanField()
    sha256_seen = HiddenField()

    def terms(self) -> Terms:
        """Give the terms as typed; only after the form was found valid."""
        if self.issued_on.value is None or self.effective_from.value is None:
            raise ValueError("the form was not found valid")
        return Terms(
            number=self.number.value or "",
            issued_on=self.issued_on.value,
            signatory=self.signatory.value or "",
            signatory_office=self.signatory_office.value or "",
            effective_from=self.effective_from.value,
            sha256_seen=self.sha256_seen.data or "",
            urgent=self.urgent.data,
            urgent_reason=self.urgent_reason.value or "",
        )


class ConfirmForm(Form):
    """Why an urgent issue is confirmed."""

    reason = ReadField("Lý do xác nhận", text_reader("reason", "Lý do xác nhận"))


class WithdrawForm(Form):
    """Why a decision is withdrawn, and the last day on which it holds."""

    on = ReadField("Ngày cuối còn hiệu lực", _day_reader("Ngày thu hồi"), widget=DateInput())
    reason = ReadField("Lý do thu hồi", text_reader("reason", "Lý do thu hồi"))

    def last_day(self) -> date:
        """Give the day as typed; only after the form was found valid."""
        if self.on.value is None:
            raise ValueError("the form was not found valid")
        return self.on.value


def _part(text: str) -> int:
    return key(text, message="Vị trí tiếp theo: hãy chọn một vị trí trong danh sách.")


class ChoiceForm(Form):
    """In which part of a split position its holder goes on."""

    succession = ReadField("Vị trí tiếp theo", _part)
