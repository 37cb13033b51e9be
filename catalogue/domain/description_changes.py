"""What differs between two job descriptions, section by section in the form's own order."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from catalogue.domain.description import (
    Authority,
    Description,
    OutsideRelation,
    Requirement,
    Section,
)
from catalogue.domain.duty_changes import compare_duties
from catalogue.domain.item_changes import (
    Change,
    Fact,
    Item,
    compare as compare_items,
    differences,
    lines_fact,
    text_fact,
)


def compare(before: Description, after: Description) -> list[Change]:
    """Compare two descriptions; none where all that a draft keeps of them is equal."""
    return [change for section in Section for change in _SECTIONS[section](section, before, after)]


def by_section(changes: Sequence[Change]) -> list[tuple[Section, list[Change]]]:
    """Give every section with what differs in it, nothing where it says the same."""
    return [
        (section, [change for change in changes if change.section is section])
        for section in Section
    ]


def level(asked: Requirement) -> str | None:
    """Say the levels asked for as the form prints them."""
    low, high = asked.level_min, asked.level_max
    if low is None and high is None:
        return None
    return f"{low}–{high}" if low and high and low != high else str(low or high)


def _general(section: Section, before: Description, after: Description) -> Iterator[Change]:
    yield from differences(section, "", _box(before), _box(after))
    yield from compare_items(
        section, "Thông tin khác", _particulars(before), _particulars(after), ordered=False
    )


def _particulars(each: Description) -> list[Item]:
    return _labelled(
        {label: text_fact("Nội dung", text) for label, text in each.particulars.items()}
    )


def _box(each: Description) -> tuple[Fact, ...]:
    return (
        text_fact("Tên vị trí việc làm", each.name),
        text_fact("Mã vị trí việc làm", each.code),
        text_fact("Ngày bắt đầu thực hiện", each.starts),
        text_fact("Địa điểm làm việc", each.workplace),
        text_fact("Quy trình công việc liên quan", each.procedures),
        lines_fact("Dấu trạng thái", each.marks),
        lines_fact("Phần đứng trước bản mô tả", each.preface),
    )


def _purpose(section: Section, before: Description, after: Description) -> Iterator[Change]:
    former, newer = (text_fact("Mục tiêu", each.purpose) for each in (before, after))
    return differences(section, "", [former], [newer])


def _duties(section: Section, before: Description, after: Description) -> Iterator[Change]:
    del section
    return compare_duties(before.duties, after.duties)


def _relations(section: Section, before: Description, after: Description) -> Iterator[Change]:
    yield from differences(section, "Bên trong", _inside(before), _inside(after))
    former, newer = (_outside(each.relations.outside) for each in (before, after))
    yield from compare_items(section, "Quan hệ bên ngoài", former, newer)


def _inside(each: Description) -> tuple[Fact, ...]:
    relations = each.relations
    return (
        lines_fact("Được quản lý trực tiếp bởi", relations.managed_by),
        lines_fact("Quản lý trực tiếp", relations.manages),
        lines_fact("Phối hợp trong đơn vị", relations.coordinates_in_unit),
        lines_fact("Các đơn vị phối hợp chính", relations.coordinates_with),
    )


def _outside(relations: Sequence[OutsideRelation]) -> list[Item]:
    return [
        Item(
            f"Bên ngoài, dòng {ordinal}",
            each.body,
            (
                text_fact("Cơ quan, tổ chức", each.body),
                text_fact("Bản chất quan hệ", each.nature),
            ),
        )
        for ordinal, each in enumerate(relations, start=1)
    ]


def _authority(section: Section, before: Description, after: Description) -> Iterator[Change]:
    return compare_items(section, "Quyền hạn", _powers(before.authority), _powers(after.authority))


def _powers(powers: Sequence[Authority]) -> list[Item]:
    return [
        Item(
            f"Quyền hạn {each.no or ordinal}",
            each.text,
            (
                text_fact("Số thứ tự", each.no),
                text_fact("Quyền hạn", each.text),
                text_fact("Nhóm quyền hạn", each.section),
            ),
        )
        for ordinal, each in enumerate(powers, start=1)
    ]


def _qualifications(section: Section, before: Description, after: Description) -> Iterator[Change]:
    former, newer = (
        _labelled({label: lines_fact("Nội dung", lines) for label, lines in said.items()})
        for said in (before.qualifications, after.qualifications)
    )
    return compare_items(section, "Yêu cầu", former, newer, ordered=False)


def _competencies(section: Section, before: Description, after: Description) -> Iterator[Change]:
    return compare_items(
        section, "Năng lực", _asked(before.competencies), _asked(after.competencies)
    )


def _asked(requirements: Sequence[Requirement]) -> list[Item]:
    return [
        Item(
            each.name,
            each.name,
            (
                text_fact("Tên năng lực", each.name),
                text_fact("Nhóm năng lực", each.group),
                Fact("Cấp độ", (each.level_min, each.level_max), level(each)),
            ),
        )
        for each in requirements
    ]


def _labelled(facts: Mapping[str, Fact]) -> list[Item]:
    return [
        Item(label, label, (text_fact("Tên dòng", label), fact)) for label, fact in facts.items()
    ]


_Compared = Callable[[Section, Description, Description], Iterator[Change]]
_SECTIONS: Mapping[Section, _Compared] = {
    Section.GENERAL: _general,
    Section.PURPOSE: _purpose,
    Section.DUTIES: _duties,
    Section.RELATIONS: _relations,
    Section.AUTHORITY: _authority,
    Section.QUALIFICATIONS: _qualifications,
    Section.COMPETENCIES: _competencies,
}
