"""What is typed while a description goes its way to approval, and in the rules of that way."""

from collections.abc import Callable
from datetime import date
from functools import partial

from wtforms import HiddenField
from wtforms.widgets import DateInput

from catalogue.domain.approving import Approval, Verdict
from catalogue.domain.description import Section
from catalogue.domain.errors import Invalid
from catalogue.domain.roles import GRANTED, Permission
from catalogue.domain.words import Role
from catalogue.forms.base import Form, ReadField, day, key, text_reader
from catalogue.forms.reviews import remark


def _wanted_day(text: str, *, label: str) -> date:
    chosen = day(text, label=label)
    if chosen is None:
        raise Invalid(f"{label}: hãy chọn một ngày.")
    return chosen


def _section_field(section: Section) -> ReadField[str]:
    return ReadField(section.label, text_reader(section.value, section.label))


class ReturnForm(Form):
    """Why a submission goes back, in general and by section; a section's field has its name."""

    note = ReadField("Lý do trả lại", text_reader("note", "Lý do trả lại"))
    general = _section_field(Section.GENERAL)
    purpose = _section_field(Section.PURPOSE)
    duties = _section_field(Section.DUTIES)
    relations = _section_field(Section.RELATIONS)
    authority = _section_field(Section.AUTHORITY)
    qualifications = _section_field(Section.QUALIFICATIONS)
    competencies = _section_field(Section.COMPETENCIES)

    def of(self, section: Section) -> ReadField[str]:
        """Give the field in which one section is remarked on."""
        field: ReadField[str] = self[section.value]
        return field

    def verdict(self) -> Verdict:
        """Give what was typed; only after the form was found valid."""
        said = {section: self.of(section).value or "" for section in Section}
        return Verdict(
            self.note.value or "", {section: text for section, text in said.items() if text}
        )


class AppraiseForm(Form):
    """What the appraiser adds to saying that it is fit."""

    note = ReadField("Ý kiến thẩm định", text_reader("note", "Ý kiến thẩm định"))


class ApproveForm(Form):
    """From which day the content holds that the page showed."""

    sha256_seen = HiddenField()
    valid_from = ReadField(
        "Có hiệu lực từ ngày",
        partial(_wanted_day, label="Có hiệu lực từ ngày"),
        widget=DateInput(),
    )
    note = ReadField("Ý kiến phê duyệt", text_reader("note", "Ý kiến phê duyệt"))

    def approval(self) -> Approval:
        """Give what was typed; only after the form was found valid."""
        return Approval(
            self.sha256_seen.data or "", self.valid_from.value or date.min, self.note.value or ""
        )


def _section(text: str) -> Section:
    for section in Section:
        if section == text:
            return section
    raise Invalid("Mục: hãy chọn một mục của bản mô tả.")


def _said(text: str) -> str:
    said = text_reader("text", "Góp ý")(text)
    if not said:
        raise Invalid("Góp ý: hãy ghi điều cần sửa.")
    return said


class RemarkForm(Form):
    """What a reader says of one section."""

    section = ReadField("Mục", _section)
    text = ReadField("Góp ý", _said)


def _role(label: str, permission: Permission) -> ReadField[Role]:
    return ReadField(label, _role_reader(label, permission))


def _role_reader(label: str, permission: Permission) -> Callable[[str], Role]:
    def read(text: str) -> Role:
        for role in Role:
            if role == text and role in GRANTED[permission]:
                return role
        raise Invalid(f"{label}: hãy chọn một vai trò trong danh sách.")

    return read


def _unit(text: str) -> int | None:
    return key(text, message="Đơn vị: hãy chọn trong danh sách.") if text else None


def _general(text: str) -> bool:
    if text not in ("general", "particular"):
        raise Invalid("Loại bản mô tả: hãy chọn một.")
    return text == "general"


class RuleForm(Form):
    """Who drafts, appraises and approves which descriptions, from which day and on what basis."""

    kind = ReadField("Loại bản mô tả", _general)
    unit = ReadField("Đơn vị", _unit)
    drafter = _role("Người soạn, gửi", Permission.DRAFT_DESCRIPTION)
    appraiser = _role("Người thẩm định", Permission.APPRAISE_DESCRIPTION)
    approver = _role("Người phê duyệt", Permission.APPROVE_DESCRIPTION)
    basis = ReadField("Căn cứ", partial(remark, field="basis", label="Căn cứ"))
    since = ReadField("Từ ngày", partial(_wanted_day, label="Từ ngày"), widget=DateInput())
