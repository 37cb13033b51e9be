"""Each person of the review finds what waits for them, and nothing that does not."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from catalogue.domain.reviewing import Stage
from catalogue.domain.roles import Viewer
from catalogue.domain.states import DossierState
from catalogue.domain.words import Role, SourceState
from catalogue.models import Ballot, Issuance, Person
from catalogue.queries import waiting
from catalogue.queries.waiting import Wait
from catalogue.services import dossiers
from tests.dossiers import Province, make_province
from tests.making import AT, TODAY, make_document


@pytest.fixture
def province(session: Session) -> Province:
    made = make_province(session)
    made.match_all()
    return made


def waits(province: Province, person: Person, role: Role, on: date = TODAY) -> list[Wait]:
    viewer = Viewer(person.id, 0, person.name, {role: None}, on)
    return [each.wait for each in waiting.for_person(province.session, viewer)]


def test_a_draft_waits_for_the_organisers_alone(province: Province) -> None:
    province.dossier()
    assert waits(province, province.organiser, Role.ORGANISER) == [Wait.DRAFT]
    assert waits(province, province.members[0], Role.COMMITTEE) == []


def test_a_returned_dossier_waits_with_its_reason(province: Province) -> None:
    dossier = province.dossier(DossierState.SUBMITTED)
    dossiers.give_back(
        province.session, dossier.id, "Thiếu căn cứ", by=province.members[0].id, at=AT
    )
    viewer = Viewer(province.organiser.id, 0, "", {Role.ORGANISER: None}, TODAY)

    found = waiting.for_person(province.session, viewer)

    assert [(each.wait, each.detail) for each in found] == [(Wait.RETURNED, "Thiếu căn cứ")]


def test_a_dossier_waits_for_the_ballots_of_those_who_sit_and_have_not_sent_one(
    province: Province,
) -> None:
    dossier = province.dossier(DossierState.STANDING_REVIEW)
    sent, open_, member = province.members
    for person, sent_at in ((sent, AT), (open_, None)):
        province.session.add(
            Ballot(
                dossier_id=dossier.id,
                stage=Stage.STANDING,
                person_id=person.id,
                opened_at=AT,
                sent_at=sent_at,
            )
        )
    province.session.flush()

    assert waits(province, sent, Role.COMMITTEE) == []
    assert waits(province, open_, Role.COMMITTEE) == [Wait.BALLOT]
    assert waits(province, member, Role.COMMITTEE) == [Wait.BALLOT]
    assert waits(province, province.secretary, Role.COMMITTEE) == []
    assert waits(province, member, Role.COMMITTEE, on=date(2023, 12, 31)) == []


def test_an_urgent_issue_waits_for_anybody_but_its_issuer(province: Province) -> None:
    dossier = province.dossier(DossierState.COMMITTEE_REVIEW)
    dossier.state = DossierState.ISSUED
    document = make_document(province.session, "1-QĐ/TU", SourceState.UNSIGNED)
    issuer, other, _ = province.members
    province.session.add(
        Issuance(
            dossier_id=dossier.id,
            source_document_id=document.id,
            sha256=dossier.sha256,
            signatory="",
            signatory_office="",
            effective_from=TODAY,
            issued_by_id=issuer.id,
            issued_at=AT,
            urgent=True,
            urgent_reason="Kịp hạn 15/4",
        )
    )
    province.session.flush()

    assert waits(province, issuer, Role.COMMITTEE) == []
    assert waits(province, other, Role.COMMITTEE) == [Wait.CONFIRMATION]
