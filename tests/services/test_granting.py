"""Roles are granted for a unit and a time, never by oneself, and leave a trace."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.errors import NotAllowed, NotFound
from catalogue.domain.words import Role
from catalogue.models import AuditEntry, RoleGrant
from catalogue.services import granting
from tests.making import AT, SINCE, TODAY, make_grant, make_person, make_unit


def test_a_grant_and_its_end_are_written_down(session: Session) -> None:
    person, unit = make_person(session, "Nguyễn Văn A"), make_unit(session, "A", "Đơn vị A")
    granted = make_grant(session, person, Role.HEAD, unit)
    granting.revoke(session, granted.id, on=TODAY, by=None, at=AT)
    assert (granted.valid_from, granted.valid_to) == (SINCE, TODAY - timedelta(days=1))
    actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)).all()
    assert actions == ["role.granted", "role.revoked"]


def test_a_grant_taken_back_the_same_day_never_held(session: Session) -> None:
    granted = make_grant(session, make_person(session, "Nguyễn Văn A"), Role.AUDITOR, None)
    granting.revoke(session, granted.id, on=SINCE, by=None, at=AT)
    held = select(RoleGrant.id).where(RoleGrant.holds_on(SINCE))
    assert session.scalars(held).all() == []


def test_nobody_grants_or_revokes_their_own(session: Session) -> None:
    person = make_person(session, "Nguyễn Văn A")
    granted = make_grant(session, person, Role.STAFF, None)
    with pytest.raises(NotAllowed):
        granting.grant(
            session, person.id, Role.AUDITOR, unit_id=None, since=SINCE, by=person.id, at=AT
        )
    with pytest.raises(NotAllowed):
        granting.revoke(session, granted.id, on=TODAY, by=person.id, at=AT)


def test_a_grant_that_is_not_there_cannot_be_revoked(session: Session) -> None:
    with pytest.raises(NotFound):
        granting.revoke(session, 999, on=TODAY, by=None, at=AT)
