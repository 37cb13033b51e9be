"""The sections of a drafted job description as people type them, and what they read to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from catalogue.domain.description import (
    Authority,
    OutsideRelation,
    Relations,
    Requirement,
    Section,
)
from catalogue.domain.drafting import Content
from catalogue.forms import draft_duties
from catalogue.forms.sheet_reading import Former, Reading
from catalogue.forms.sheets import Shape, Sheet, filled


@dataclass(frozen=True, slots=True)
class Editor:
    """How one section is laid out for typing and read back; both know the former tasks."""

    shape: Callable[[Former], Shape]
    show: Callable[[Content, Former], Sheet]
    read: Callable[[Sheet, Content, Reading], Content]


_PARTICULAR = Shape("Dòng", {"label": "Nhãn", "value": "Nội dung"})
_GENERAL = Shape(
    "Thông tin chung",
    {
        "name": "Tên vị trí việc làm",
        "code": "Mã vị trí việc làm",
        "starts": "Ngày bắt đầu thực hiện",
        "workplace": "Địa điểm làm việc",
        "procedures": "Quy trình công việc liên quan",
        "preface": "Phần đứng trước khung thông tin (mỗi dòng một đoạn)",
        "marks": "Dấu lưu ý in kèm (mỗi dòng một dấu)",
    },
    "p",
    _PARTICULAR,
)
_PURPOSE = Shape("Mục tiêu", {"purpose": "Mục tiêu vị trí việc làm"})
_OUTSIDE = Shape(
    "Quan hệ",
    {"body": "Cơ quan, tổ chức có quan hệ chính", "nature": "Bản chất quan hệ"},
)
_INSIDE = {
    "managed_by": "Được quản lý trực tiếp và kiểm duyệt kết quả bởi (mỗi dòng một nơi)",
    "manages": "Quản lý trực tiếp (lãnh đạo; mỗi dòng một nơi)",
    "coordinates_in_unit": "Quan hệ phối hợp trực tiếp trong đơn vị (mỗi dòng một nơi)",
    "coordinates_with": "Các đơn vị phối hợp chính (mỗi dòng một nơi)",
}
_RELATIONS = Shape("Quan hệ công việc", _INSIDE, "o", _OUTSIDE)
_RIGHT = Shape(
    "Quyền hạn", {"no": "Số", "text": "Quyền hạn cụ thể", "section": "Thuộc phần (lãnh đạo: I, II)"}
)
_AUTHORITY = Shape("Quyền hạn", {}, "a", _RIGHT)
_QUALIFICATION = Shape(
    "Nhóm yêu cầu", {"label": "Nhóm yêu cầu", "lines": "Yêu cầu cụ thể (mỗi dòng một ý)"}
)
_QUALIFICATIONS = Shape("Trình độ", {}, "q", _QUALIFICATION)
_COMPETENCY = Shape(
    "Năng lực",
    {
        "group": "Nhóm năng lực",
        "name": "Tên năng lực",
        "min": "Cấp độ thấp nhất",
        "max": "Cấp độ cao nhất",
    },
)
_COMPETENCIES = Shape("Năng lực", {}, "c", _COMPETENCY)


def _show_general(content: Content) -> Sheet:
    told = content.description
    rows = [
        filled(_PARTICULAR, {"label": label, "value": value})
        for label, value in told.particulars.items()
    ]
    values = {
        "name": told.name,
        "code": told.code or "",
        "starts": told.starts,
        "workplace": told.workplace,
        "procedures": told.procedures,
        "preface": "\n".join(told.preface),
        "marks": "\n".join(told.marks),
    }
    return filled(_GENERAL, values, rows)


def _read_general(sheet: Sheet, content: Content, reading: Reading) -> Content:
    told = content.description
    edited = replace(
        told,
        name=reading.required(sheet, "name"),
        code=reading.short(sheet, "code") or None,
        starts=reading.text(sheet, "starts"),
        workplace=reading.text(sheet, "workplace"),
        procedures=reading.long(sheet, "procedures"),
        preface=reading.lines(sheet, "preface", told.preface),
        marks=reading.lines(sheet, "marks", told.marks),
        particulars={_label(sheet, row, reading): reading.long(row, "value") for row in sheet.rows},
    )
    return replace(content, description=edited)


def _show_purpose(content: Content) -> Sheet:
    return filled(_PURPOSE, {"purpose": content.description.purpose})


def _read_purpose(sheet: Sheet, content: Content, reading: Reading) -> Content:
    edited = replace(content.description, purpose=reading.long(sheet, "purpose"))
    return replace(content, description=edited)


def _show_relations(content: Content) -> Sheet:
    told = content.description.relations
    rows = [
        filled(_OUTSIDE, {"body": each.body, "nature": each.nature or ""}) for each in told.outside
    ]
    return filled(_RELATIONS, {side: "\n".join(getattr(told, side)) for side in _INSIDE}, rows)


def _read_relations(sheet: Sheet, content: Content, reading: Reading) -> Content:
    told = content.description.relations
    inside = {side: reading.lines(sheet, side, getattr(told, side)) for side in _INSIDE}
    outside = tuple(
        OutsideRelation(reading.long(row, "body"), reading.long(row, "nature") or None)
        for row in sheet.rows
    )
    relations = Relations(**inside, outside=outside)
    return replace(content, description=replace(content.description, relations=relations))


def _show_authority(content: Content) -> Sheet:
    rows = [
        filled(_RIGHT, {"no": each.no, "text": each.text, "section": each.section or ""})
        for each in content.description.authority
    ]
    return filled(_AUTHORITY, {}, rows)


def _read_authority(sheet: Sheet, content: Content, reading: Reading) -> Content:
    rights = tuple(
        Authority(
            reading.short(row, "no"),
            reading.long(row, "text"),
            reading.text(row, "section") or None,
        )
        for row in sheet.rows
    )
    return replace(content, description=replace(content.description, authority=rights))


def _show_qualifications(content: Content) -> Sheet:
    rows = [
        filled(_QUALIFICATION, {"label": label, "lines": "\n".join(lines)})
        for label, lines in content.description.qualifications.items()
    ]
    return filled(_QUALIFICATIONS, {}, rows)


def _read_qualifications(sheet: Sheet, content: Content, reading: Reading) -> Content:
    before = content.description.qualifications
    asked: dict[str, tuple[str, ...]] = {}
    for row in sheet.rows:
        label = _label(sheet, row, reading)
        asked[label] = reading.lines(row, "lines", before.get(label, ()))
    return replace(content, description=replace(content.description, qualifications=asked))


def _label(sheet: Sheet, row: Sheet, reading: Reading) -> str:
    """Read what a row is known by: no two of a section may be called the same."""
    label = reading.text(row, "label")
    if [each["label"].strip() for each in sheet.rows].count(row["label"].strip()) > 1:
        name = row.shape.fields["label"]
        reading.refuse(row, "label", f"{name}: «{label}» có hai lần; hãy gộp hoặc đặt tên khác.")
    return label


def _show_competencies(content: Content) -> Sheet:
    rows = [
        filled(
            _COMPETENCY,
            {
                "group": each.group,
                "name": each.name,
                "min": str(each.level_min or ""),
                "max": str(each.level_max or ""),
            },
        )
        for each in content.description.competencies
    ]
    return filled(_COMPETENCIES, {}, rows)


def _read_competencies(sheet: Sheet, content: Content, reading: Reading) -> Content:
    asked = tuple(
        Requirement(
            reading.short(row, "group"),
            reading.text(row, "name"),
            reading.level(row, "min"),
            reading.level(row, "max"),
        )
        for row in sheet.rows
    )
    return replace(content, description=replace(content.description, competencies=asked))


def _plain(
    shape: Shape,
    show: Callable[[Content], Sheet],
    read: Callable[[Sheet, Content, Reading], Content],
) -> Editor:
    """Give the editor of a section that has nothing to do with former tasks."""
    return Editor(lambda _: shape, lambda content, _: show(content), read)


EDITORS: Mapping[Section, Editor] = {
    Section.GENERAL: _plain(_GENERAL, _show_general, _read_general),
    Section.PURPOSE: _plain(_PURPOSE, _show_purpose, _read_purpose),
    Section.DUTIES: Editor(draft_duties.shape, draft_duties.show, draft_duties.read),
    Section.RELATIONS: _plain(_RELATIONS, _show_relations, _read_relations),
    Section.AUTHORITY: _plain(_AUTHORITY, _show_authority, _read_authority),
    Section.QUALIFICATIONS: _plain(_QUALIFICATIONS, _show_qualifications, _read_qualifications),
    Section.COMPETENCIES: _plain(_COMPETENCIES, _show_competencies, _read_competencies),
}


def weights(content: Content, former: Former) -> dict[Section, int]:
    """Count the bytes that the form of each section takes that sends it whole."""
    return {section: editor.show(content, former).weight() for section, editor in EDITORS.items()}


def label_of(name: str) -> str | None:
    """Say what a field of the editor is called; None where it has no such field."""
    shapes = (editor.shape({}) for editor in EDITORS.values())
    return next((label for shape in shapes if (label := shape.label_of(name))), None)
