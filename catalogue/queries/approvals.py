"""Submitted descriptions as those read them who appraise, approve, mend or look on."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from catalogue.domain import drafting
from catalogue.domain.approving import Hands, holds, who_judges
from catalogue.domain.description import Section
from catalogue.domain.roles import Viewer
from catalogue.domain.states import DraftMove, DraftState
from catalogue.domain.words import LabelledWord, Role
from catalogue.models import (
    ApprovalRule,
    DescriptionDraft,
    DraftAuthor,
    DraftStep,
    Person,
    PositionVersion,
    SectionRemark,
    Submission,
    Unit,
)
from catalogue.queries.approval_rules import rules_on
from catalogue.queries.visible import visible


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; `mine` keeps what waits for the person's own word."""

    unit_id: int | None = None
    state: DraftState | None = None
    mine: bool = False


class Listed(NamedTuple):
    """The newest submission of one draft; `kept_out` where the person's own hand is in it."""

    submission_id: int
    draft_id: int
    number: int
    position: str
    unit_id: int | None
    unit: str | None
    state: DraftState
    submitted_by: str
    submitted_at: datetime
    wrote: bool
    appraised: bool


class Whose(LabelledWord):
    """Whose word a list of submissions waits for."""

    MINE = "mine", "Chờ tôi"


class Remark(NamedTuple):
    """What was said of one section; `submission` is the number of the submission it is about."""

    text: str
    author: str
    at: datetime
    submission: int | None


def listed(session: Session, wanted: Wanted, viewer: Viewer) -> list[Listed]:
    """List submissions that the person may see, the oldest wait first, judged ones last."""
    query = _listed(viewer)
    if wanted.unit_id:
        query = query.where(DescriptionDraft.unit_id == wanted.unit_id)
    if wanted.state:
        query = query.where(DescriptionDraft.state == wanted.state)
    if wanted.mine:
        query = query.where(DescriptionDraft.state.in_((*_JUDGED_NEXT, DraftState.RETURNED)))
    rows = [Listed(*row) for row in session.execute(query)]
    return _awaited(session, rows, viewer) if wanted.mine else rows


def one(session: Session, submission_id: int, viewer: Viewer) -> Submission | None:
    """Read one submission; None where there is none or it may not be seen."""
    query = (
        select(Submission)
        .join(Submission.draft)
        .where(Submission.id == submission_id, visible(DescriptionDraft, viewer))
        .options(
            joinedload(Submission.submitted_by),
            joinedload(Submission.draft).joinedload(DescriptionDraft.unit),
            joinedload(Submission.draft).joinedload(DescriptionDraft.position_version),
        )
    )
    return session.scalar(query)


def steps(session: Session, draft_id: int) -> Sequence[DraftStep]:
    """List what was done to a draft as a whole, in order."""
    query = select(DraftStep).where(DraftStep.draft_id == draft_id)
    return session.scalars(query.order_by(DraftStep.id).options(joinedload(DraftStep.person))).all()


def remarks_of(session: Session, draft_id: int) -> dict[Section, list[Remark]]:
    """Give what was said of each section of a draft and of its submissions, the latest first."""
    found = session.execute(
        select(
            SectionRemark.section,
            SectionRemark.text,
            Person.name,
            SectionRemark.at,
            Submission.number,
        )
        .join(Person, Person.id == SectionRemark.author_id)
        .outerjoin(Submission, Submission.id == SectionRemark.submission_id)
        .where(SectionRemark.draft_id == draft_id)
        .order_by(SectionRemark.id.desc())
    )
    remarks: dict[Section, list[Remark]] = defaultdict(list)
    for section, *said in found:
        remarks[section].append(Remark(*said))
    return dict(remarks)


def authors(session: Session, draft_id: int) -> Sequence[tuple[int, str]]:
    """List who has written in a draft."""
    query = (
        select(Person.id, Person.name)
        .join(DraftAuthor, DraftAuthor.person_id == Person.id)
        .where(DraftAuthor.draft_id == draft_id)
        .order_by(Person.sort_key, Person.id)
    )
    return session.execute(query).tuples().all()


def hands(session: Session, submission: Submission) -> Hands:
    """Tell who wrote, sent and appraised what is to be judged."""
    written = session.scalars(
        select(DraftAuthor.person_id).where(DraftAuthor.draft_id == submission.draft_id)
    )
    appraised = select(DraftStep.person_id).where(
        DraftStep.submission_id == submission.id, DraftStep.move == DraftMove.APPRAISE
    )
    return Hands(frozenset(written), submission.submitted_by_id, session.scalar(appraised.limit(1)))


def unfaithful(session: Session) -> int:
    """Count the submissions whose content no longer has the digest under which it was sent."""
    kept = session.execute(select(Submission.content, Submission.sha256))
    return sum(drafting.digest(content) != sha256 for content, sha256 in kept)


_JUDGED_NEXT = (DraftState.SUBMITTED, DraftState.APPRAISED)


def _listed(viewer: Viewer) -> Select[Any]:
    wrote = select(DraftAuthor.draft_id).where(
        DraftAuthor.draft_id == DescriptionDraft.id, DraftAuthor.person_id == viewer.person_id
    )
    appraised = select(DraftStep.id).where(
        DraftStep.submission_id == Submission.id,
        DraftStep.move == DraftMove.APPRAISE,
        DraftStep.person_id == viewer.person_id,
    )
    newest = select(func.max(Submission.id)).group_by(Submission.draft_id)
    return (
        select(
            Submission.id,
            DescriptionDraft.id,
            Submission.number,
            PositionVersion.name,
            DescriptionDraft.unit_id,
            Unit.name,
            DescriptionDraft.state,
            Person.name,
            Submission.submitted_at,
            or_(wrote.exists(), Submission.submitted_by_id == viewer.person_id),
            appraised.exists(),
        )
        .join(DescriptionDraft, DescriptionDraft.id == Submission.draft_id)
        .join(PositionVersion, PositionVersion.id == DescriptionDraft.position_version_id)
        .join(Person, Person.id == Submission.submitted_by_id)
        .outerjoin(Unit, Unit.id == DescriptionDraft.unit_id)
        .where(Submission.id.in_(newest), visible(DescriptionDraft, viewer))
        .order_by(DescriptionDraft.state.not_in(_JUDGED_NEXT), Submission.id)
    )


def _awaited(session: Session, rows: list[Listed], viewer: Viewer) -> list[Listed]:
    """Keep what the person may mend, first, and what the person may judge now."""
    if not rows:
        return rows
    rules = rules_on(session, viewer.on)
    kept = []
    for row in rows:
        rule = rules.of(row.unit_id)
        role = rule and _next_role(row, rule)
        if role and holds(viewer, role, row.unit_id):
            kept.append(row)
    return sorted(kept, key=lambda row: row.state is not DraftState.RETURNED)


def _next_role(row: Listed, rule: ApprovalRule) -> Role | None:
    """Name whose turn it is; nobody's whose own hand is in what is to be judged."""
    if row.state is DraftState.RETURNED:
        return rule.drafter
    if row.wrote or (row.state is DraftState.APPRAISED and row.appraised):
        return None
    return who_judges(row.state, rule.appraiser, rule.approver)
