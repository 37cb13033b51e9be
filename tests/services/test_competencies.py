"""Dictionaries follow one another for each audience; groups come from printed headings."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.words import CompetencyGroup, PositionGroup
from catalogue.models import AuditEntry, Competency, CompetencyDictionary
from catalogue.services import competencies
from tests.drafts import make_office
from tests.making import AT, SINCE, make_dictionary

MAY, JUNE = date(2024, 5, 1), date(2024, 6, 1)
LEADERS, SPECIALISTS = PositionGroup.LEADERSHIP, PositionGroup.SPECIALIST


def days(session: Session, audience: PositionGroup | None) -> list[tuple[date, date | None]]:
    query = select(CompetencyDictionary).where(
        CompetencyDictionary.audience.is_not_distinct_from(audience)
    )
    found = session.scalars(query.order_by(CompetencyDictionary.id))
    return [(each.valid_from, each.valid_to) for each in found]


def test_a_new_dictionary_ends_the_one_before_it_for_the_same_positions_alone(
    session: Session,
) -> None:
    for audience in (LEADERS, SPECIALISTS, None):
        make_dictionary(session, audience)
    make_dictionary(session, LEADERS, since=MAY)
    assert days(session, LEADERS) == [(SINCE, date(2024, 4, 30)), (MAY, None)]
    assert days(session, SPECIALISTS) == days(session, None) == [(SINCE, None)]


def test_one_that_is_older_than_what_is_there_ends_where_the_next_begins(session: Session) -> None:
    make_dictionary(session, since=JUNE)
    make_dictionary(session, since=MAY)
    assert days(session, None) == [(JUNE, None), (MAY, date(2024, 5, 31))]


def test_one_of_the_same_day_takes_its_place_whole(session: Session) -> None:
    make_dictionary(session, since=MAY)
    make_dictionary(session, since=MAY, name="Ngoại ngữ")
    assert days(session, None) == [(MAY, date(2024, 4, 30)), (MAY, None)]


def test_the_same_file_twice_changes_nothing(session: Session) -> None:
    make_dictionary(session)
    make_dictionary(session)
    assert days(session, None) == [(SINCE, None)]


def test_the_group_comes_from_the_heading_and_is_not_overturned_by_a_later_one(
    session: Session,
) -> None:
    office = make_office(session)  # its description asks for «Giao tiếp» under «Nhóm chung»
    key, _ = make_dictionary(session, heading="III. NHÓM NĂNG LỰC QUẢN LÝ")
    assert session.get_one(Competency, key).group is CompetencyGroup.GENERAL
    other, _ = make_dictionary(session, name="Ra quyết định", heading="Khác")
    assert session.get_one(Competency, other).group is None
    competencies.correct_group(
        session, other, CompetencyGroup.MANAGERIAL, by=office.organiser.id, at=AT
    )
    assert session.get_one(Competency, other).group is CompetencyGroup.MANAGERIAL
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert entry
    assert (entry.action, entry.detail["after"]) == ("competency.regrouped", "managerial")
