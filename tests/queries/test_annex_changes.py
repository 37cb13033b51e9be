"""A newer file of a decision is told apart from the former one, row by row."""

import pytest
from sqlalchemy.orm import Session

from catalogue.domain.annex import Annex, Row
from catalogue.domain.words import SourceState
from catalogue.models import Agency, AnnexFile, SourceDocument
from catalogue.queries import annex_changes
from catalogue.queries.annex_changes import ChangeKind
from catalogue.services import annex_files
from catalogue.services.cataloguing import Source
from tests.making import AT, SINCE, make_agency, make_document

GROUP = "Nghiệp vụ chuyên ngành"


def row(place: int, name: str, *, code: str | None = None, headcount: int | None = None) -> Row:
    return Row(str(place), name, GROUP, "Chuyên viên", code, headcount, 1, place + 1, (name,))


class Decision:
    """A decision whose file is read again and again."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.agency: Agency = make_agency(session, "VP", "Văn phòng")
        self.document: SourceDocument = make_document(session, "2754-QĐ/BTCTW")

    def read(self, *rows: Row) -> AnnexFile:
        digest = f"{abs(hash(rows)):064d}"
        verified = SourceState.VERIFIED
        source = Source(self.document, self.agency, "phu-luc.docx", digest, verified, SINCE)
        return annex_files.record(self.session, Annex(rows), source, by=None, at=AT)

    def compare(self, former: AnnexFile, newer: AnnexFile) -> list[tuple[ChangeKind, str]]:
        found = annex_changes.compare(self.session, former.id, newer.id)
        return [(change.kind, change.row.name) for change in found]


@pytest.fixture
def decision(session: Session) -> Decision:
    return Decision(session)


def test_rows_are_added_changed_unchanged_and_those_gone_come_last(decision: Decision) -> None:
    former = decision.read(row(1, "Lái xe"), row(2, "Kế toán", headcount=1), row(3, "Thủ quỹ"))
    newer = decision.read(row(1, "Văn thư"), row(2, "Kế toán", headcount=2), row(3, "Lái xe"))
    assert decision.compare(former, newer) == [
        (ChangeKind.ADDED, "Văn thư"),
        (ChangeKind.CHANGED, "Kế toán"),
        (ChangeKind.UNCHANGED, "Lái xe"),
        (ChangeKind.REMOVED, "Thủ quỹ"),
    ]
    changed = annex_changes.compare(decision.session, former.id, newer.id)[1]
    assert changed.differences == (("Biên chế", "1", "2"),)


def test_a_row_renamed_under_its_code_is_the_same_row(decision: Decision) -> None:
    former = decision.read(row(1, "Lái xe", code="HT-01"), row(2, "Thủ quỹ", code="HT-02"))
    newer = decision.read(row(1, "Nhân viên lái xe", code="HT-1"), row(2, "Thủ quỹ"))
    assert decision.compare(former, newer) == [
        (ChangeKind.CHANGED, "Nhân viên lái xe"),
        (ChangeKind.CHANGED, "Thủ quỹ"),
    ]
    first, second = annex_changes.compare(decision.session, former.id, newer.id)
    assert [each.label for each in first.differences] == ["Tên", "Mã"]
    assert second.differences == (("Mã", "HT-02", "không ghi"),)


def test_two_rows_of_one_name_are_each_met_once(decision: Decision) -> None:
    former = decision.read(row(1, "Chuyên viên"), row(2, "Chuyên viên"))
    newer = decision.read(row(1, "Chuyên viên"))
    assert decision.compare(former, newer) == [
        (ChangeKind.UNCHANGED, "Chuyên viên"),
        (ChangeKind.REMOVED, "Chuyên viên"),
    ]
