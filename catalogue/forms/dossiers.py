"""Forms of a dossier that is being drafted."""

from functools import partial

from catalogue.domain.errors import Invalid
from catalogue.forms.base import Form, ReadField, day, key, text_reader


def _title(text: str) -> str:
    title = text_reader("title", "Tên hồ sơ")(text)
    if not title:
        raise Invalid("Tên hồ sơ: hãy ghi hồ sơ trình về việc gì.")
    return title


def _unit(text: str) -> int | None:
    return key(text, message="Đơn vị: hãy chọn trong danh sách.") if text else None


class DossierForm(Form):
    """What the dossier is about, whose it is, and by when it is wanted."""

    title = ReadField("Tên hồ sơ", _title)
    unit = ReadField("Đơn vị", _unit)
    due_on = ReadField("Xin ý kiến trước ngày", partial(day, label="Xin ý kiến trước ngày"))


class GatherForm(Form):
    """Which reconciled lists the draft takes its items from."""

    reconciliation = ReadField(
        "Danh sách đã đối chiếu", partial(key, message="Hãy chọn danh sách đã đối chiếu.")
    )


class LeaveOutForm(Form):
    """Which match leaves the draft with all its items."""

    match = ReadField("Mục", partial(key, message="Hãy chọn mục cần bỏ."))


class SubmitForm(Form):
    """Submitting needs nothing but the intent."""
