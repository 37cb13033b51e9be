"""A dossier is drafted from matches, frozen when submitted, and followed when it is returned."""

import pytest
from sqlalchemy import select

from catalogue.domain.dossier import digest
from catalogue.domain.errors import Conflict, Invalid, NotAllowed
from catalogue.domain.reviewing import MatchKind
from catalogue.domain.roles import Viewer
from catalogue.domain.states import MOVES, DossierState, Move, MoveNotAllowed
from catalogue.domain.words import PositionGroup, Role
from catalogue.models import AuditEntry, DossierItem, Reconciliation
from catalogue.queries.dossiers import ready_lists
from catalogue.services import dossier_items, dossiers
from tests.dossiers import Province
from tests.making import AT, TODAY, make_unit


def test_each_match_becomes_the_items_it_asks_for(province: Province) -> None:
    dossier = province.dossier()

    asked = [(item.kind, item.former_name, item.name, item.differs) for item in dossier.items]

    assert asked == [
        (MatchKind.SAME, "Chánh Văn phòng", "Chánh Văn phòng", False),
        (MatchKind.SAME, "Phó Chánh Văn phòng", "Phó Chánh Văn phòng", False),
        (MatchKind.RENAMED, "Chuyên viên tổng hợp", "Chuyên viên về tổng hợp", True),
        (MatchKind.MERGED, "Chuyên viên văn thư; Chuyên viên lưu trữ", "Văn thư, lưu trữ", True),
        (MatchKind.SPLIT, "Chuyên viên hành chính, quản trị", "Chuyên viên hành chính", True),
        (MatchKind.SPLIT, "Chuyên viên hành chính, quản trị", "Chuyên viên quản trị công sở", True),
        (MatchKind.MISSING, "", "Chuyên viên cơ yếu", True),
        (MatchKind.LOCAL, "Cố vấn đờn ca tài tử", "Cố vấn đờn ca tài tử", True),
    ]
    assert [item.ordinal for item in dossier.items] == list(range(1, 9))


def test_a_match_that_a_dossier_holds_is_not_gathered_again(province: Province) -> None:
    province.dossier()
    other = dossiers.draft(province.session, "Hồ sơ khác", by=province.organiser.id, at=AT)

    gathered = dossier_items.gather(
        province.session, other.id, province.reconciliation.id, by=province.organiser.id, at=AT
    )

    assert gathered == 0


def test_a_units_dossier_takes_nothing_of_another_units_list(province: Province) -> None:
    session, by = province.session, province.organiser.id
    other = make_unit(session, "VPTU2", "Văn phòng khác", province.agency)
    own = dossiers.draft(session, "Của đơn vị", unit_id=province.unit.id, by=by, at=AT)
    province.reconciliation.unit_id = other.id
    session.flush()
    with pytest.raises(Conflict, match="không phải của đơn vị"):
        dossier_items.gather(session, own.id, province.reconciliation.id, by=by, at=AT)

    for unit_id in (None, province.unit.id):
        province.reconciliation.unit_id = unit_id
        session.flush()
        viewer = Viewer(by, 0, "", {Role.ORGANISER: None}, TODAY)
        assert [each.reconciliation_id for each in ready_lists(session, own, viewer)] == [
            province.reconciliation.id
        ]


def test_nothing_is_taken_of_a_list_that_a_newer_file_followed(province: Province) -> None:
    session, by = province.session, province.organiser.id
    dossier = dossiers.draft(session, "Hồ sơ", by=by, at=AT)
    former = province.reconciliation
    session.add(
        Reconciliation(
            agency_id=former.agency_id,
            official_file_id=former.official_file_id,
            former_id=former.id,
            started_at=AT,
        )
    )
    session.flush()

    with pytest.raises(Conflict, match="tệp mới hơn"):
        dossier_items.gather(session, dossier.id, former.id, by=by, at=AT)


def test_a_position_that_only_changes_its_group_differs(province: Province) -> None:
    province.own[0].group = PositionGroup.SUPPORT
    province.official[0].group_heading = PositionGroup.LEADERSHIP.label
    province.session.flush()

    named = {item.name: item.differs for item in province.dossier().items}

    assert named["Chánh Văn phòng"]
    assert not named["Phó Chánh Văn phòng"]


def test_a_row_that_one_dossier_asks_for_is_not_asked_for_by_another(province: Province) -> None:
    """Two reconciliations of one agency may rule on the same rows and positions."""
    province.dossier()
    again = Reconciliation(
        agency_id=province.agency.id,
        official_file_id=province.reconciliation.official_file_id,
        unit_id=province.unit.id,
        started_at=AT,
    )
    province.session.add(again)
    province.session.flush()
    province.reconciliation = again
    province.match(MatchKind.SAME, [0], [0])
    other = dossiers.draft(
        province.session, "Hồ sơ khác", unit_id=province.unit.id, by=province.organiser.id, at=AT
    )

    gathered = dossier_items.gather(
        province.session, other.id, again.id, by=province.organiser.id, at=AT
    )

    assert gathered == 0


def test_a_split_leaves_the_draft_as_a_whole(province: Province) -> None:
    dossier = province.dossier()
    split = next(item for item in dossier.items if item.kind is MatchKind.SPLIT)

    dossier_items.leave_out(
        province.session, dossier.id, split.match_id, by=province.organiser.id, at=AT
    )

    assert MatchKind.SPLIT not in {item.kind for item in dossier.items}
    assert [item.ordinal for item in dossier.items] == list(range(1, 7))


def test_submitting_freezes_the_content_under_its_digest(province: Province) -> None:
    dossier = province.dossier(DossierState.SUBMITTED)

    assert dossier.content is not None
    assert dossier.sha256 == digest(dossier.content)
    assert [item["name"] for item in dossier.content] == [item.name for item in dossier.items]
    assert dossier.content[3]["rows"] == [
        ["2752-QĐ/BTCTW", province.official[3].file.sha256, 1, 5],
    ]
    with pytest.raises(Conflict, match="không sửa được nữa"):
        dossier_items.leave_out(
            province.session, dossier.id, dossier.items[0].match_id, by=1, at=AT
        )


def test_an_empty_dossier_is_not_submitted(province: Province) -> None:
    empty = dossiers.draft(province.session, "Hồ sơ trống", by=province.organiser.id, at=AT)

    with pytest.raises(Conflict, match="chưa có mục nào"):
        dossiers.submit(province.session, empty.id, by=province.organiser.id, at=AT)

    assert empty.state is DossierState.DRAFT


def test_a_returned_dossier_is_followed_by_the_next_numbered_draft(province: Province) -> None:
    dossier = province.dossier(DossierState.SUBMITTED)
    frozen = dossier.content

    following = dossiers.give_back(
        province.session, dossier.id, "Thiếu căn cứ mục 4", by=province.members[0].id, at=AT
    )

    assert (dossier.state, dossier.return_reason) == (DossierState.RETURNED, "Thiếu căn cứ mục 4")
    assert dossier.content == frozen
    assert (following.number, following.first_id) == (2, dossier.id)
    assert following.state is DossierState.DRAFT
    assert [item.name for item in following.items] == [item.name for item in dossier.items]
    with pytest.raises(MoveNotAllowed):
        dossiers.submit(province.session, dossier.id, by=province.organiser.id, at=AT)


def test_a_dossier_is_not_returned_without_a_reason(province: Province) -> None:
    dossier = province.dossier(DossierState.SUBMITTED)

    with pytest.raises(Invalid, match="Lý do trả lại"):
        dossiers.give_back(province.session, dossier.id, "", by=province.members[0].id, at=AT)

    assert dossier.state is DossierState.SUBMITTED


def test_who_wrote_any_draft_of_it_may_neither_take_it_up_nor_return_it(
    province: Province,
) -> None:
    first = province.dossier(DossierState.SUBMITTED)
    second = dossiers.give_back(
        province.session, first.id, "Bổ sung căn cứ", by=province.members[0].id, at=AT
    )
    dossiers.submit(province.session, second.id, by=province.unit_officer.id, at=AT)

    for writer in (province.organiser.id, province.unit_officer.id):
        with pytest.raises(NotAllowed, match="người khác"):
            dossiers.give_back(province.session, second.id, "Lý do", by=writer, at=AT)
        with pytest.raises(NotAllowed, match="người khác"):
            dossiers.move(province.session, second.id, Move.OPEN, by=writer, at=AT)

    assert second.state is DossierState.SUBMITTED


@pytest.mark.parametrize("state", DossierState, ids=lambda state: state.value)
def test_a_move_out_of_turn_says_why_and_changes_nothing(
    province: Province, state: DossierState
) -> None:
    dossier = province.dossier()
    dossier.state = state
    province.session.flush()
    out_of_turn = [step for step in Move if (state, step) not in MOVES]
    assert out_of_turn

    for step in out_of_turn:
        with pytest.raises(MoveNotAllowed, match=f"«{state.label}» nên không thể «{step.label}»"):
            dossiers.move(province.session, dossier.id, step, by=province.members[0].id, at=AT)

    assert dossier.state is state


def test_every_deed_is_in_the_audit(province: Province) -> None:
    dossier = province.dossier(DossierState.CONCLUDED)

    deeds = province.session.scalars(
        select(AuditEntry.action)
        .where(AuditEntry.subject == f"dossier:{dossier.id}")
        .order_by(AuditEntry.seq)
    ).all()

    assert deeds == [
        *("dossier.drafted", "dossier.gathered", "dossier.submit"),
        *("dossier.open", "dossier.forward", "dossier.conclude"),
    ]
    assert province.session.scalar(select(DossierItem.id).limit(1)) is not None
