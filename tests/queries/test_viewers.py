"""What a person may reach, from today's grants and assignments, on either database."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.words import Role, SourceState
from catalogue.models import Person, Unit
from catalogue.queries import viewers
from catalogue.services import accounts, granting
from tests.making import (
    AT,
    TODAY,
    make_account,
    make_agency,
    make_document,
    make_grant,
    make_person,
    make_positions,
    make_unit,
)


@pytest.fixture
def district(session: Session) -> Unit:
    return make_unit(session, "H", "Huyện")


def viewer(session: Session, person: Person) -> Viewer:
    account = make_account(session, person, f"nguoi-{person.id}")
    secret = accounts.sign_in(session, account.id, at=AT)
    opened = viewers.open_session(session, accounts.digest(secret), TODAY)
    assert opened
    return opened.viewer


def test_a_grant_reaches_the_units_below(session: Session, district: Unit) -> None:
    part = make_unit(session, "H1", "Bộ phận", parent=district)
    team = make_unit(session, "H11", "Tổ", parent=part)
    make_unit(session, "K", "Huyện khác")
    person = make_person(session, "Thủ trưởng", role=Role.HEAD, role_unit=district)
    scopes = viewer(session, person).scopes
    assert scopes == {Role.HEAD: frozenset({district.id, part.id, team.id})}


def test_a_grant_without_a_unit_reaches_all(session: Session, district: Unit) -> None:
    person = make_person(session, "Người tổng hợp", role=Role.ORGANISER)
    make_grant(session, person, Role.ORGANISER, district)
    seen = viewer(session, person)
    assert seen.scopes == {Role.ORGANISER: None}
    assert seen.units(Permission.READ_HOURS) is None


def test_who_holds_a_position_is_staff_of_that_unit_only(session: Session, district: Unit) -> None:
    make_unit(session, "H1", "Bộ phận", parent=district)
    agency = make_agency(session, "A", "Cơ quan")
    document = make_document(session, "R", SourceState.REFERENCE)
    (version,) = make_positions(session, agency, document, ["Chuyên viên"])
    person = make_person(session, "Cán bộ", unit=district, position_id=version.position_id)
    seen = viewer(session, person)
    assert seen.scopes == {Role.STAFF: frozenset({district.id})}
    assert not seen.may(Permission.READ_HOURS)


def test_a_grant_that_ended_or_has_not_begun_gives_nothing(
    session: Session, district: Unit
) -> None:
    person = make_person(session, "Người cũ")
    granted = make_grant(session, person, Role.HEAD, district)
    granting.revoke(session, granted.id, on=TODAY, by=None, at=AT)
    granting.grant(
        session,
        person.id,
        Role.AUDITOR,
        unit_id=None,
        since=TODAY + timedelta(days=1),
        by=None,
        at=AT,
    )
    assert viewer(session, person).scopes == {}


def test_several_roles_are_added_up(session: Session, district: Unit) -> None:
    other = make_unit(session, "K", "Huyện khác")
    person = make_person(session, "Hai vai", role=Role.HEAD, role_unit=district)
    make_grant(session, person, Role.UNIT_OFFICER, other)
    seen = viewer(session, person)
    assert seen.units(Permission.READ_HOURS) == frozenset({district.id, other.id})
