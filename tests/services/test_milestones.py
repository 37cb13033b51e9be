"""Milestones are added and extended by rule and on the record; a feed has one living address."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from catalogue.domain.deadlines import ExtensionDraft, MilestoneDraft
from catalogue.domain.errors import Conflict, Invalid, NotFound
from catalogue.domain.reviewing import MilestoneSubject
from catalogue.models import AuditEntry, CalendarFeed, Extension, Milestone, Person
from catalogue.queries import milestones as reading, viewers
from catalogue.services import accounts, milestones
from tests.making import (
    AT,
    DUE,
    TODAY,
    make_account,
    make_milestone,
    make_person,
    make_unit,
)

DRAFT = MilestoneDraft("Sơ kết", MilestoneSubject.OTHER, date(2024, 5, 2), "Kế hoạch quý II")
MAY = date(2024, 5, 15)


@pytest.fixture
def who(session: Session) -> int:
    person = make_person(session, "Trần Thị Ủy Viên").id
    session.commit()
    return person


def later(**changes: object) -> ExtensionDraft:
    return replace(ExtensionDraft(None, MAY, "Chờ văn bản ký", 0), **changes)  # type: ignore[arg-type]


def actions(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)))


def test_a_milestone_is_added_with_its_basis_and_its_entry(session: Session, who: int) -> None:
    added = milestones.add(session, DRAFT, today=TODAY, by=who, at=AT)
    assert (added.name, added.due_on, added.basis) == ("Sơ kết", date(2024, 5, 2), DRAFT.basis)
    assert added.added_by_id == who
    assert actions(session) == ["milestone.added"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"basis": ""}, "basis"),
        ({"basis": "x" * 2001}, "basis"),
        ({"due_on": date(2024, 4, 9)}, "due_on"),
    ],
)
def test_a_milestone_without_name_basis_or_days_to_come_is_refused(
    session: Session, who: int, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        milestones.add(
            session,
            replace(DRAFT, **changes),  # type: ignore[arg-type]
            today=TODAY,
            by=who,
            at=AT,
        )
    assert refusal.value.field == field
    assert session.scalars(select(Milestone)).all() == []


def test_the_same_milestone_is_not_added_twice(session: Session, who: int) -> None:
    milestones.add(session, DRAFT, today=TODAY, by=who, at=AT)
    with pytest.raises(Invalid, match="đã có mốc «Sơ kết»"):
        milestones.add(session, DRAFT, today=TODAY, by=who, at=AT)


def test_an_extension_moves_the_day_and_stays_on_the_record(session: Session, who: int) -> None:
    milestone = make_milestone(session)
    milestones.extend(session, milestone.id, later(), by=who, at=AT)
    milestones.extend(session, milestone.id, later(due_on=date(2024, 6, 1), seen=1), by=who, at=AT)
    (found,) = reading.deadlines(session)
    assert (found.first_due_on, found.due_for(None)) == (DUE, date(2024, 6, 1))
    assert [
        (each.number, each.unit, each.due_on, each.reason, each.granted_by)
        for each in reading.record(session, milestone.id)
    ] == [
        (1, None, MAY, "Chờ văn bản ký", "Trần Thị Ủy Viên"),
        (2, None, date(2024, 6, 1), "Chờ văn bản ký", "Trần Thị Ủy Viên"),
    ]
    assert actions(session) == ["milestone.extended", "milestone.extended"]


def test_an_extension_for_one_unit_covers_its_parts_and_nobody_else(
    session: Session, who: int
) -> None:
    milestone = make_milestone(session)
    district = make_unit(session, "VTH", "Huyện Vị Thủy")
    part = make_unit(session, "VTH-VP", "Văn phòng Huyện ủy", None, district)
    other = make_unit(session, "VPTU", "Văn phòng Tỉnh ủy")
    milestones.extend(session, milestone.id, later(unit_id=district.id), by=who, at=AT)
    (found,) = reading.deadlines(session)
    days = [found.due_for(unit) for unit in (district.id, part.id, other.id, None)]
    assert days == [MAY, MAY, DUE, DUE]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": "x" * 2001}, "reason"),
        ({"due_on": DUE}, "due_on"),
        ({"due_on": date(2024, 4, 1)}, "due_on"),
        ({"unit_id": 999}, "unit"),
    ],
)
def test_an_extension_without_a_reason_or_to_no_later_day_is_refused(
    session: Session, who: int, changes: dict[str, object], field: str
) -> None:
    milestone = make_milestone(session)
    with pytest.raises(Invalid) as refusal:
        milestones.extend(session, milestone.id, later(**changes), by=who, at=AT)
    assert refusal.value.field == field
    assert session.scalars(select(Extension)).all() == []
    assert actions(session) == []


def test_who_had_not_seen_another_extension_is_told_of_it(session: Session, who: int) -> None:
    milestone = make_milestone(session)
    milestones.extend(session, milestone.id, later(), by=who, at=AT)
    with pytest.raises(Conflict, match="Trần Thị Ủy Viên vừa gia hạn mốc này đến 15/05/2024"):
        milestones.extend(session, milestone.id, later(), by=who, at=AT)


def test_a_milestone_that_is_not_there_is_not_extended(session: Session, who: int) -> None:
    with pytest.raises(NotFound):
        milestones.extend(session, 999, later(), by=who, at=AT)


def at_once(engine: Engine, deed: Callable[[Session], object]) -> list[bool]:
    """Do one thing twice at the same moment; answers which of the two was done."""
    together = Barrier(2)

    def once(_: int) -> bool:
        with Session(engine) as session:
            together.wait()
            try:
                deed(session)
            except Conflict:
                return False
            session.commit()
            return True

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(once, range(2)))


def test_of_two_extensions_at_once_one_is_written_and_the_other_told(
    engine: Engine, session: Session, who: int
) -> None:
    milestone = make_milestone(session).id
    session.commit()
    for seen in range(5):
        draft = later(due_on=date(2024, 5, 15 + seen), seen=seen)
        done = at_once(
            engine,
            lambda own, draft=draft: milestones.extend(  # type: ignore[misc]
                own, milestone, draft, by=who, at=AT
            ),
        )
        assert done == [False, True]
    numbers = session.scalars(select(Extension.number).order_by(Extension.number))
    assert list(numbers) == [1, 2, 3, 4, 5]


def test_a_new_calendar_address_ends_the_former(session: Session, who: int) -> None:
    account = make_account(session, session.get_one(Person, who), "lich")
    first = milestones.renew_feed(session, account.id, by=who, at=AT)
    second = milestones.renew_feed(session, account.id, by=who, at=AT)
    assert viewers.of_feed(session, accounts.digest(first), TODAY) is None
    reader = viewers.of_feed(session, accounts.digest(second), TODAY)
    assert reader is not None
    assert reader.person_id == who
    kept = session.scalars(select(CalendarFeed.secret_sha256)).one()
    assert second not in kept


def test_two_addresses_asked_for_at_once_leave_one(
    engine: Engine, session: Session, who: int
) -> None:
    account = make_account(session, session.get_one(Person, who), "lich").id
    session.commit()
    done = at_once(engine, lambda own: milestones.renew_feed(own, account, by=who, at=AT))
    assert done == [True, True]
    session.scalars(select(CalendarFeed)).one()
