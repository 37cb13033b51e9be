"""Issuing brings into force exactly what was approved, or changes nothing and says why."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from catalogue.domain.errors import CatalogueError, Conflict, Invalid, NotAllowed
from catalogue.domain.reviewing import MatchKind, Stage, Verdict
from catalogue.domain.states import DossierState, MoveNotAllowed
from catalogue.domain.words import OriginKind, SourceState, VersionState
from catalogue.models import (
    AnnexFile,
    AnnexRow,
    AuditEntry,
    Dossier,
    Establishment,
    Issuance,
    Position,
    PositionOrigin,
    PositionVersion,
    Ruling,
    Seat,
    SourceDocument,
    Succession,
)
from catalogue.services import dossiers, issuing
from tests.dossiers import Province
from tests.issuances import (
    EFFECT,
    ISSUED_ON,
    catalogue_on,
    issued,
    names_on,
    rule,
    terms_for,
)
from tests.making import AT, SINCE, TODAY, make_person


def test_the_adopted_names_are_in_force_from_the_day_of_effect(province: Province) -> None:
    dossier = province.dossier(DossierState.CONCLUDED)

    issued(province, dossier)

    assert dossier.state is DossierState.ISSUED
    before, after = EFFECT - timedelta(days=1), EFFECT
    assert names_on(province.session, before) == {version.name for version in province.own}
    assert catalogue_on(province.session, after) == sorted(
        (item.name, VersionState.ISSUED) for item in dossier.items
    )


def test_the_decision_is_a_source_document_whose_annex_words_the_versions(
    province: Province,
) -> None:
    dossier = province.dossier(DossierState.CONCLUDED)

    issuance = issued(province, dossier)

    document = issuance.document
    assert (document.number, document.issuer, document.state, document.issued_on) == (
        "21-QĐ/TU",
        "Ban Thường vụ Tỉnh ủy Hậu Giang",
        SourceState.UNSIGNED,
        ISSUED_ON,
    )
    file = province.session.scalars(
        select(AnnexFile).where(AnnexFile.source_document_id == document.id)
    ).one()
    assert (file.agency_id, file.sha256) == (province.agency.id, dossier.sha256)
    rows = province.session.scalars(
        select(AnnexRow).where(AnnexRow.annex_file_id == file.id).order_by(AnnexRow.row_no)
    ).all()
    assert [row.name for row in rows] == [item.name for item in dossier.items]
    assert rows[0].raw == ["1", "Chánh Văn phòng", "Chuyên viên", "VT-01", "1"]
    worded = select(PositionVersion.wording_row_id).where(
        PositionVersion.state == VersionState.ISSUED
    )
    assert set(province.session.scalars(worded)) == {row.id for row in rows}


def test_each_version_points_at_its_row_and_at_the_one_it_came_from(province: Province) -> None:
    issued(province, province.dossier(DossierState.CONCLUDED))

    query = (
        select(PositionVersion.name, SourceDocument.number, PositionOrigin.kind)
        .join(PositionOrigin, PositionOrigin.position_version_id == PositionVersion.id)
        .join(AnnexRow, AnnexRow.id == PositionOrigin.annex_row_id)
        .join(AnnexFile, AnnexFile.id == AnnexRow.annex_file_id)
        .join(SourceDocument, SourceDocument.id == AnnexFile.source_document_id)
        .where(PositionVersion.state == VersionState.ISSUED)
    )
    origins = {(name, number, kind) for name, number, kind in province.session.execute(query)}
    central = {(name, kind) for name, number, kind in origins if number == "2752-QĐ/BTCTW"}
    assert central == {
        ("Chánh Văn phòng", OriginKind.SAME),
        ("Phó Chánh Văn phòng", OriginKind.SAME),
        ("Chuyên viên về tổng hợp", OriginKind.RENAMED),
        ("Văn thư, lưu trữ", OriginKind.MERGED),
        ("Chuyên viên hành chính", OriginKind.SPLIT),
        ("Chuyên viên quản trị công sở", OriginKind.SPLIT),
        ("Chuyên viên cơ yếu", OriginKind.SAME),
    }
    assert ("Cố vấn đờn ca tài tử", "Tham khảo VPTU", OriginKind.LOCAL) in origins
    assert sum(number == "21-QĐ/TU" for _, number, _ in origins) == len(central) + 1


def test_same_renamed_and_local_positions_go_on_and_the_others_begin(province: Province) -> None:
    issued(province, province.dossier(DossierState.CONCLUDED))

    own = {version.position_id: version.name for version in province.own}
    numbers = {
        version.name: (own.get(version.position_id), version.number)
        for version in province.session.scalars(
            select(PositionVersion).where(PositionVersion.state == VersionState.ISSUED)
        )
    }
    assert numbers == {
        "Chánh Văn phòng": ("Chánh Văn phòng", 2),
        "Phó Chánh Văn phòng": ("Phó Chánh Văn phòng", 2),
        "Chuyên viên về tổng hợp": ("Chuyên viên tổng hợp", 2),
        "Cố vấn đờn ca tài tử": ("Cố vấn đờn ca tài tử", 2),
        "Văn thư, lưu trữ": (None, 1),
        "Chuyên viên hành chính": (None, 1),
        "Chuyên viên quản trị công sở": (None, 1),
        "Chuyên viên cơ yếu": (None, 1),
    }


def test_the_cross_walk_leads_from_merged_and_split_positions_to_the_official_ones(
    province: Province,
) -> None:
    issuance = issued(province, province.dossier(DossierState.CONCLUDED))

    former = PositionVersion
    successor: dict[str, list[tuple[str, MatchKind]]] = {}
    for each in province.session.scalars(select(Succession)):
        names = [
            province.session.scalars(
                select(former.name).where(former.position_id == position)
            ).one()
            for position in (each.position_id, each.successor_id)
        ]
        successor.setdefault(names[0], []).append((names[1], each.kind))
        assert (each.valid_from, each.valid_to, each.issuance_id) == (EFFECT, None, issuance.id)
    assert successor == {
        "Chuyên viên văn thư": [("Văn thư, lưu trữ", MatchKind.MERGED)],
        "Chuyên viên lưu trữ": [("Văn thư, lưu trữ", MatchKind.MERGED)],
        "Chuyên viên hành chính, quản trị": [
            ("Chuyên viên hành chính", MatchKind.SPLIT),
            ("Chuyên viên quản trị công sở", MatchKind.SPLIT),
        ],
    }


def test_new_positions_are_established_where_the_former_ones_are(province: Province) -> None:
    issued(province, province.dossier(DossierState.CONCLUDED))

    query = (
        select(PositionVersion.name, Establishment.unit_id, Establishment.headcount)
        .join(PositionVersion, PositionVersion.position_id == Establishment.position_id)
        .where(Establishment.valid_from == EFFECT)
    )
    assert set(province.session.execute(query).tuples()) == {
        ("Văn thư, lưu trữ", province.unit.id, 2),
        ("Chuyên viên hành chính", province.unit.id, None),
        ("Chuyên viên quản trị công sở", province.unit.id, None),
    }
    still = select(Establishment).where(Establishment.valid_to.is_(None))
    assert len(province.session.scalars(still).all()) == len(province.own) + 3


def test_the_last_ruling_decides_what_is_issued(province: Province) -> None:
    dossier = province.dossier(DossierState.CONCLUDED)
    rule(province, dossier, "Chuyên viên về tổng hợp", Verdict.REJECT)
    rule(
        province,
        dossier,
        "Chuyên viên về tổng hợp",
        Verdict.ADOPT_AMENDED,
        "Chuyên viên tổng hợp, thi đua",
    )
    rule(province, dossier, "Chuyên viên cơ yếu", Verdict.ADOPT)
    rule(province, dossier, "Chuyên viên cơ yếu", Verdict.REJECT)
    rule(province, dossier, "Phó Chánh Văn phòng", Verdict.REJECT)
    rule(province, dossier, "Văn thư, lưu trữ", Verdict.REJECT)
    rule(province, dossier, "Chuyên viên quản trị công sở", Verdict.REJECT)
    rule(province, dossier, "Cố vấn đờn ca tài tử", Verdict.REJECT)

    issued(province, dossier)

    provisional, official = VersionState.PROVISIONAL, VersionState.ISSUED
    assert catalogue_on(province.session, EFFECT) == sorted(
        [
            ("Chánh Văn phòng", official),
            ("Phó Chánh Văn phòng", provisional),
            ("Chuyên viên tổng hợp, thi đua", official),
            ("Chuyên viên văn thư", provisional),
            ("Chuyên viên lưu trữ", provisional),
            ("Chuyên viên hành chính", official),
        ]
    )
    rows = province.session.scalars(
        select(AnnexRow.name)
        .join(AnnexFile)
        .join(SourceDocument)
        .where(SourceDocument.number == "21-QĐ/TU")
    )
    assert set(rows) == {
        "Chánh Văn phòng",
        "Chuyên viên tổng hợp, thi đua",
        "Chuyên viên hành chính",
    }


def test_a_ruling_of_the_first_stage_decides_nothing(province: Province) -> None:
    dossier = province.dossier(DossierState.CONCLUDED)
    rule(province, dossier, "Chuyên viên cơ yếu", Verdict.REJECT)
    province.session.scalars(select(Ruling)).one().stage = Stage.STANDING

    issued(province, dossier)

    assert "Chuyên viên cơ yếu" in names_on(province.session, EFFECT)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"number": ""}, "Số, ký hiệu quyết định: chưa ghi"),
        ({"number": "x" * 201}, "dài 201 ký tự"),
        ({"number": "2752-qd/btctw"}, "đã có trong văn bản nguồn"),
        ({"signatory": ""}, "Người ký"),
        ({"signatory_office": ""}, "Chức vụ"),
        ({"effective_from": ISSUED_ON - timedelta(days=1)}, "không được trước ngày ban hành"),
        (
            {"issued_on": date(2024, 1, 1), "effective_from": date(2024, 1, 1)},
            "có hiệu lực từ 01/01/2024",
        ),
        ({"sha256_seen": "0" * 64}, "không phải nội dung đã trình"),
    ],
)
def test_terms_that_cannot_stand_change_nothing(
    province: Province, changes: dict[str, object], message: str
) -> None:
    dossier = province.dossier(DossierState.CONCLUDED)

    refused(province, dossier, (Invalid, Conflict), message, None, **changes)


def refused(
    province: Province,
    dossier: Dossier,
    kind: type[CatalogueError] | tuple[type[CatalogueError], ...],
    message: str,
    by: int | None = None,
    **changes: object,
) -> None:
    """Hold that issuing is refused in these words and leaves nothing behind."""
    state, before = dossier.state, names_on(province.session, EFFECT)
    terms = terms_for(dossier, **changes)
    with pytest.raises(kind, match=message):
        issuing.issue(
            province.session, dossier.id, terms, by=by or province.members[0].id, at=AT, today=TODAY
        )
    assert dossier.state is state
    assert names_on(province.session, EFFECT) == before
    assert province.session.scalars(select(Issuance)).all() == []
    assert province.session.scalars(select(Succession)).all() == []


@pytest.mark.parametrize(
    "state",
    [DossierState.SUBMITTED, DossierState.STANDING_REVIEW, DossierState.COMMITTEE_REVIEW],
)
def test_only_a_concluded_dossier_is_issued(province: Province, state: DossierState) -> None:
    refused(province, province.dossier(state), MoveNotAllowed, "không thể «Ban hành»")


@pytest.mark.parametrize("state", [DossierState.STANDING_REVIEW, DossierState.CONCLUDED])
def test_only_what_the_committee_is_looking_at_is_issued_urgently(
    province: Province, state: DossierState
) -> None:
    dossier = province.dossier(state)

    refused(
        province, dossier, MoveNotAllowed, "Ban hành khẩn", urgent=True, urgent_reason="Hạn 15/4"
    )


def test_who_wrote_the_dossier_may_not_issue_it_whatever_their_seat(province: Province) -> None:
    dossier = province.dossier(DossierState.CONCLUDED)

    refused(province, dossier, NotAllowed, "người khác", by=province.organiser.id)


def test_who_has_no_seat_may_not_issue(province: Province) -> None:
    stranger = make_person(province.session, "Người Ngoài")

    refused(
        province,
        province.dossier(DossierState.CONCLUDED),
        NotAllowed,
        "không có tên trong danh sách",
        by=stranger.id,
    )


def test_who_has_left_the_committee_may_not_issue_under_an_earlier_day(
    province: Province,
) -> None:
    dossier, leaver = province.dossier(DossierState.CONCLUDED), province.members[1]
    last = TODAY - timedelta(days=1)
    province.session.execute(update(Seat).where(Seat.person_id == leaver.id).values(valid_to=last))

    refused(province, dossier, NotAllowed, "không có tên trong", by=leaver.id, issued_on=last)


def test_items_changed_behind_their_digest_are_not_issued(province: Province) -> None:
    dossier = province.dossier(DossierState.CONCLUDED)
    dossier.items[0].name = "Chánh Văn phòng kiêm nhiệm"
    province.session.flush()

    refused(province, dossier, Conflict, "không còn đúng với mã kiểm tra")


def test_content_changed_behind_its_digest_is_not_issued(province: Province) -> None:
    dossier = province.dossier(DossierState.CONCLUDED)
    dossier.content = [dict(each, why="khác") for each in dossier.content or []]
    province.session.flush()

    refused(province, dossier, Conflict, "không còn đúng với mã kiểm tra")


def test_a_position_that_changed_since_it_was_matched_is_named(province: Province) -> None:
    dossier = province.dossier(DossierState.CONCLUDED)
    province.own[3].valid_to = date(2024, 4, 1)
    province.session.flush()

    refused(province, dossier, Conflict, "mục 4 .«Chuyên viên văn thư».*đối chiếu lại")


def test_a_position_asked_for_twice_is_refused_with_its_rows(province: Province) -> None:
    province.match(MatchKind.RENAMED, [0], [5])

    with pytest.raises(Conflict, match="Cùng một vị trí được đề nghị ở mục 1, mục 7"):
        province.dossier(DossierState.SUBMITTED)


def test_a_name_that_the_agency_would_have_twice_is_refused(province: Province) -> None:
    """A unit's own list words a position that stands in force, and was not recognised as it."""
    session = province.session
    stranger = Position(agency_id=province.agency.id)
    session.add(stranger)
    session.flush()
    row = province.official[6]
    version = PositionVersion(
        position_id=stranger.id,
        number=1,
        wording_row_id=row.id,
        name="Chuyên viên cơ yếu",
        name_folded="chuyen vien co yeu",
        state=VersionState.PROVISIONAL,
        valid_from=SINCE,
        created_at=AT,
    )
    session.add(version)
    session.flush()

    dossier, writer = province.dossier(), province.organiser.id

    with pytest.raises(Conflict, match="hai vị trí cùng tên: mục 7"):
        dossiers.submit(session, dossier.id, by=writer, at=AT)

    version.state = VersionState.WITHDRAWN
    session.flush()
    assert dossiers.submit(session, dossier.id, by=writer, at=AT).state is DossierState.SUBMITTED


def test_everything_stands_in_the_audit(province: Province) -> None:
    dossier = province.dossier(DossierState.CONCLUDED)
    rule(province, dossier, "Cố vấn đờn ca tài tử", Verdict.REJECT)

    issued(province, dossier)

    entry = province.session.scalars(
        select(AuditEntry).where(AuditEntry.action == "issuance.issued")
    ).one()
    assert (entry.actor_id, entry.subject) == (province.members[0].id, f"dossier:{dossier.id}")
    assert entry.detail == {
        "number": "21-QĐ/TU",
        "sha256": dossier.sha256,
        "effective_from": "2024-04-15",
        "adopted": 7,
        "rejected": 1,
        "ended": 7,
        "urgent": None,
    }
