"""What is left of a milestone is read from dated versions, unit by unit, on both databases."""

from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy.orm import Session

from catalogue.domain.deadlines import remaining, total
from catalogue.domain.reviewing import MatchKind, MilestoneSubject
from catalogue.domain.states import DossierState
from catalogue.models import Dossier, Issuance, PositionVersion, SourceDocument, Succession, Unit
from catalogue.queries import milestones, progress, standings
from tests.issuing import issue_description, issue_position, make_decision
from tests.making import (
    AT,
    DUE,
    SINCE,
    TODAY,
    make_agency,
    make_document,
    make_milestone,
    make_person,
    make_positions,
    make_unit,
)

CATALOGUE, DESCRIPTIONS = MilestoneSubject.CATALOGUE, MilestoneSubject.DESCRIPTIONS
DECIDED, EFFECTIVE = date(2024, 4, 8), date(2024, 5, 1)


@dataclass(frozen=True)
class Place:
    """Three positions of one kind of agency, which an office and a district's office share."""

    versions: list[PositionVersion]
    office: Unit
    district: Unit
    part: Unit


@pytest.fixture
def place(session: Session) -> Place:
    agency = make_agency(session, "VP", "Văn phòng")
    reference = make_document(session, "09-ĐA/TU")
    versions = make_positions(session, agency, reference, ["Chánh", "Phó", "Chuyên viên"])
    district = make_unit(session, "VTH", "Huyện Vị Thủy")
    return Place(
        versions,
        make_unit(session, "VPTU", "Văn phòng Tỉnh ủy", agency),
        district,
        make_unit(session, "VTH-VP", "Văn phòng Huyện ủy", agency, district),
    )


def left(
    session: Session,
    subject: MilestoneSubject = CATALOGUE,
    day: date = TODAY,
    units: progress.Units = None,
) -> dict[int, int]:
    found = progress.batches(session, subject, units, day)
    of_unit = {batch.unit_id for batch in found}
    return {
        unit: remaining([batch for batch in found if batch.unit_id == unit], day)
        for unit in of_unit
    }


def test_every_position_of_a_units_agency_is_to_be_issued(session: Session, place: Place) -> None:
    assert left(session) == {place.office.id: 3, place.part.id: 3}
    assert left(session, units=frozenset({place.part.id})) == {place.part.id: 3}
    (batch, _) = progress.batches(session, CATALOGUE, None, TODAY)
    assert (batch.opened, batch.closed, batch.finished) == (SINCE, None, None)
    assert batch.positions == {version.position_id for version in place.versions}


def test_a_position_is_finished_from_the_day_of_its_decision_on(
    session: Session, place: Place
) -> None:
    decision = make_decision(session, "30-QĐ/TU", DECIDED)
    issue_position(session, place.versions[0], decision, EFFECTIVE)
    found = progress.batches(session, CATALOGUE, frozenset({place.office.id}), TODAY)
    days = [SINCE, date(2024, 4, 7), DECIDED, TODAY, EFFECTIVE]
    assert [remaining(found, day) for day in days] == [3, 3, 2, 2, 2]
    assert [total(found, day) for day in days] == [3] * 5


def test_what_takes_effect_before_its_decision_counts_from_its_effect(
    session: Session, place: Place
) -> None:
    decision = make_decision(session, "30-QĐ/TU", date(2024, 4, 9))
    issue_position(session, place.versions[0], decision, date(2024, 4, 5))
    finished = {batch.finished for batch in progress.batches(session, CATALOGUE, None, TODAY)}
    assert finished == {None, date(2024, 4, 5)}


def test_a_provisional_wording_after_an_issued_one_is_to_be_issued_again(
    session: Session, place: Place
) -> None:
    decision = make_decision(session, "30-QĐ/TU", date(2024, 3, 1))
    issued = issue_position(session, place.versions[0], decision, date(2024, 3, 1))
    assert left(session)[place.office.id] == 2
    issued.valid_to = date(2024, 3, 31)
    session.flush()
    session.add(
        PositionVersion(
            position_id=issued.position_id,
            number=3,
            wording_row_id=issued.wording_row_id,
            name="Chánh Văn phòng",
            name_folded="chanh van phong",
            state=place.versions[1].state,
            valid_from=date(2024, 4, 1),
            created_at=AT,
        )
    )
    session.flush()
    assert left(session)[place.office.id] == 3


def test_a_merged_position_is_finished_with_the_decision_that_names_its_successor(
    session: Session, place: Place
) -> None:
    former, successor = place.versions[0], place.versions[1]
    decision = make_decision(session, "30-QĐ/TU", DECIDED)
    issue_position(session, successor, decision, EFFECTIVE)
    former.valid_to = date(2024, 4, 30)
    session.add(
        Succession(
            position_id=former.position_id,
            successor_id=successor.position_id,
            kind=MatchKind.MERGED,
            valid_from=EFFECTIVE,
            issuance_id=make_issuance(session, decision),
        )
    )
    session.flush()
    found = progress.batches(session, CATALOGUE, frozenset({place.office.id}), TODAY)
    assert [remaining(found, day) for day in (date(2024, 4, 7), TODAY, EFFECTIVE)] == [3, 1, 1]
    assert [total(found, day) for day in (TODAY, EFFECTIVE)] == [3, 2]


def make_issuance(session: Session, decision: SourceDocument) -> int:
    person = make_person(session, "Người Ban Hành")
    dossier = Dossier(
        number=1,
        title="Hồ sơ",
        state=DossierState.ISSUED,
        drafted_by_id=person.id,
        drafted_at=AT,
    )
    session.add(dossier)
    session.flush()
    issuance = Issuance(
        dossier_id=dossier.id,
        source_document_id=decision.id,
        sha256="f" * 64,
        signatory="Bí thư",
        signatory_office="Bí thư Tỉnh ủy",
        effective_from=EFFECTIVE,
        issued_by_id=person.id,
        issued_at=AT,
    )
    session.add(issuance)
    session.flush()
    return issuance.id


def test_a_description_counts_for_every_unit_or_for_the_one_that_it_is_for(
    session: Session, place: Place
) -> None:
    assert left(session, DESCRIPTIONS) == {place.office.id: 3, place.part.id: 3}
    issue_description(session, place.versions[0])
    issue_description(session, place.versions[1], unit_id=place.part.id)
    assert left(session, DESCRIPTIONS) == {place.office.id: 2, place.part.id: 1}


def test_a_description_issued_ahead_of_its_day_is_no_longer_to_be_done(
    session: Session, place: Place
) -> None:
    issue_description(session, place.versions[0], valid_from=date(2024, 7, 1))
    assert left(session, DESCRIPTIONS)[place.office.id] == 2


def test_what_is_left_is_named(session: Session, place: Place) -> None:
    decision = make_decision(session, "30-QĐ/TU", DECIDED)
    issue_position(session, place.versions[0], decision, EFFECTIVE)
    found = progress.batches(session, CATALOGUE, frozenset({place.office.id}), TODAY)
    named = progress.left(session, found, TODAY)
    assert [(item.unit, item.position, item.code) for item in named] == [
        ("Văn phòng Tỉnh ủy", "Phó", "VT-02"),
        ("Văn phòng Tỉnh ủy", "Chuyên viên", "VT-03"),
    ]
    assert progress.anything_left(session, CATALOGUE, None, TODAY)
    for version in place.versions[1:]:
        issue_position(session, version, decision, EFFECTIVE)
    assert not progress.anything_left(session, CATALOGUE, None, TODAY)
    found = progress.batches(session, CATALOGUE, None, TODAY)
    assert progress.left(session, found, TODAY) == []


def test_nothing_is_counted_for_other_work(session: Session, place: Place) -> None:
    del place
    other = MilestoneSubject.OTHER
    assert progress.batches(session, other, None, TODAY) == []
    assert not progress.anything_left(session, other, None, TODAY)


def test_a_district_sums_its_bodies_and_one_body_stands_for_itself_to_its_own_people(
    session: Session, place: Place
) -> None:
    make_milestone(session)
    (deadline,) = milestones.deadlines(session)
    found = progress.batches(session, CATALOGUE, None, TODAY)
    rows = standings.by_unit(session, deadline, found, None, TODAY)
    assert [(row.unit, row.standing.remaining) for row in rows] == [
        ("Huyện Vị Thủy", 3),
        ("Văn phòng Tỉnh ủy", 3),
    ]
    assert {row.standing.countdown.due_on for row in rows} == {DUE}
    own = frozenset({place.part.id})
    found = progress.batches(session, CATALOGUE, own, TODAY)
    rows = standings.by_unit(session, deadline, found, own, TODAY)
    assert [row.unit for row in rows] == ["Văn phòng Huyện ủy"]


def test_a_unit_that_was_merged_away_has_nothing_to_do(session: Session, place: Place) -> None:
    place.office.valid_to = date(2024, 3, 31)
    session.flush()
    assert left(session) == {place.part.id: 3}
