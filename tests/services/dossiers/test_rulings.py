"""Rulings are added, never overwritten; a stage ends only when every dispute is ruled on."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from catalogue.domain.reviewing import Choice, Stage, Verdict
from catalogue.domain.states import DossierState, MoveNotAllowed
from catalogue.domain.voting import Judgement, Mark
from catalogue.models import Dossier, Person, Ruling
from catalogue.services import ballots, reviews, rulings
from catalogue.services.reviews import StillOpen
from catalogue.services.rulings import RulingOvertaken
from tests.dossiers import Province, seat
from tests.making import AT, TODAY

ADOPTED = Judgement(Stage.STANDING, Verdict.ADOPT)
REJECTED = Judgement(Stage.STANDING, Verdict.REJECT, reason="Trùng việc")


@pytest.fixture
def dossier(province: Province) -> Dossier:
    return province.dossier(DossierState.STANDING_REVIEW)


def rule(
    province: Province,
    dossier: Dossier,
    ruled: Judgement,
    by: Person,
    seen: int = 0,
    place: int = 0,
) -> Ruling:
    item = dossier.items[place].id
    return rulings.rule(province.session, item, ruled, seen=seen, by=by.id, at=AT, today=TODAY)


def vote(province: Province, dossier: Dossier, stage: Stage, against: int | None = None) -> None:
    """Two of three send ballots: all agree but the second, who is against one item."""
    for place, member in enumerate(province.members[:2]):
        ballot = ballots.take_up(
            province.session, dossier.id, stage, by=member.id, at=AT, today=TODAY
        )
        if against is not None and place:
            no = {dossier.items[against].id: Mark(Choice.DISAGREE, "trùng việc")}
            ballots.mark(province.session, ballot, no)
        ballots.agree_to_rest(province.session, ballot)
        ballots.send(province.session, ballot, by=member.id, at=AT)


def forward(province: Province, dossier: Dossier, by: Person) -> Dossier:
    return reviews.forward(province.session, dossier.id, by=by.id, at=AT, today=TODAY)


def count(session: Session) -> int:
    return session.scalars(select(func.count(Ruling.id))).one()


def test_the_second_of_two_sees_both_and_nothing_is_overwritten(
    province: Province, dossier: Dossier
) -> None:
    first = rule(province, dossier, ADOPTED, province.members[0])

    with pytest.raises(RulingOvertaken) as refused:
        rule(province, dossier, REJECTED, province.members[1])

    assert (refused.value.theirs, refused.value.ours) == (first, REJECTED)
    assert "Nguyễn Thường Trực vừa kết luận" in str(refused.value)
    assert count(province.session) == 1

    again = rule(province, dossier, REJECTED, province.members[1], seen=1)
    assert (first.number, first.verdict) == (1, Verdict.ADOPT)
    assert (again.number, again.verdict) == (2, Verdict.REJECT)


def test_a_number_that_was_never_given_is_refused(province: Province, dossier: Dossier) -> None:
    with pytest.raises(Conflict, match="không còn đúng"):
        rule(province, dossier, ADOPTED, province.members[0], seen=7)


@pytest.mark.parametrize(
    ("ruled", "field"),
    [
        (Judgement(Stage.STANDING, Verdict.REJECT), "reason"),
        (Judgement(Stage.STANDING, Verdict.ADOPT_AMENDED, amended_name="Văn thư"), "reason"),
        (Judgement(Stage.STANDING, Verdict.ADOPT_AMENDED, reason="gọn hơn"), "amended_name"),
    ],
)
def test_a_ruling_that_changes_something_says_what_and_why(
    province: Province, dossier: Dossier, ruled: Judgement, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        rule(province, dossier, ruled, province.members[0])

    assert refused.value.field == field
    assert count(province.session) == 0


def test_only_an_amended_adoption_keeps_a_name(province: Province, dossier: Dossier) -> None:
    amended = Judgement(Stage.STANDING, Verdict.ADOPT_AMENDED, "gọn hơn", "Văn thư")
    assert rule(province, dossier, amended, province.members[0]).amended_name == "Văn thư"
    plain = Judgement(Stage.STANDING, Verdict.ADOPT, amended_name="còn sót lại")
    assert rule(province, dossier, plain, province.members[0], seen=1).amended_name is None


def test_only_who_votes_at_the_stage_and_did_not_write_it_rules(
    province: Province, dossier: Dossier
) -> None:
    for person in (province.secretary, province.unit_officer, province.organiser):
        with pytest.raises(NotAllowed, match="không có quyền biểu quyết"):
            rule(province, dossier, ADOPTED, person)
    province.session.add(seat(Stage.STANDING, province.organiser))
    province.session.flush()
    with pytest.raises(NotAllowed, match="người khác"):
        rule(province, dossier, ADOPTED, province.organiser)

    assert count(province.session) == 0


@pytest.mark.parametrize(
    "state", [DossierState.SUBMITTED, DossierState.COMMITTEE_REVIEW, DossierState.CONCLUDED]
)
def test_a_ruling_is_refused_outside_its_stage(province: Province, state: DossierState) -> None:
    dossier = province.dossier(state)

    with pytest.raises(Conflict, match="không ở bước"):
        rule(province, dossier, ADOPTED, province.members[0])

    assert count(province.session) == 0


def test_an_item_that_is_not_there_is_not_ruled_on(province: Province, dossier: Dossier) -> None:
    del dossier
    with pytest.raises(NotFound):
        rulings.rule(
            province.session,
            10_000,
            ADOPTED,
            seen=0,
            by=province.members[0].id,
            at=AT,
            today=TODAY,
        )


def test_each_stage_numbers_its_own_rulings(province: Province, dossier: Dossier) -> None:
    rule(province, dossier, ADOPTED, province.members[0])
    dossier.state = DossierState.COMMITTEE_REVIEW
    province.session.flush()

    ruled = Judgement(Stage.COMMITTEE, Verdict.ADOPT)

    assert rule(province, dossier, ruled, province.members[0]).number == 1


def test_without_a_quorum_nothing_is_forwarded(province: Province, dossier: Dossier) -> None:
    with pytest.raises(StillOpen, match="mới có 0 phiếu được tính, cần ít nhất 2"):
        forward(province, dossier, province.members[0])

    assert dossier.state is DossierState.STANDING_REVIEW


def test_a_disputed_item_holds_the_stage_until_it_is_ruled_on(
    province: Province, dossier: Dossier
) -> None:
    vote(province, dossier, Stage.STANDING, against=2)
    with pytest.raises(StillOpen, match=r"chưa kết luận 1 mục.*mục 3 «Chuyên viên về tổng hợp»"):
        forward(province, dossier, province.members[0])
    assert dossier.state is DossierState.STANDING_REVIEW

    rule(province, dossier, ADOPTED, province.members[0], place=2)

    assert forward(province, dossier, province.members[0]).state is DossierState.COMMITTEE_REVIEW


def test_a_ruling_of_the_first_stage_decides_nothing_at_the_second(
    province: Province, dossier: Dossier
) -> None:
    rule(province, dossier, ADOPTED, province.members[0], place=2)
    dossier.state = DossierState.COMMITTEE_REVIEW
    province.session.flush()
    vote(province, dossier, Stage.COMMITTEE, against=2)
    chief = province.members[0].id

    with pytest.raises(StillOpen, match="mục 3"):
        reviews.conclude(province.session, dossier.id, by=chief, at=AT, today=TODAY)

    second = Judgement(Stage.COMMITTEE, Verdict.REJECT, reason="trùng việc")
    rule(province, dossier, second, province.members[0], place=2)
    reviews.conclude(province.session, dossier.id, by=chief, at=AT, today=TODAY)
    assert dossier.state is DossierState.CONCLUDED


def test_ending_a_stage_takes_a_vote_in_it(province: Province, dossier: Dossier) -> None:
    vote(province, dossier, Stage.STANDING)
    for person in (province.secretary, province.organiser, province.unit_officer):
        with pytest.raises(NotAllowed):
            forward(province, dossier, person)
    province.session.add(seat(Stage.STANDING, province.organiser))
    province.session.flush()
    with pytest.raises(NotAllowed, match="người khác"):
        forward(province, dossier, province.organiser)

    assert dossier.state is DossierState.STANDING_REVIEW


def test_a_stage_does_not_end_out_of_turn(province: Province, dossier: Dossier) -> None:
    with pytest.raises(MoveNotAllowed):
        reviews.conclude(
            province.session, dossier.id, by=province.members[0].id, at=AT, today=TODAY
        )

    assert dossier.state is DossierState.STANDING_REVIEW


@pytest.mark.parametrize("by_secretary", [True, False])
def test_a_submitted_dossier_is_taken_up_by_who_sits_there(
    province: Province,
    by_secretary: bool,  # noqa: FBT001 (a case of the table)
) -> None:
    dossier = province.dossier(DossierState.SUBMITTED)
    person = province.secretary if by_secretary else province.members[0]
    with pytest.raises(NotAllowed):
        reviews.take_up(
            province.session, dossier.id, by=province.unit_officer.id, at=AT, today=TODAY
        )

    reviews.take_up(province.session, dossier.id, by=person.id, at=AT, today=TODAY)

    assert dossier.state is DossierState.STANDING_REVIEW


def test_only_who_votes_at_its_stage_returns_a_dossier(
    province: Province, dossier: Dossier
) -> None:
    for person in (province.secretary, province.unit_officer):
        with pytest.raises(NotAllowed):
            reviews.give_back(
                province.session, dossier.id, "Thiếu căn cứ", by=person.id, at=AT, today=TODAY
            )
    assert dossier.state is DossierState.STANDING_REVIEW

    following = reviews.give_back(
        province.session,
        dossier.id,
        "Thiếu căn cứ",
        by=province.members[1].id,
        at=AT,
        today=TODAY,
    )

    assert (dossier.return_reason, following.number) == ("Thiếu căn cứ", 2)
