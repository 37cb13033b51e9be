"""Annexes become positions whose versions point back at their rows."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from catalogue.domain.annex import Annex
from catalogue.domain.errors import BlockedImport
from catalogue.domain.problems import Problem
from catalogue.domain.words import OriginKind, PositionGroup, SourceState, VersionState
from catalogue.models import AnnexRow, AuditEntry, PositionVersion, SourceDocument
from catalogue.services import cataloguing
from tests.services.conftest import AT, START, Ground, annex_row


def versions(ground: Ground) -> list[PositionVersion]:
    return list(ground.session.scalars(select(PositionVersion).order_by(PositionVersion.id)))


def signed(ground: Ground) -> SourceDocument:
    return ground.session.scalars(
        select(SourceDocument).where(SourceDocument.number == "2754-QĐ/BTCTW")
    ).one()


def test_each_row_becomes_a_provisional_position_that_points_back_at_it(ground: Ground) -> None:
    outcome = ground.record(annex_row("Chánh Văn phòng", code="VP-01"), annex_row("Phó", row=3))
    assert (outcome.rows, outcome.new) == (2, 2)
    version = versions(ground)[0]
    assert version.wording_row.raw == ["1", "Chánh Văn phòng", "VP-01"]
    assert version.group is PositionGroup.LEADERSHIP
    assert version.state is VersionState.PROVISIONAL
    assert [origin.kind for origin in version.origins] == [OriginKind.SAME]


def test_the_same_file_twice_changes_nothing(ground: Ground) -> None:
    ground.record(annex_row("Chánh Văn phòng"))
    again = ground.record(annex_row("Chánh Văn phòng"))
    assert again.repeated
    assert ground.session.scalars(select(func.count(AnnexRow.id))).one() == 1


def test_a_blocking_problem_writes_nothing(ground: Ground) -> None:
    problem = Problem("Bảng 1, dòng 2", "thiếu tên vị trí", "Hãy điền tên.", blocks=True)
    annex = Annex((annex_row("Chánh Văn phòng"),), problems=(problem,))
    with pytest.raises(BlockedImport):
        cataloguing.record_annex(ground.session, annex, ground.source(), by=None, at=AT)
    assert versions(ground) == []


def test_a_signed_file_gives_only_its_own_positions_a_verified_version(ground: Ground) -> None:
    ground.record(annex_row("Chánh Văn phòng"), annex_row("Lái xe", row=3, group="Hỗ trợ, phục vụ"))
    outcome = ground.record(
        annex_row("Chánh văn phòng"),
        sha256="b" * 64,
        document=signed(ground),
        state=SourceState.VERIFIED,
        valid_from=date(2024, 3, 29),
    )
    assert (outcome.same, outcome.new, outcome.unmatched) == (1, 0, 1)
    first, driver, second = versions(ground)
    assert (second.position_id, second.number) == (first.position_id, 2)
    assert second.wording_row.file.document.state is SourceState.VERIFIED
    assert first.valid_to == date(2024, 3, 28)
    assert driver.valid_to is None
    assert driver.wording_row.file.document.state is SourceState.REFERENCE


def test_a_like_name_of_the_same_group_is_taken_as_renamed_and_said_so(ground: Ground) -> None:
    group = "II. Nghiệp vụ chuyên ngành"
    ground.record(annex_row("Chuyên viên về công tác bảo vệ chính trị nội bộ", group=group))
    outcome = ground.record(
        annex_row("Chuyên viên công tác bảo vệ chính trị nội bộ", group=group), sha256="b" * 64
    )
    assert len(outcome.renamed) == 1
    assert versions(ground)[1].origins[0].kind is OriginKind.RENAMED


def test_titles_that_differ_in_their_subject_are_not_taken_as_one(ground: Ground) -> None:
    group = "III. Nghiệp vụ chuyên môn dùng chung"
    ground.record(annex_row("Chuyên viên về tài chính", group=group))
    outcome = ground.record(annex_row("Chuyên viên về hành chính", group=group), sha256="b" * 64)
    assert (outcome.new, outcome.unmatched) == (1, 1)


def test_the_same_wording_read_again_adds_an_origin_but_no_version(ground: Ground) -> None:
    ground.record(annex_row("Chánh Văn phòng"))
    outcome = ground.record(annex_row("Chánh Văn phòng"), sha256="b" * 64)
    assert outcome.unchanged == 1
    (version,) = versions(ground)
    assert len(version.origins) == 2


def test_the_database_refuses_overlapping_versions_of_one_position(ground: Ground) -> None:
    ground.record(annex_row("Chánh Văn phòng"))
    (version,) = versions(ground)
    rival = PositionVersion(
        position_id=version.position_id,
        number=2,
        wording_row_id=version.wording_row_id,
        name="Chánh Văn phòng",
        name_folded="chanh van phong",
        state=VersionState.ISSUED,
        valid_from=START,
        created_at=AT,
    )
    ground.session.add(rival)
    with pytest.raises(DBAPIError, match="overlap"):
        ground.session.flush()


def test_the_database_refuses_to_rewrite_the_audit(ground: Ground) -> None:
    ground.record(annex_row("Chánh Văn phòng"))
    entry = ground.session.scalars(select(AuditEntry)).one()
    assert entry.action == "annex.recorded"
    entry.subject = "khác"
    with pytest.raises(DBAPIError, match="append-only"):
        ground.session.flush()
