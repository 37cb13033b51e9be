"""A decision's file writes rows only; a unit's own list writes drafts that nobody is bound by."""

from datetime import date

import pytest
from sqlalchemy import select

from catalogue.domain.annex import Annex, Row
from catalogue.domain.errors import BlockedImport, Conflict, Invalid
from catalogue.domain.problems import Problem
from catalogue.domain.words import OriginKind, SourceState, VersionState
from catalogue.models import (
    AnnexFile,
    AnnexRow,
    AuditEntry,
    Position,
    PositionVersion,
    SourceDocument,
)
from catalogue.services import annex_files, own_lists
from tests.making import make_agency, make_unit
from tests.services.conftest import AT, Ground, annex_row

OWN = "c" * 64


def decision(ground: Ground) -> SourceDocument:
    numbered = select(SourceDocument).where(SourceDocument.number == "2754-QĐ/BTCTW")
    return ground.session.scalars(numbered).one()


def file_of(ground: Ground, *rows: Row, **changes: object) -> AnnexFile:
    facts = {"document": decision(ground), "state": SourceState.VERIFIED, "sha256": "b" * 64}
    source = ground.source(**facts | changes)
    return annex_files.record(ground.session, Annex(rows), source, by=None, at=AT)


def own_list(ground: Ground, *rows: Row, sha256: str = OWN) -> AnnexFile:
    source = ground.source(sha256=sha256, file_name="cua-don-vi.docx")
    return own_lists.record(ground.session, Annex(rows), source, ground.unit, by=None, at=AT)


def drafts(ground: Ground) -> list[PositionVersion]:
    drafted = select(PositionVersion).where(PositionVersion.state == VersionState.DRAFT)
    return list(ground.session.scalars(drafted.order_by(PositionVersion.id)))


def actions(ground: Ground) -> list[str]:
    return list(ground.session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)))


def test_a_decisions_file_brings_rows_and_puts_nothing_in_force(ground: Ground) -> None:
    file = file_of(ground, annex_row("Chánh Văn phòng"), annex_row("Phó", row=3))

    rows = ground.session.scalars(select(AnnexRow).order_by(AnnexRow.id)).all()
    assert [(row.annex_file_id, row.name) for row in rows] == [
        (file.id, "Chánh Văn phòng"),
        (file.id, "Phó"),
    ]
    assert ground.session.scalars(select(PositionVersion)).all() == []
    assert decision(ground).state is SourceState.VERIFIED
    assert actions(ground)[-1] == "annex_file.recorded"


def test_the_same_bytes_give_the_file_that_was_written_before(ground: Ground) -> None:
    first = file_of(ground, annex_row("Chánh Văn phòng"))
    assert file_of(ground, annex_row("Chánh Văn phòng")).id == first.id
    assert actions(ground).count("annex_file.recorded") == 1


def test_a_blocking_problem_writes_no_file(ground: Ground) -> None:
    problem = Problem("Bảng 1, dòng 2", "thiếu tên vị trí", "Hãy điền tên.", blocks=True)
    annex = Annex((annex_row("Chánh Văn phòng"),), problems=(problem,))
    with pytest.raises(BlockedImport):
        annex_files.record(ground.session, annex, ground.source(), by=None, at=AT)
    with pytest.raises(BlockedImport):
        own_lists.record(ground.session, annex, ground.source(), ground.unit, by=None, at=AT)
    assert ground.session.scalars(select(AnnexFile)).all() == []


def test_a_list_without_signature_does_not_stand_in_for_a_decision_that_was_read(
    ground: Ground,
) -> None:
    file_of(ground, annex_row("Chánh Văn phòng"))
    with pytest.raises(Conflict):
        file_of(ground, annex_row("Phó"), state=SourceState.REFERENCE, sha256="e" * 64)


def test_a_units_own_list_is_drafted_beside_what_is_in_force(ground: Ground) -> None:
    ground.record(annex_row("Chánh Văn phòng", code="VP-01"))
    own_list(ground, annex_row("Chánh văn phòng", code="VP-01"), annex_row("Lái xe", row=3))

    same, new = drafts(ground)
    assert (same.number, new.number) == (2, 1)
    standing = ground.session.scalars(
        select(PositionVersion).where(PositionVersion.state == VersionState.PROVISIONAL)
    ).one()
    assert (standing.position_id, standing.valid_to) == (same.position_id, None)
    assert [origin.kind for origin in same.origins] == [OriginKind.SAME]
    assert same.wording_row.file.file_name == "cua-don-vi.docx"


def test_a_later_list_drafts_the_same_positions_again(ground: Ground) -> None:
    own_list(ground, annex_row("Lái xe"))
    own_list(ground, annex_row("Lái xe"), annex_row("Văn thư", row=3), sha256="f" * 64)

    assert [(each.name, each.number) for each in drafts(ground)] == [
        ("Lái xe", 1),
        ("Lái xe", 2),
        ("Văn thư", 1),
    ]
    assert len(ground.session.scalars(select(Position)).all()) == 2


def test_the_same_own_list_twice_is_written_once(ground: Ground) -> None:
    first = own_list(ground, annex_row("Lái xe"))
    assert own_list(ground, annex_row("Lái xe")).id == first.id
    assert len(drafts(ground)) == 1


def test_a_draft_does_not_keep_the_next_annex_from_being_recorded(ground: Ground) -> None:
    ground.record(annex_row("Chánh Văn phòng"))
    own_list(ground, annex_row("Chánh Văn phòng"))
    ground.record(
        annex_row("Chánh Văn phòng"),
        document=decision(ground),
        sha256="b" * 64,
        valid_from=date(2024, 3, 29),
    )
    numbers = select(PositionVersion.number).order_by(PositionVersion.number)
    assert list(ground.session.scalars(numbers)) == [1, 2, 3]


def test_a_list_of_another_kind_of_agency_is_refused(ground: Ground) -> None:
    other = make_agency(ground.session, "BTC", "Ban Tổ chức")
    ground.unit = make_unit(ground.session, "BTCTU", "Ban Tổ chức Tỉnh ủy", other)
    with pytest.raises(Invalid, match="không thuộc loại cơ quan"):
        own_list(ground, annex_row("Lái xe"))
