"""Seats are dated, given by somebody else, and one body holds a person once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from catalogue.domain.reviewing import Stage
from catalogue.domain.states import DossierState
from catalogue.domain.voting import Place
from catalogue.domain.words import Role
from catalogue.models import AuditEntry, Person
from catalogue.queries import seats
from catalogue.services import seating
from tests.dossiers import make_province
from tests.making import AT, SINCE, TODAY, make_person

DAY = timedelta(days=1)


@pytest.fixture
def member(session: Session) -> Person:
    return make_person(session, "Trần Ủy Viên", role=Role.COMMITTEE)


@pytest.fixture
def organiser(session: Session) -> int:
    return make_person(session, "Đỗ Ban Tổ Chức").id


def place(person: Person, **changes: object) -> Place:
    facts: dict[str, object] = {
        "stage": Stage.STANDING,
        "person_id": person.id,
        "office": "Ủy viên",
        "secretary": False,
        "since": TODAY,
    }
    return Place(**facts | changes)  # type: ignore[arg-type]


def seated(session: Session, person: Person, day: date) -> bool:
    return seats.of_person(session, Stage.STANDING, person.id, day) is not None


def test_a_seat_holds_from_its_first_day_to_its_last(
    session: Session, member: Person, organiser: int
) -> None:
    given = seating.add(session, place(member), by=organiser, at=AT, today=TODAY)
    assert [seated(session, member, TODAY + n * DAY) for n in (-1, 0, 30)] == [False, True, True]

    seating.end(session, given.id, last=TODAY + DAY, by=organiser, at=AT)

    assert [seated(session, member, TODAY + n * DAY) for n in (0, 1, 2)] == [True, True, False]
    deeds = session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)).all()
    assert deeds[-2:] == ["seat.given", "seat.ended"]


def test_a_secretarys_seat_does_not_vote(session: Session, member: Person, organiser: int) -> None:
    seating.add(session, place(member, secretary=True), by=organiser, at=AT, today=TODAY)

    with pytest.raises(NotAllowed, match="không có quyền biểu quyết"):
        seating.refuse_unseated(session, Stage.STANDING, by=member.id, today=TODAY)
    seating.refuse_unless_secretary(session, Stage.STANDING, by=member.id, today=TODAY)
    with pytest.raises(NotAllowed, match="thư ký"):
        seating.refuse_unless_secretary(session, Stage.COMMITTEE, by=member.id, today=TODAY)


def test_one_body_seats_a_person_once_at_a_time(
    session: Session, member: Person, organiser: int
) -> None:
    given = seating.add(session, place(member), by=organiser, at=AT, today=TODAY)
    with pytest.raises(Conflict, match="đã có ghế"):
        seating.add(session, place(member, secretary=True), by=organiser, at=AT, today=TODAY)
    seating.add(session, place(member, stage=Stage.COMMITTEE), by=organiser, at=AT, today=TODAY)
    seating.end(session, given.id, last=TODAY, by=organiser, at=AT)

    seating.add(session, place(member, since=TODAY + DAY), by=organiser, at=AT, today=TODAY)


def test_nobody_seats_or_unseats_themselves(session: Session, member: Person) -> None:
    with pytest.raises(NotAllowed):
        seating.add(session, place(member), by=member.id, at=AT, today=TODAY)
    other = make_person(session, "Người Khác").id
    given = seating.add(session, place(member), by=other, at=AT, today=TODAY)
    with pytest.raises(NotAllowed):
        seating.end(session, given.id, last=TODAY, by=member.id, at=AT)

    assert given.valid_to is None


def test_what_cannot_be_a_seat_is_refused(session: Session, member: Person, organiser: int) -> None:
    with pytest.raises(Invalid, match="Chức danh"):
        seating.add(session, place(member, office=""), by=organiser, at=AT, today=TODAY)
    with pytest.raises(NotFound):
        seating.add(session, place(member, person_id=10_000), by=organiser, at=AT, today=TODAY)
    with pytest.raises(NotFound):
        seating.end(session, 10_000, last=TODAY, by=organiser, at=AT)
    given = seating.add(session, place(member), by=organiser, at=AT, today=TODAY)
    with pytest.raises(Conflict):
        seating.end(session, given.id, last=SINCE, by=organiser, at=AT)
    seating.end(session, given.id, last=TODAY, by=organiser, at=AT)
    with pytest.raises(Conflict):
        seating.end(session, given.id, last=TODAY + DAY, by=organiser, at=AT)


def test_who_was_not_granted_the_role_is_not_seated(session: Session, organiser: int) -> None:
    stranger = make_person(session, "Lê Người Ngoài")
    with pytest.raises(Invalid, match="chưa được giao vai trò"):
        seating.add(session, place(stranger), by=organiser, at=AT, today=TODAY)


def test_nobody_comes_in_amid_a_vote(session: Session) -> None:
    province = make_province(session)
    province.match_all()
    province.dossier(DossierState.STANDING_REVIEW)
    late = make_person(session, "Lê Đến Sau", role=Role.COMMITTEE)
    by = province.organiser.id
    with pytest.raises(Conflict, match="từ ngày mai"):
        seating.add(session, place(late), by=by, at=AT, today=TODAY)
    given = seating.add(session, place(late, since=TODAY + DAY), by=by, at=AT, today=TODAY)
    assert given.valid_from == TODAY + DAY
