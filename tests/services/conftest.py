"""A small province to stand on: one agency, one unit, one described position, one holder."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.annex import Annex, Row
from catalogue.domain.description import Description, Duty, Requirement, Task
from catalogue.domain.foundation import AgencyFact, DayFact, DocumentFact, Foundation, UnitFact
from catalogue.domain.words import DayKind, Level, SourceState
from catalogue.models import Agency, Assignment, Position, SourceDocument, Unit
from catalogue.services import cataloguing, describing, founding, staffing

AT = datetime(2024, 4, 10, 1, 0, tzinfo=UTC)
START = date(2024, 1, 1)


def annex_row(
    name: str, *, row: int = 2, group: str = "I. Lãnh đạo, quản lý", code: str = ""
) -> Row:
    return Row(
        no=str(row - 1),
        name=name,
        group=group,
        rank="Chuyên viên",
        code=code or None,
        headcount=1,
        table=1,
        row=row,
        raw=(str(row - 1), name, code),
    )


DESCRIPTION = Description(
    name="Chánh Văn phòng",
    code="VP-01",
    duties=(
        Duty(
            "2.1", "Điều hành", (Task("Chủ trì giao ban", "Biên bản", "Đúng giờ"),), ("Đúng giờ",)
        ),
        Duty("2.2", "Nhiệm vụ khác do cấp trên giao"),
    ),
    competencies=(Requirement("Nhóm năng lực chung", "Giao tiếp ứng xử", 3, 4),),
)


@dataclass
class Ground:
    """The rows that tests name."""

    session: Session
    agency: Agency
    document: SourceDocument
    unit: Unit

    def source(self, **changes: object) -> cataloguing.Source:
        facts: dict[str, object] = {
            "document": self.document,
            "agency": self.agency,
            "file_name": "phu-luc.docx",
            "sha256": "a" * 64,
            "state": SourceState.REFERENCE,
            "valid_from": START,
        }
        return cataloguing.Source(**facts | changes)  # type: ignore[arg-type]

    def record(self, *rows: Row, **changes: object) -> cataloguing.Recorded:
        source = self.source(**changes)
        return cataloguing.record_annex(self.session, Annex(rows), source, by=None, at=AT)

    def describe(
        self, *descriptions: Description, sha256: str = "d" * 64, since: date = START
    ) -> describing.Recorded:
        source = describing.Source("mo-ta.docx", sha256, since)
        return describing.record_descriptions(
            self.session, descriptions or (DESCRIPTION,), source, by=None, at=AT
        )

    def assign(self, name: str = "Người Mẫu 001") -> Assignment:
        position = self.session.scalars(select(Position)).first()
        assert position is not None
        return staffing.assign(
            self.session,
            staffing.add_person(self.session, name, synthetic=True),
            staffing.establish(self.session, self.unit, position, headcount=1, since=START),
            since=START,
        )


@pytest.fixture
def ground(session: Session) -> Ground:
    decision = DocumentFact(
        "2754-QĐ/BTCTW",
        "Ban Tổ chức Trung ương",
        date(2024, 3, 29),
        "Danh mục vị trí",
        "quyết định",
    )
    office = AgencyFact("VPTU", "Văn phòng Tỉnh ủy", "Văn phòng", Level.PROVINCE, "", "", "V")
    foundation = Foundation(
        documents=(decision,),
        agencies=(office,),
        units=(UnitFact("VPTU", "Văn phòng Tỉnh ủy", "VPTU", "V"),),
        calendar=(DayFact(date(2024, 1, 1), DayKind.HOLIDAY, "Tết Dương lịch"),),
        in_force_from=START,
        stands_in_for="09-ĐA/TU",
    )
    founding.lay(session, foundation, at=AT)
    founding.establish_units(session, foundation.units, since=START)
    reference = founding.reference_document(session, "Tham khảo VPTU", "Danh sách tham khảo", START)
    session.commit()
    return Ground(
        session,
        session.scalars(select(Agency)).one(),
        reference,
        session.scalars(select(Unit)).one(),
    )
