"""A head names a deputy for a time and a unit of their own; it ends by itself, or before."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.adjusting import Asked
from catalogue.domain.errors import CatalogueError, Conflict, Invalid, NotAllowed, NotFound
from catalogue.domain.roles import Viewer
from catalogue.domain.words import Role
from catalogue.models import AuditEntry, BackfillConsent, Person, RoleGrant, Unit
from catalogue.queries import adjustments, closing_turns, judges
from catalogue.services import adjusting, backfills, deputising
from catalogue.services.deputising import Deputising
from tests.judged import MONDAY, Judged, make_judged
from tests.making import AT, TODAY

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def office(session: Session) -> Judged:
    return make_judged(session)


def named(
    office: Judged,
    person: Person | None = None,
    *,
    unit: Unit | None = None,
    by: Viewer | None = None,
    until: date = TOMORROW,
) -> RoleGrant:
    wanted = Deputising((person or office.colleague).id, (unit or office.room).id, TODAY, until)
    return deputising.name(office.session, wanted, by or office.as_head, at=AT)


def test_a_deputy_judges_from_the_first_day_to_the_last(office: Judged) -> None:
    granted = named(office)
    assert (granted.role, granted.granted_by_id) == (Role.DEPUTY, office.head.id)
    judging = [
        office.colleague.id in judges.on(office.session, day).of(office.clerk.id, office.room.id)
        for day in (TODAY - timedelta(days=1), TODAY, TOMORROW, TOMORROW + timedelta(days=1))
    ]
    assert judging == [False, True, True, False]


def test_naming_and_ending_are_written_down(office: Judged) -> None:
    granted = named(office)
    deputising.end(office.session, granted.id, today=TODAY, by=office.head.id, at=AT)
    query = select(AuditEntry.action).where(AuditEntry.actor_id == office.head.id)
    actions = office.session.scalars(query.order_by(AuditEntry.seq)).all()
    assert actions == ["role.granted", "role.revoked"]
    assert office.colleague.id not in judges.on(office.session, TODAY).of(
        office.clerk.id, office.room.id
    )


def test_a_head_names_neither_themself_nor_a_stranger(office: Judged) -> None:
    for person in (office.head, office.chief, office.organiser):
        with pytest.raises(Invalid):
            named(office, person)


def test_a_head_names_for_no_unit_but_their_own(office: Judged) -> None:
    with pytest.raises(NotFound):
        named(office, unit=office.district)


def test_a_deputy_hands_nothing_on(office: Judged) -> None:
    named(office)
    with pytest.raises(NotFound):
        named(office, office.clerk, by=office.as_deputy())


def test_a_deputy_decides_neither_adjustments_nor_consents_nor_lists_them(office: Judged) -> None:
    named(office)
    session, deputy, line = office.session, office.as_deputy(), office.line()
    office.close_month()
    asked = Asked(MONDAY, "Ghi nhầm", None, line.id)
    made = adjusting.ask(session, asked, today=TODAY, by=office.clerk.id, at=AT)
    consent = BackfillConsent(
        person_id=office.clerk.id, first_day=MONDAY, last_day=MONDAY, reason="Ốm", asked_at=AT
    )
    session.add(consent)
    session.flush()
    with pytest.raises(NotAllowed, match="ủy quyền"):
        adjusting.decide(session, made.id, deputy, accepted=True, answer="Đúng", at=AT)
    with pytest.raises(NotAllowed, match="ủy"):
        backfills.decide(session, consent.id, deputy, open_until=TOMORROW, answer="", at=AT)
    assert adjustments.count(session, adjustments.Wanted(), deputy) == 0
    assert closing_turns.of(session, deputy, judges.on(session, TODAY)) is None
    adjusting.decide(session, made.id, office.as_head, accepted=True, answer="Đúng", at=AT)


@pytest.mark.parametrize(("since", "until"), [(-1, 1), (1, 0)])
def test_days_are_of_now_on_and_in_order(office: Judged, since: int, until: int) -> None:
    first, last = TODAY + timedelta(days=since), TODAY + timedelta(days=until)
    wanted = Deputising(office.colleague.id, office.room.id, first, last)
    with pytest.raises(Invalid):
        deputising.name(office.session, wanted, office.as_head, at=AT)


def test_the_same_deputy_is_not_named_twice_for_the_same_days(office: Judged) -> None:
    granted = named(office)
    with pytest.raises(Conflict):
        named(office, until=TODAY)
    assert named(office) is granted
    written = select(AuditEntry.action).where(AuditEntry.actor_id == office.head.id)
    assert office.session.scalars(written).all() == ["role.granted"]
    deputising.end(office.session, granted.id, today=TODAY, by=office.head.id, at=AT)
    assert named(office) is not granted


def test_only_who_named_a_deputy_ends_it_and_once(office: Judged) -> None:
    granted = named(office)
    refused: list[type[CatalogueError]] = []
    for by in (office.chief, office.head, office.head):
        try:
            deputising.end(office.session, granted.id, today=TODAY, by=by.id, at=AT)
        except CatalogueError as refusal:
            refused.append(type(refusal))
    assert refused == [NotFound, Conflict]
