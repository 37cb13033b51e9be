"""What was said of a dossier: by ballot, on paper, at a meeting; and what of it counts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session, aliased, selectinload

from catalogue.domain.reviewing import Choice, Stage
from catalogue.domain.roles import Viewer
from catalogue.domain.voting import Mark, Minutes, Tally
from catalogue.models import Ballot, BallotMark, Meeting, Person, StoredFile
from catalogue.queries.visible import visible


class Cast(NamedTuple):
    """A ballot that was sent; `entered_by` names who entered it from paper, None where nobody."""

    ballot_id: int
    stage: Stage
    person_id: int
    person: str
    sent_at: datetime
    entered_by_id: int | None
    entered_by: str | None
    confirmed_by: str | None

    @property
    def counts(self) -> bool:
        return self.entered_by_id is None or self.confirmed_by is not None


class Remark(NamedTuple):
    """What one member says of one item beyond simply agreeing."""

    stage: Stage
    item_id: int
    person: str
    choice: Choice
    remark: str
    on_paper: bool


def counting() -> ColumnElement[bool]:
    """Limit ballots to those that count: sent, and confirmed by a second person if on paper."""
    return Ballot.sent_at.is_not(None) & or_(
        Ballot.entered_by_id.is_(None), Ballot.confirmed_by_id.is_not(None)
    )


def tallies(session: Session, dossier_id: int) -> dict[Stage, dict[int, Tally]]:
    """Count what the ballots say of each item, by stage."""
    said = [func.sum(case((BallotMark.choice == choice, 1), else_=0)) for choice in Choice]
    counted = (
        select(Ballot.stage, BallotMark.item_id, *said)
        .join(BallotMark, BallotMark.ballot_id == Ballot.id)
        .where(Ballot.dossier_id == dossier_id, counting())
        .group_by(Ballot.stage, BallotMark.item_id)
    )
    found: dict[Stage, dict[int, Tally]] = {}
    for stage, item_id, agree, amended, disagree in session.execute(counted):
        found.setdefault(stage, {})[item_id] = Tally(int(agree), int(amended), int(disagree))
    return found


def cast(session: Session, dossier_id: int) -> list[Cast]:
    """List the ballots that were sent, paper ones that nobody confirmed yet included."""
    enterer, confirmer = aliased(Person), aliased(Person)
    sent = (
        select(
            Ballot.id,
            Ballot.stage,
            Ballot.person_id,
            Person.name,
            Ballot.sent_at,
            Ballot.entered_by_id,
            enterer.name,
            confirmer.name,
        )
        .join(Person, Person.id == Ballot.person_id)
        .outerjoin(enterer, enterer.id == Ballot.entered_by_id)
        .outerjoin(confirmer, confirmer.id == Ballot.confirmed_by_id)
        .where(Ballot.dossier_id == dossier_id, Ballot.sent_at.is_not(None))
        .order_by(Ballot.sent_at, Ballot.id)
    )
    return [Cast(*row) for row in session.execute(sent)]


def remarks(session: Session, dossier_id: int) -> list[Remark]:
    """List what the ballots that count say beyond simply agreeing, by who was first to send."""
    said = (
        select(
            Ballot.stage,
            BallotMark.item_id,
            Person.name,
            BallotMark.choice,
            BallotMark.remark,
            Ballot.entered_by_id.is_not(None),
        )
        .join(Ballot, Ballot.id == BallotMark.ballot_id)
        .join(Person, Person.id == Ballot.person_id)
        .where(Ballot.dossier_id == dossier_id, counting())
        .where(or_(BallotMark.choice != Choice.AGREE, BallotMark.remark != ""))
        .order_by(Ballot.sent_at, Ballot.id)
    )
    return [Remark(*row) for row in session.execute(said)]


def of_person(session: Session, dossier_id: int, stage: Stage, person_id: int) -> Ballot | None:
    """Find a member's one ballot at a stage, whoever wrote it."""
    own = select(Ballot).where(
        Ballot.dossier_id == dossier_id, Ballot.stage == stage, Ballot.person_id == person_id
    )
    return session.scalar(own)


def marks(session: Session, ballot_id: int) -> dict[int, Mark]:
    """Give what a ballot says, by item."""
    said = select(BallotMark.item_id, BallotMark.choice, BallotMark.remark).where(
        BallotMark.ballot_id == ballot_id
    )
    return {item_id: Mark(choice, remark) for item_id, choice, remark in session.execute(said)}


def meetings(session: Session, dossier_id: int) -> Sequence[Meeting]:
    """List the meetings that voted on a dossier, the last one last."""
    held = select(Meeting).where(Meeting.dossier_id == dossier_id)
    held = held.options(selectinload(Meeting.counts)).order_by(Meeting.held_on, Meeting.id)
    return session.scalars(held).all()


def minutes(meetings: Sequence[Meeting], stage: Stage) -> Minutes | None:
    """Give what the last confirmed meeting of a stage decided."""
    confirmed = [one for one in meetings if one.stage is stage and one.confirmed_at is not None]
    if not confirmed:
        return None
    last = confirmed[-1]
    return Minutes(last.held_on, last.present, counts(last))


def counts(meeting: Meeting) -> Mapping[int, Tally]:
    """Give the counts of a meeting by item."""
    return {
        count.item_id: Tally(count.agree, count.agree_amended, count.disagree)
        for count in meeting.counts
    }


def ballot_scan(
    session: Session, viewer: Viewer, dossier_id: int, ballot_id: int
) -> StoredFile | None:
    """Find the scan of a paper ballot, for whoever may see that ballot."""
    seen = select(StoredFile).join(Ballot, Ballot.scan_id == StoredFile.id)
    seen = seen.where(Ballot.id == ballot_id, Ballot.dossier_id == dossier_id)
    return session.scalar(seen.where(visible(Ballot, viewer)))


def meeting_scan(session: Session, dossier_id: int, meeting_id: int) -> StoredFile | None:
    """Find the scan of a meeting's minutes, by the dossier that the person was shown."""
    seen = select(StoredFile).join(Meeting, Meeting.scan_id == StoredFile.id)
    return session.scalar(seen.where(Meeting.id == meeting_id, Meeting.dossier_id == dossier_id))
