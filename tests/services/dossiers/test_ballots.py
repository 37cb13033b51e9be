"""Who votes, and until when."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from catalogue.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from catalogue.domain.reviewing import Choice, Stage
from catalogue.domain.states import DossierState
from catalogue.domain.voting import Mark, Tally
from catalogue.models import Ballot, Dossier
from catalogue.queries import ballots as written
from catalogue.services import ballots
from tests.dossiers import Province, seat
from tests.making import AT, TODAY, make_person
from tests.services.dossiers.voting import AGREE, STANDING, counted, take_up, vote


@pytest.fixture
def dossier(province: Province) -> Dossier:
    return province.dossier(DossierState.STANDING_REVIEW)


def test_a_ballot_changes_until_it_is_sent(province: Province, dossier: Dossier) -> None:
    chief = province.members[0]
    first = dossier.items[0].id
    ballot = take_up(province, dossier, chief)
    ballots.mark(province.session, ballot, {first: Mark(Choice.DISAGREE, "chưa rõ")})
    assert take_up(province, dossier, chief) is ballot
    ballots.mark(province.session, ballot, {first: AGREE})

    assert ballots.agree_to_rest(province.session, ballot) == len(dossier.items) - 1
    assert counted(province, dossier) == 0
    ballots.send(province.session, ballot, by=chief.id, at=AT)

    assert written.marks(province.session, ballot.id) == {item.id: AGREE for item in dossier.items}
    assert counted(province, dossier) == 1
    with pytest.raises(Conflict, match="đã gửi nên không sửa được nữa"):
        take_up(province, dossier, chief)


def test_agreeing_to_the_rest_leaves_what_was_marked(province: Province, dossier: Dossier) -> None:
    vote(province, dossier, province.members[0], item_3=Mark(Choice.DISAGREE, "giữ tên cũ"))

    tallies = written.tallies(province.session, dossier.id)[STANDING]

    said = {item.ordinal: tallies[item.id] for item in dossier.items}
    assert said.pop(3) == Tally(disagree=1)
    assert set(said.values()) == {Tally(agree=1)}


def test_a_ballot_with_gaps_is_not_sent_and_names_them(
    province: Province, dossier: Dossier
) -> None:
    ballot = take_up(province, dossier, province.members[0])
    ballots.mark(province.session, ballot, {item.id: AGREE for item in dossier.items[:-1]})

    with pytest.raises(Invalid, match=r"7/8 mục.*mục 8 «Cố vấn đờn ca tài tử»"):
        ballots.send(province.session, ballot, by=province.members[0].id, at=AT)

    assert ballot.sent_at is None


def test_an_item_of_another_dossier_is_not_marked(province: Province, dossier: Dossier) -> None:
    ballot = take_up(province, dossier, province.members[0])

    with pytest.raises(NotFound):
        ballots.mark(province.session, ballot, {10_000: AGREE})

    assert ballot.marks == []


def test_only_who_votes_that_day_has_a_ballot(province: Province, dossier: Dossier) -> None:
    late = make_person(province.session, "Người Vào Sau")
    province.session.add(seat(STANDING, late, since=TODAY + timedelta(days=1)))
    elsewhere = make_person(province.session, "Người Bước Khác")
    province.session.add(seat(Stage.COMMITTEE, elsewhere))
    province.session.flush()

    for person in (province.unit_officer, province.secretary, late, elsewhere):
        with pytest.raises(NotAllowed, match="không có quyền biểu quyết"):
            take_up(province, dossier, person)


def test_who_wrote_the_dossier_does_not_vote_on_it(province: Province, dossier: Dossier) -> None:
    province.session.add(seat(STANDING, province.organiser))
    province.session.flush()

    with pytest.raises(NotAllowed, match="người khác"):
        take_up(province, dossier, province.organiser)


@pytest.mark.parametrize(
    "state", [DossierState.SUBMITTED, DossierState.COMMITTEE_REVIEW, DossierState.CONCLUDED]
)
def test_a_ballot_is_refused_outside_its_stage(province: Province, state: DossierState) -> None:
    dossier = province.dossier(state)

    with pytest.raises(Conflict, match="không ở bước"):
        take_up(province, dossier, province.members[0])

    assert province.session.scalars(select(func.count(Ballot.id))).one() == 0


def test_the_second_stage_has_ballots_of_its_own(province: Province, dossier: Dossier) -> None:
    first = vote(province, dossier, province.members[0])
    dossier.state = DossierState.COMMITTEE_REVIEW
    province.session.flush()

    assert take_up(province, dossier, province.members[0], Stage.COMMITTEE).id != first.id
