"""Competency dictionaries to exchange, for tests."""

from datetime import UTC, date, datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.competency import Dictionary, DictionaryEntry
from catalogue.domain.exchange import (
    Entry,
    Framework,
    Replaced,
    identifier_of,
    in_order,
    item_identifier,
)
from catalogue.domain.words import PositionGroup
from catalogue.models import Competency, CompetencyDictionary
from catalogue.services import competencies
from tests.making import AT, SINCE

OWN = identifier_of("test")
LONG_NAME = "Có khả năng tham mưu đối với công tác " + "quản lý an toàn thực phẩm, " * 5 + "và khác"
_TEXTS: dict[int, str | None] = {
    1: "Nghe và trình bày.",
    2: None,
    3: "Giao tiếp <tốt> & rõ;\nhai dòng.",
}
_NAMES = (
    ("Nhóm năng lực quản lý", "Phát triển nhân viên"),
    ("Nhóm năng lực chung", "Giao tiếp ứng xử"),
    ("Nhóm năng lực chung", "Đạo đức và bản lĩnh"),
    ("Nhóm năng lực chuyên môn", LONG_NAME),
    ("Nhóm năng lực chuyên môn", "=Năng lực có dấu bằng"),
)


def a_framework() -> Framework:
    """One with a blank cell, a missing level, marks and line breaks in its texts, a synonym."""
    return Framework(
        identifier=OWN,
        title="Khung cấp độ năng lực",
        entries=in_order(
            [Entry(item_identifier(OWN, name), group, name, dict(_TEXTS)) for group, name in _NAMES]
        ),
        audience=PositionGroup.LEADERSHIP,
        valid_from=date(2024, 1, 1),
        valid_to=date(2026, 12, 31),
        changed_at=datetime(2024, 3, 1, 8, 30, tzinfo=UTC),
        replaced=(Replaced("Phát triển đội ngũ", "Phát triển nhân viên"),),
    )


def make_exchanged(session: Session, names: tuple[str, ...]) -> CompetencyDictionary:
    """A dictionary as its Word file gives it, with all five levels of each name."""
    digest = sha256(repr(names).encode()).hexdigest()
    read = Dictionary(
        "Khung cấp độ năng lực",
        tuple(
            DictionaryEntry(
                "Nhóm năng lực chung",
                name,
                {level: f"{name}: mức {level}." for level in range(1, 6)},
            )
            for name in names
        ),
    )
    source = competencies.Source("tu-dien.docx", digest, SINCE)
    competencies.record_dictionary(session, read, source, by=None, at=AT)
    return session.scalars(
        select(CompetencyDictionary).where(CompetencyDictionary.sha256 == digest)
    ).one()


def competency(session: Session, name: str) -> Competency:
    return session.scalars(select(Competency).where(Competency.name == name)).one()
