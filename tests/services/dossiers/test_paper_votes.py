"""Paper ballots and meetings: who enters them, who confirms them, and what counts."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from catalogue.domain.errors import Conflict, Invalid, NotAllowed
from catalogue.domain.reviewing import Choice
from catalogue.domain.roles import Viewer
from catalogue.domain.states import DossierState
from catalogue.domain.voting import Mark, Scan, Tally
from catalogue.domain.words import Role
from catalogue.models import AuditEntry, Ballot, Dossier, Meeting, Person, StoredFile
from catalogue.queries import ballots as written, reviews
from catalogue.services import ballots, meetings
from tests.dossiers import Province, seat
from tests.making import AT, TODAY
from tests.services.dossiers.voting import (
    PDF,
    STANDING,
    confirm,
    counted,
    enter,
    hold,
    minutes,
    paper,
    take_up,
    vote,
)


@pytest.fixture
def dossier(province: Province) -> Dossier:
    return province.dossier(DossierState.STANDING_REVIEW)


def test_a_paper_ballot_counts_once_a_second_person_confirmed_it(
    province: Province, dossier: Dossier
) -> None:
    ballot = enter(province, dossier, paper(dossier, province.members[1]), province.secretary)
    (cast,) = written.cast(province.session, dossier.id)
    assert (cast.person, cast.entered_by, cast.counts) == ("Trần Ủy Viên", "Phạm Thư Ký", False)
    assert counted(province, dossier) == 0
    assert written.tallies(province.session, dossier.id) == {}

    confirm(province, ballot, province.members[1])

    assert counted(province, dossier) == 1
    assert written.tallies(province.session, dossier.id)[STANDING][dossier.items[0].id].agree == 1
    with pytest.raises(Conflict, match="đã có người xác nhận"):
        confirm(province, ballot, province.members[0])


def test_who_entered_a_paper_ballot_does_not_confirm_it(
    province: Province, dossier: Dossier
) -> None:
    ballot = enter(province, dossier, paper(dossier, province.members[1]), province.secretary)

    for person in (province.secretary, province.unit_officer, province.organiser):
        with pytest.raises(NotAllowed):
            confirm(province, ballot, person)

    assert counted(province, dossier) == 0


def test_a_secretary_who_also_votes_still_does_not_confirm_their_own_entry(
    province: Province, dossier: Dossier
) -> None:
    chief = province.members[0]
    chair = seat(STANDING, chief, secretary=True)
    province.session.add(chair)
    province.session.flush()
    ballot = enter(province, dossier, paper(dossier, province.members[1]), chief)

    with pytest.raises(NotAllowed, match="người thứ hai"):
        confirm(province, ballot, chief)


def test_an_ended_stage_confirms_nothing_more(province: Province, dossier: Dossier) -> None:
    ballot = enter(province, dossier, paper(dossier, province.members[1]), province.secretary)
    meeting = hold(province, dossier, minutes(dossier), province.secretary)
    dossier.state = DossierState.COMMITTEE_REVIEW
    province.session.flush()

    with pytest.raises(Conflict):
        confirm(province, ballot, province.members[0])
    with pytest.raises(Conflict):
        meetings.confirm(
            province.session, meeting.id, by=province.members[0].id, at=AT, today=TODAY
        )

    assert (ballot.confirmed_at, meeting.confirmed_at) == (None, None)


def test_only_the_stages_secretary_enters_paper(province: Province, dossier: Dossier) -> None:
    for person in (*province.members, province.organiser, province.unit_officer):
        with pytest.raises(NotAllowed, match="thư ký"):
            enter(province, dossier, paper(dossier, province.members[1]), person)
        with pytest.raises(NotAllowed, match="thư ký"):
            hold(province, dossier, minutes(dossier), person)

    assert province.session.scalars(select(func.count(Ballot.id))).one() == 0
    assert province.session.scalars(select(func.count(Meeting.id))).one() == 0


def test_paper_is_entered_only_for_who_votes_and_did_not_write_the_dossier(
    province: Province, dossier: Dossier
) -> None:
    province.session.add(seat(STANDING, province.organiser))
    province.session.flush()

    for person in (province.secretary, province.unit_officer, province.organiser):
        with pytest.raises(NotAllowed):
            enter(province, dossier, paper(dossier, person), province.secretary)


def test_a_ballot_that_was_sent_is_not_replaced_by_paper(
    province: Province, dossier: Dossier
) -> None:
    chief = province.members[0]
    vote(province, dossier, chief, item_1=Mark(Choice.DISAGREE, "không"))

    with pytest.raises(Conflict, match="đã có phiếu được tính"):
        enter(province, dossier, paper(dossier, chief), province.secretary)

    tallies = written.tallies(province.session, dossier.id)[STANDING]
    assert tallies[dossier.items[0].id] == Tally(disagree=1)


def test_paper_replaces_what_was_not_sent_and_what_nobody_confirmed(
    province: Province, dossier: Dossier
) -> None:
    chief = province.members[0]
    own = take_up(province, dossier, chief)
    ballots.mark(province.session, own, {dossier.items[0].id: Mark(Choice.DISAGREE)})
    enter(province, dossier, paper(dossier, chief), province.secretary)
    no = {item.id: Mark(Choice.DISAGREE, "không") for item in dossier.items}
    ballot = enter(province, dossier, paper(dossier, chief, said=no), province.secretary)
    confirm(province, ballot, chief)

    assert written.marks(province.session, ballot.id) == no
    with pytest.raises(Conflict, match="đã có phiếu được tính"):
        enter(province, dossier, paper(dossier, chief), province.secretary)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"said": {}}, "0/8 mục"),
        ({"scan": Scan("phieu.pdf", b"PK\x03\x04")}, "chỉ nhận PDF"),
        ({"scan": Scan("phieu.pdf", b"")}, "tệp trống"),
    ],
)
def test_paper_without_all_marks_or_a_scan_is_refused(
    province: Province, dossier: Dossier, changes: dict[str, object], refusal: str
) -> None:
    with pytest.raises(Invalid, match=refusal):
        enter(province, dossier, paper(dossier, province.members[1], **changes), province.secretary)

    assert province.session.scalars(select(func.count(StoredFile.id))).one() == 0


def test_a_meeting_counts_once_a_second_person_confirmed_it(
    province: Province, dossier: Dossier
) -> None:
    meeting = hold(
        province, dossier, minutes(dossier, item_2=Tally(agree=2, disagree=1)), province.secretary
    )
    review = reviews.read(province.session, dossier.id, TODAY)
    assert review.result(STANDING).meeting is None

    with pytest.raises(NotAllowed, match="người thứ hai"):
        meetings.confirm(province.session, meeting.id, by=province.secretary.id, at=AT, today=TODAY)
    meetings.confirm(province.session, meeting.id, by=province.members[2].id, at=AT, today=TODAY)

    result = reviews.read(province.session, dossier.id, TODAY).result(STANDING)
    assert result.quorate
    assert result.meeting is not None
    assert result.meeting.counts[dossier.items[1].id] == Tally(agree=2, disagree=1)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"present": 0}, "Số người có mặt"),
        ({"present": 4}, "từ 1 đến 3"),
        ({"held_on": TODAY + timedelta(days=1)}, "chưa đến ngày"),
        ({"counts": {}}, "mọi mục"),
    ],
)
def test_minutes_that_cannot_be_are_refused(
    province: Province, dossier: Dossier, change: dict[str, object], refusal: str
) -> None:
    told = replace(minutes(dossier), **change)  # type: ignore[arg-type]

    with pytest.raises(Invalid, match=refusal):
        hold(province, dossier, told, province.secretary)


@pytest.mark.parametrize("tally", [Tally(2, 1, 1), Tally(-1, 2, 2)])
def test_an_item_has_no_more_hands_than_were_present(
    province: Province, dossier: Dossier, tally: Tally
) -> None:
    with pytest.raises(Invalid, match="mục 2"):
        hold(province, dossier, minutes(dossier, item_2=tally), province.secretary)


def test_the_last_confirmed_meeting_counts(province: Province, dossier: Dossier) -> None:
    for agree in (1, 3):
        tallies = {f"item_{n}": Tally(agree=agree) for n in range(1, 9)}
        meeting = hold(province, dossier, minutes(dossier, **tallies), province.secretary)
        meetings.confirm(
            province.session, meeting.id, by=province.members[0].id, at=AT, today=TODAY
        )
    hold(province, dossier, replace(minutes(dossier), present=2), province.secretary)

    result = reviews.read(province.session, dossier.id, TODAY).result(STANDING)

    assert result.meeting is not None
    assert {tally.agree for tally in result.meeting.counts.values()} == {3}


def test_every_paper_deed_is_in_the_audit(province: Province, dossier: Dossier) -> None:
    from_paper = enter(province, dossier, paper(dossier, province.members[1]), province.secretary)
    confirm(province, from_paper, province.members[0])
    vote(province, dossier, province.members[2])

    about = f"dossier:{dossier.id}"
    noted = select(AuditEntry.action).where(AuditEntry.subject == about).order_by(AuditEntry.seq)
    deeds = [deed for deed in province.session.scalars(noted) if deed.startswith("ballot.")]
    assert deeds == ["ballot.entered", "ballot.confirmed", "ballot.sent"]


def test_who_wrote_the_dossier_neither_enters_nor_confirms_paper(
    province: Province, dossier: Dossier
) -> None:
    ballot = enter(province, dossier, paper(dossier, province.members[1]), province.secretary)
    meeting = hold(province, dossier, minutes(dossier), province.secretary)
    writer = province.organiser
    province.session.add(seat(STANDING, writer, secretary=True))
    province.session.flush()
    with pytest.raises(NotAllowed, match="người khác"):
        enter(province, dossier, paper(dossier, province.members[2]), writer)
    with pytest.raises(NotAllowed, match="người khác"):
        hold(province, dossier, minutes(dossier), writer)

    province.session.add(seat(STANDING, writer))
    province.session.flush()
    with pytest.raises(NotAllowed, match="người khác"):
        confirm(province, ballot, writer)
    with pytest.raises(NotAllowed, match="người khác"):
        meetings.confirm(province.session, meeting.id, by=writer.id, at=AT, today=TODAY)


def test_a_meeting_is_confirmed_once(province: Province, dossier: Dossier) -> None:
    meeting = hold(province, dossier, minutes(dossier), province.secretary)
    chief, member = province.members[:2]
    meetings.confirm(province.session, meeting.id, by=chief.id, at=AT, today=TODAY)

    with pytest.raises(Conflict, match="đã có người xác nhận"):
        meetings.confirm(province.session, meeting.id, by=member.id, at=AT, today=TODAY)

    assert meeting.confirmed_by_id == chief.id


def test_a_scan_opens_only_to_who_may_see_its_ballot(province: Province, dossier: Dossier) -> None:
    ballot = enter(province, dossier, paper(dossier, province.members[1]), province.secretary)

    def opens(person: Person, scope: frozenset[int] | None) -> bool:
        viewer = Viewer(person.id, 1, person.name, {Role.COMMITTEE: scope}, TODAY)
        found = written.ballot_scan(province.session, viewer, dossier.id, ballot.id)
        return found is not None and found.content == PDF.content

    of_one_unit = frozenset({province.unit.id})
    assert opens(province.members[0], None)
    assert opens(province.members[1], of_one_unit)
    assert not opens(province.members[0], of_one_unit)
