"""An urgent issue waits for another person; a withdrawn one gives back what it replaced."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from catalogue.domain.errors import Conflict, Invalid, NotAllowed
from catalogue.domain.reviewing import MatchKind, Verdict
from catalogue.domain.states import DossierState, MoveNotAllowed
from catalogue.domain.words import VersionState
from catalogue.models import (
    AuditEntry,
    Establishment,
    PositionOrigin,
    PositionVersion,
    Succession,
)
from catalogue.services import issuing, withdrawing
from tests.dossiers import Province
from tests.issuances import EFFECT, ISSUED_ON, catalogue_on, following, issued, names_on, rule
from tests.making import AT, TODAY, make_person

LAST_DAY = date(2024, 5, 31)
REASON = "Trái thẩm quyền"


def test_an_urgent_issue_says_why_and_waits_for_another_person(province: Province) -> None:
    dossier = province.dossier(DossierState.COMMITTEE_REVIEW)
    with pytest.raises(Invalid, match="Lý do ban hành khẩn"):
        issued(province, dossier, urgent=True)

    issuance = issued(province, dossier, urgent=True, urgent_reason="Hạn 15/4/2024")

    assert dossier.state is DossierState.ISSUED
    assert issuance.awaits_confirmation
    confirmed = issuing.confirm_urgent(
        province.session,
        issuance.id,
        "Đúng thẩm quyền",
        by=province.members[1].id,
        at=AT,
        today=TODAY,
    )
    assert not confirmed.awaits_confirmation
    assert (confirmed.confirmed_by_id, confirmed.confirmation) == (
        province.members[1].id,
        "Đúng thẩm quyền",
    )
    deed = select(AuditEntry.actor_id).where(AuditEntry.action == "issuance.confirmed")
    assert province.session.scalars(deed).all() == [province.members[1].id]


def test_neither_the_issuer_nor_an_author_nor_a_stranger_confirms(province: Province) -> None:
    dossier = province.dossier(DossierState.COMMITTEE_REVIEW)
    issuance = issued(province, dossier, urgent=True, urgent_reason="Hạn 15/4/2024")
    stranger = make_person(province.session, "Người Ngoài")

    for person in (province.members[0], province.organiser, stranger):
        with pytest.raises(NotAllowed):
            issuing.confirm_urgent(
                province.session, issuance.id, "Đúng", by=person.id, at=AT, today=TODAY
            )
    with pytest.raises(Invalid, match="Lý do xác nhận"):
        issuing.confirm_urgent(
            province.session, issuance.id, "", by=province.members[1].id, at=AT, today=TODAY
        )

    assert issuance.confirmed_by_id is None


def test_only_an_urgent_issue_is_confirmed_and_only_once(province: Province) -> None:
    second, third = province.members[1].id, province.members[2].id
    ordinary = issued(province, province.dossier(DossierState.CONCLUDED))
    with pytest.raises(Conflict, match="không ban hành khẩn"):
        issuing.confirm_urgent(province.session, ordinary.id, "Đúng", by=second, at=AT, today=TODAY)
    ordinary.urgent = True
    issuing.confirm_urgent(province.session, ordinary.id, "Đúng", by=second, at=AT, today=TODAY)

    with pytest.raises(Conflict, match="đã được xác nhận"):
        issuing.confirm_urgent(province.session, ordinary.id, "Đúng", by=third, at=AT, today=TODAY)

    assert ordinary.confirmed_by_id == second


def test_what_a_withdrawn_decision_replaced_is_given_again(province: Province) -> None:
    dossier = province.dossier(DossierState.CONCLUDED)
    rule(province, dossier, "Cố vấn đờn ca tài tử", Verdict.REJECT)
    rule(province, dossier, "Chánh Văn phòng", Verdict.REJECT)
    before = catalogue_on(province.session, EFFECT - timedelta(days=1))
    issuance = issued(province, dossier)
    official = catalogue_on(province.session, EFFECT)
    rows = {version.name: version.wording_row_id for version in province.own}

    withdrawing.withdraw(
        province.session,
        issuance.id,
        REASON,
        LAST_DAY,
        by=province.members[1].id,
        at=AT,
        today=TODAY,
    )

    assert dossier.state is DossierState.WITHDRAWN
    assert (issuance.withdrawn_on, issuance.withdrawal_reason) == (LAST_DAY, REASON)
    assert catalogue_on(province.session, LAST_DAY) == official
    assert catalogue_on(province.session, LAST_DAY + timedelta(days=1)) == before
    again = province.session.scalars(
        select(PositionVersion).where(PositionVersion.valid_from == LAST_DAY + timedelta(days=1))
    ).all()
    assert {version.name: version.wording_row_id for version in again} == {
        name: row for name, row in rows.items() if name != "Chánh Văn phòng"
    }
    originated = set(province.session.scalars(select(PositionOrigin.position_version_id)))
    assert {version.id for version in again} <= originated


def test_a_withdrawn_cross_walk_and_its_establishments_end(province: Province) -> None:
    issuance = issued(province, province.dossier(DossierState.CONCLUDED))

    withdrawing.withdraw(
        province.session,
        issuance.id,
        REASON,
        LAST_DAY,
        by=province.members[0].id,
        at=AT,
        today=TODAY,
    )

    assert set(province.session.scalars(select(Succession.valid_to))) == {LAST_DAY}
    new = select(Establishment.valid_to).where(Establishment.valid_from == EFFECT)
    assert set(province.session.scalars(new)) == {LAST_DAY}
    old = select(Establishment.valid_to).where(Establishment.valid_from < EFFECT)
    assert set(province.session.scalars(old)) == {None}


def test_a_decision_withdrawn_before_its_effect_never_holds(province: Province) -> None:
    issuance = issued(province, province.dossier(DossierState.CONCLUDED))
    before = catalogue_on(province.session, EFFECT - timedelta(days=1))

    withdrawing.withdraw(
        province.session,
        issuance.id,
        REASON,
        ISSUED_ON,
        by=province.members[1].id,
        at=AT,
        today=TODAY,
    )

    for days in (0, 1, 60):
        assert catalogue_on(province.session, EFFECT + timedelta(days=days)) == before
    never = select(PositionVersion.state).where(PositionVersion.valid_from == EFFECT)
    states = set(province.session.scalars(never))
    assert states == {VersionState.WITHDRAWN, VersionState.PROVISIONAL}


def test_withdrawing_is_refused_without_a_reason_a_seat_or_in_time(province: Province) -> None:
    dossier = province.dossier(DossierState.CONCLUDED)
    issuance = issued(province, dossier)
    chief = province.members[0].id
    asked = (
        (Invalid, "Lý do thu hồi", "", LAST_DAY, chief),
        (Invalid, "không được trước ngày ban hành", REASON, date(2024, 4, 1), chief),
        (NotAllowed, "người khác", REASON, LAST_DAY, province.organiser.id),
        (NotAllowed, "danh sách", REASON, LAST_DAY, province.holders[0].id),
    )
    for kind, message, reason, on, by in asked:
        with pytest.raises(kind, match=message):
            withdrawing.withdraw(
                province.session, issuance.id, reason, on, by=by, at=AT, today=TODAY
            )

    assert dossier.state is DossierState.ISSUED
    assert names_on(province.session, LAST_DAY + timedelta(days=1)) == {
        item.name for item in dossier.items
    }


def test_a_decision_is_withdrawn_once(province: Province) -> None:
    issuance = issued(province, province.dossier(DossierState.CONCLUDED))
    second = province.members[1].id
    withdrawing.withdraw(
        province.session, issuance.id, REASON, LAST_DAY, by=second, at=AT, today=TODAY
    )

    with pytest.raises(MoveNotAllowed):
        withdrawing.withdraw(
            province.session, issuance.id, REASON, LAST_DAY, by=second, at=AT, today=TODAY
        )
    with pytest.raises(Conflict, match="không ban hành khẩn"):
        issuing.confirm_urgent(province.session, issuance.id, "Đúng", by=second, at=AT, today=TODAY)


def test_what_a_later_decision_built_on_is_withdrawn_after_it(province: Province) -> None:
    first = issued(province, province.dossier(DossierState.CONCLUDED))
    again = following(province, {"Chuyên viên cơ yếu": "Chuyên viên cơ yếu, mật mã"})
    later = issued(province, again, number="40-QĐ/TU", effective_from=date(2024, 5, 15))
    chief = province.members[0].id

    with pytest.raises(Conflict, match=r"«Chuyên viên cơ yếu».*văn bản sau"):
        withdrawing.withdraw(
            province.session, first.id, REASON, LAST_DAY, by=chief, at=AT, today=TODAY
        )
    withdrawing.withdraw(province.session, later.id, REASON, LAST_DAY, by=chief, at=AT, today=TODAY)

    assert "Chuyên viên cơ yếu" in names_on(province.session, LAST_DAY + timedelta(days=1))
    kinds = {item.kind for item in again.items}
    assert kinds == {MatchKind.RENAMED}


def test_what_another_decision_replaced_on_the_same_day_is_not_given_again(
    province: Province,
) -> None:
    dossier = province.dossier(DossierState.CONCLUDED)
    rule(province, dossier, "Phó Chánh Văn phòng", Verdict.REJECT)
    first = issued(province, dossier)
    other = following(province, {"Phó Chánh Văn phòng": "Phó Chánh Văn phòng Tỉnh ủy"})
    issued(province, other, number="40-QĐ/TU")

    withdrawing.withdraw(
        province.session, first.id, REASON, LAST_DAY, by=province.members[0].id, at=AT, today=TODAY
    )

    afterwards = names_on(province.session, LAST_DAY + timedelta(days=1))
    assert "Phó Chánh Văn phòng Tỉnh ủy" in afterwards
    assert "Phó Chánh Văn phòng" not in afterwards
    assert "Chuyên viên văn thư" in afterwards
