"""Drafts are written section by section; nobody's words are lost to somebody else's."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from catalogue.domain import drafting as contents
from catalogue.domain.description import Section
from catalogue.domain.drafting import Content
from catalogue.domain.errors import Conflict
from catalogue.domain.states import DraftState
from catalogue.models import DescriptionDraft
from catalogue.services import drafting
from catalogue.services.drafting import Place, SectionChanged
from tests.drafts import make_office, whole_record
from tests.making import AT


def words(draft: DescriptionDraft) -> Content:
    return contents.from_json(draft.content)


def test_a_second_draft_of_the_same_position_and_unit_is_the_first_one(session: Session) -> None:
    office = make_office(session)
    place = Place(office.positions[0].id, office.unit.id)
    content = Content(whole_record("Chánh Văn phòng"))
    first = drafting.begin(session, place, content, by=office.officer.id, at=AT)
    again = drafting.begin(session, place, content, by=office.officer.id, at=AT)
    general = drafting.begin(
        session, Place(office.positions[0].id, None), content, by=office.organiser.id, at=AT
    )
    assert again.id == first.id
    assert general.id != first.id


def test_saving_one_section_leaves_the_others_alone(session: Session) -> None:
    draft = make_office(session).draft()
    edited = replace(words(draft).description, purpose="Mục tiêu mới.", name="Tên khác")
    drafting.save(session, draft.id, Content(edited), {Section.PURPOSE: 1}, by=1, at=AT)
    assert words(draft).description.purpose == "Mục tiêu mới."
    assert words(draft).description.name == "Chuyên viên tổng hợp"


def test_saving_what_is_saved_already_is_no_change_that_others_would_meet(
    session: Session,
) -> None:
    draft = make_office(session).draft()
    session.expire(draft)
    drafting.save(session, draft.id, words(draft), {Section.DUTIES: 1}, by=1, at=AT)
    assert draft.revisions["duties"] == 1


def test_two_sections_are_saved_by_two_people_and_one_section_only_by_the_first(
    session: Session,
) -> None:
    office = make_office(session)
    draft = office.draft()
    base = words(draft).description
    one, other = office.officer.id, office.head.id
    drafting.save(
        session, draft.id, Content(replace(base, purpose="A")), {Section.PURPOSE: 1}, by=one, at=AT
    )
    drafting.save(
        session, draft.id, Content(replace(base, starts="B")), {Section.GENERAL: 1}, by=other, at=AT
    )
    with pytest.raises(SectionChanged, match="chưa được ghi"):
        drafting.save(
            session,
            draft.id,
            Content(replace(base, purpose="C")),
            {Section.PURPOSE: 1},
            by=other,
            at=AT,
        )
    assert (words(draft).description.purpose, words(draft).description.starts) == ("A", "B")


def test_what_was_sent_for_appraisal_is_not_written_any_more(session: Session) -> None:
    draft = make_office(session).draft(DraftState.SUBMITTED)
    with pytest.raises(Conflict, match="Đã gửi thẩm định"):
        drafting.save(session, draft.id, words(draft), {Section.PURPOSE: 1}, by=1, at=AT)


def test_a_draft_holds_what_was_written_whole(session: Session) -> None:
    draft = make_office(session).draft()
    assert words(draft).description == whole_record("Chuyên viên tổng hợp")
