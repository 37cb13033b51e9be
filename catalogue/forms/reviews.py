"""What is typed on the committee's pages: reasons, rulings, remarks, seats."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TypeVar

from wtforms import BooleanField
from wtforms.widgets import HiddenInput

from catalogue.domain.diary import checked_text
from catalogue.domain.errors import Invalid
from catalogue.domain.limits import NAME_CHARACTERS
from catalogue.domain.reviewing import Audience, Stage, Verdict
from catalogue.domain.voting import Judgement, Minutes, Place, Tally
from catalogue.domain.words import LabelledWord
from catalogue.forms.base import Form, ReadField, key

W = TypeVar("W", bound=LabelledWord)
_CENTURY = range(2000, 2100)
_DIGITS = 4
_STALE = "Biểu mẫu này không còn dùng được. Hãy mở lại trang rồi ghi lại."


def remark(text: str, *, field: str, label: str) -> str:
    """Read a text as long as its column holds."""
    cleaned = checked_text(text, field=field, label=label)
    if len(cleaned) > NAME_CHARACTERS:
        message = f"{label}: dài {len(cleaned)} ký tự, vượt giới hạn {NAME_CHARACTERS}."
        raise Invalid(message, field=field)
    return cleaned


def day(text: str, *, label: str) -> date:
    """Read a day as browsers send it, of this century."""
    try:
        chosen = date.fromisoformat(text.strip())
    except ValueError:
        raise Invalid(f"{label}: hãy chọn ngày, ví dụ 2024-04-10.") from None
    if chosen.year not in _CENTURY:
        raise Invalid(f"{label}: hãy chọn ngày từ năm 2000 đến năm 2099.")
    return chosen


def whole(text: str, *, label: str) -> int:
    """Read a number of people; nothing typed is nobody."""
    typed = text.strip() or "0"
    if not (typed.isascii() and typed.isdigit() and len(typed) <= _DIGITS):
        raise Invalid(f"{label}: hãy ghi số người bằng chữ số.")
    return int(typed)


def _word(text: str, *, kind: type[W], message: str) -> W:
    for word in kind:
        if word == text:
            return word
    raise Invalid(message)


def _of(kind: type[W], message: str) -> Callable[[str], W]:
    return partial(_word, kind=kind, message=message)


def _seen(text: str) -> int:
    return 0 if text == "0" else key(text, message=_STALE)


def stage_of(sent: Mapping[str, str]) -> Stage:
    """Read at which stage a page was drawn: it may have ended meanwhile."""
    return _word(sent.get("stage", ""), kind=Stage, message=_STALE)


class ReturnForm(Form):
    """Why a dossier goes back."""

    reason = ReadField("Lý do trả lại", partial(remark, field="reason", label="Lý do trả lại"))


class RulingForm(Form):
    """What is ruled on one item; `seen` is the last ruling that the page showed."""

    verdict = ReadField("Kết luận", _of(Verdict, "Kết luận: hãy chọn một kết luận."))
    amended_name = ReadField(
        "Tên sau khi sửa", partial(remark, field="amended_name", label="Tên sau khi sửa")
    )
    reason = ReadField("Lý do", partial(remark, field="reason", label="Lý do"))
    stage = ReadField("", _of(Stage, _STALE), widget=HiddenInput())
    seen = ReadField("", _seen, widget=HiddenInput())

    def judgement(self) -> Judgement:
        """Give the ruling as typed; only after the form was found valid."""
        return Judgement(
            stage=self.stage.value or Stage.STANDING,
            verdict=self.verdict.value or Verdict.ADOPT,
            reason=self.reason.value or "",
            amended_name=self.amended_name.value or "",
        )


class CommentForm(Form):
    """A remark and to whom it is."""

    audience = ReadField("Gửi cho ai", _of(Audience, "Gửi cho ai: hãy chọn một nhóm người đọc."))
    text = ReadField("Ý kiến", partial(remark, field="text", label="Ý kiến"))


class SeatForm(Form):
    """Who sits where, as what, and from which day."""

    stage = ReadField("Thuộc tập thể", _of(Stage, "Thuộc tập thể: hãy chọn một."))
    person = ReadField("Người", partial(key, message="Người: hãy chọn một người trong danh sách."))
    office = ReadField("Chức danh", partial(remark, field="office", label="Chức danh"))
    since = ReadField("Từ ngày", partial(day, label="Từ ngày"))
    secretary = BooleanField("Là thư ký (không biểu quyết)")

    def place(self) -> Place:
        """Give the seat as typed; only after the form was found valid."""
        return Place(
            stage=self.stage.value or Stage.STANDING,
            person_id=self.person.value or 0,
            office=self.office.value or "",
            secretary=self.secretary.data,
            since=self.since.value or date.min,
        )


class PaperForm(Form):
    """Whose paper ballot it is; its marks stand beside, its scan comes with the request."""

    person = ReadField("Phiếu của", partial(key, message="Phiếu của: hãy chọn người đã ghi phiếu."))


class MinutesForm(Form):
    """When a meeting was held and how many were there; its counts stand beside."""

    held_on = ReadField("Ngày họp", partial(day, label="Ngày họp"))
    present = ReadField("Số người có mặt", partial(whole, label="Số người có mặt"))

    def minutes(self, counts: Mapping[int, Tally]) -> Minutes:
        """Give the minutes as typed; only after the form was found valid."""
        return Minutes(self.held_on.value or date.max, self.present.value or 0, counts)
