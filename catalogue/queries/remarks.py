"""What was said of a dossier's items, in comments and on ballots, and what was ruled on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import Session, joinedload

from catalogue.domain.papers import Answer, AskedItem
from catalogue.domain.remarks import Remark
from catalogue.domain.reviewing import Audience, Choice, Stage, Verdict
from catalogue.domain.roles import Viewer
from catalogue.models import (
    Ballot,
    BallotMark,
    Comment,
    Dossier,
    DossierItem,
    Person,
    Ruling,
)
from catalogue.queries.visible import visible

_HERE = ZoneInfo("Asia/Ho_Chi_Minh")
# Between the author that a Word file names and the file's name.
ORIGIN_MARK = " · "
# A choice that a ruling follows, so that its remark was taken in.
_FOLLOWED = {
    (Choice.AGREE_AMENDED, Verdict.ADOPT_AMENDED),
    (Choice.DISAGREE, Verdict.REJECT),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One sent remark: of a thread where it names an audience, of a ballot where a choice.

    One that a Word file brought has no author here, only the name that the file gives.
    """

    ordinal: int | None
    author_id: int | None
    author: str
    at: datetime
    text: str
    audience: Audience | None = None
    choice: Choice | None = None

    @property
    def remark(self) -> Remark:
        """Give it as a file prints it, at the hour that people's clocks showed."""
        at = self.at.astimezone(_HERE).replace(tzinfo=None)
        return Remark(self.ordinal, self.author, at, self.words)

    @property
    def words(self) -> str:
        """Give the text, after what its ballot chose."""
        return f"{self.choice.label}: {self.text}" if self.choice else self.text


def said(session: Session, dossier_id: int, viewer: Viewer | None) -> list[Said]:
    """List what was sent, by the hour; None stands for the program itself, which compares all."""
    found = [*_comments(session, dossier_id, viewer), *_on_ballots(session, dossier_id, viewer)]
    return sorted(found, key=lambda each: each.at)


def from_files(session: Session, dossier_id: int, viewer: Viewer) -> Sequence[tuple[Comment, int]]:
    """List the comments that Word files brought, with their item's ordinal, 0 for the whole."""
    query = (
        select(Comment, DossierItem.ordinal)
        .outerjoin(DossierItem, DossierItem.id == Comment.item_id)
        .where(Comment.dossier_id == dossier_id, Comment.origin != "", visible(Comment, viewer))
        .order_by(DossierItem.ordinal, Comment.id)
    )
    return [(comment, ordinal or 0) for comment, ordinal in session.execute(query)]


def rulings(session: Session, dossier_id: int, stage: Stage) -> dict[int, Ruling]:
    """Give the ruling that holds at a stage, by ordinal: the highest number of each item."""
    query = (
        select(DossierItem.ordinal, Ruling)
        .join(DossierItem, DossierItem.id == Ruling.item_id)
        .where(DossierItem.dossier_id == dossier_id, Ruling.stage == stage)
        .order_by(DossierItem.ordinal, Ruling.number)
    )
    return dict(session.execute(query).tuples().all())


def answers(
    session: Session, dossier: Dossier, items: Sequence[AskedItem], viewer: Viewer
) -> list[Answer]:
    """Set beside each remark what was ruled, and what the authors of the dossier answered.

    What members say among themselves stays out: the table goes back to who submitted.
    """
    heard = said(session, dossier.id, viewer)
    own = {dossier.drafted_by_id, dossier.submitted_by_id} - {None}
    ruled = {
        **rulings(session, dossier.id, Stage.STANDING),
        **rulings(session, dossier.id, Stage.COMMITTEE),
    }
    open_ones = [each for each in heard if each.audience is not Audience.COMMITTEE]
    replies = [each for each in open_ones if each.audience and each.author_id in own]
    changes = {each.item.ordinal: each.change for each in items}
    remarks = [each for each in open_ones if each not in replies]
    # False sorts before True: the dossier as a whole comes after its items.
    remarks.sort(key=lambda each: (each.ordinal is None, each.ordinal))
    return [_answer(each, changes, ruled, replies) for each in remarks]


def _answer(
    each: Said,
    changes: Mapping[int, str],
    ruled: Mapping[int, Ruling],
    replies: Sequence[Said],
) -> Answer:
    ruling = ruled.get(each.ordinal or 0)
    outcome = _outcome(ruling) if ruling else ""
    followed = ruling is not None and (each.choice, ruling.verdict) in _FOLLOWED
    told = [reply.text for reply in replies if reply.ordinal == each.ordinal]
    return Answer(
        ordinal=each.ordinal,
        subject=changes.get(each.ordinal or 0, ""),
        author=each.author,
        remark=each.words,
        taken_in=outcome if followed else "",
        explained="\n".join(told if followed or not outcome else [*told, outcome]),
    )


def _outcome(ruling: Ruling) -> str:
    name = f": «{ruling.amended_name}»" if ruling.amended_name else ""
    return f"{ruling.verdict.label}{name}. {ruling.reason}"


def _comments(session: Session, dossier_id: int, viewer: Viewer | None) -> list[Said]:
    query = (
        select(Comment, DossierItem.ordinal)
        .outerjoin(DossierItem, DossierItem.id == Comment.item_id)
        .where(Comment.dossier_id == dossier_id, Comment.sent_at.is_not(None))
        .where(_seen(Comment, viewer))
        .options(joinedload(Comment.author))
        .order_by(Comment.id)
    )
    return [
        Said(
            ordinal,
            None if comment.origin else comment.author_id,
            comment.origin.partition(ORIGIN_MARK)[0] or comment.author.name,
            comment.written_at,
            comment.text,
            audience=comment.audience,
        )
        for comment, ordinal in session.execute(query)
    ]


def _on_ballots(session: Session, dossier_id: int, viewer: Viewer | None) -> list[Said]:
    """List what ballots say that count: one entered for its member waits for a second person."""
    query = (
        select(
            DossierItem.ordinal,
            Person.id,
            Person.name,
            Ballot.sent_at,
            BallotMark.remark,
            BallotMark.choice,
        )
        .join(Ballot, Ballot.id == BallotMark.ballot_id)
        .join(DossierItem, DossierItem.id == BallotMark.item_id)
        .join(Person, Person.id == Ballot.person_id)
        .where(Ballot.dossier_id == dossier_id, Ballot.sent_at.is_not(None))
        .where(or_(Ballot.entered_by_id.is_(None), Ballot.confirmed_by_id.is_not(None)))
        .where(BallotMark.remark != "", _seen(Ballot, viewer))
        .order_by(Ballot.id, DossierItem.ordinal)
    )
    return [
        Said(ordinal, person_id, name, at, text, choice=choice)
        for ordinal, person_id, name, at, text, choice in session.execute(query)
    ]


def _seen(model: type[Ballot | Comment], viewer: Viewer | None) -> ColumnElement[bool]:
    return true() if viewer is None else visible(model, viewer)
