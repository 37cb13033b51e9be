"""The page of one submission: who may decide what of it today, and who else where they may not."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template

from catalogue.blueprints.guard import viewer
from catalogue.domain import drafting
from catalogue.domain.approving import Hands, holds, who_judges
from catalogue.domain.description import Section
from catalogue.domain.roles import Viewer
from catalogue.domain.states import DRAFT_MOVES, DraftMove, DraftState
from catalogue.domain.words import Role
from catalogue.extensions import db
from catalogue.forms.approving import AppraiseForm, ApproveForm, ReturnForm
from catalogue.models import DescriptionDraft, DraftStep, Submission
from catalogue.queries import approvals, task_endings
from catalogue.queries.approval_rules import parents, rules_on, upwards
from catalogue.queries.role_holders import role_holders


@dataclass(frozen=True, slots=True)
class Offered:
    """What the person may do to a submission today.

    `role` is whose word it waits for, `others` who else holds it, `kept_out` why oneself may not.
    """

    moves: frozenset[DraftMove]
    role: Role | None = None
    others: Sequence[str] = ()
    kept_out: str = ""

    @property
    def appraises(self) -> bool:
        return DraftMove.APPRAISE in self.moves

    @property
    def approves(self) -> bool:
        return DraftMove.APPROVE in self.moves

    @property
    def returns(self) -> bool:
        return DraftMove.RETURN in self.moves

    @property
    def takes_back(self) -> bool:
        return DraftMove.TAKE_BACK in self.moves


def page(
    submission: Submission,
    *,
    returning: ReturnForm | None = None,
    appraising: AppraiseForm | None = None,
    approving: ApproveForm | None = None,
) -> str:
    """Draw the frozen content with what was said of it and what may be done."""
    session, draft = db.session(), submission.draft
    content = drafting.from_json(submission.content)
    steps = approvals.steps(session, draft.id)
    authors = approvals.authors(session, draft.id)
    newest = _newest(steps, submission)
    hands = _hands(submission, steps, [key for key, _ in authors])
    content = drafting.from_json(submission.content)
    form = approving or ApproveForm(formdata=None, sha256_seen=submission.sha256)
    if approving is None:
        form.valid_from.data = viewer().on.isoformat()
    return render_template(
        "approving/show.html",
        submission=submission,
        draft=draft,
        record=content.description,
        endings=task_endings.of_draft(session, draft, content, viewer().on),
        sections=list(Section),
        steps=steps,
        authors=[name for _, name in authors],
        remarks=approvals.remarks_of(session, draft.id),
        newest=newest,
        offered=_offered(draft, hands) if newest == submission.id else Offered(frozenset()),
        returning=returning or ReturnForm(formdata=None),
        appraising=appraising or AppraiseForm(formdata=None),
        approving=form,
    )


def _newest(steps: Sequence[DraftStep], submission: Submission) -> int:
    """Give the submission that counts, from the steps: the last one that was sent."""
    sent = [step.submission_id for step in steps if step.move is DraftMove.SUBMIT]
    return sent[-1] or submission.id if sent else submission.id


def _hands(submission: Submission, steps: Sequence[DraftStep], authors: Sequence[int]) -> Hands:
    appraised = [
        step.person_id
        for step in steps
        if step.move is DraftMove.APPRAISE and step.submission_id == submission.id
    ]
    return Hands(
        frozenset(authors), submission.submitted_by_id, appraised[0] if appraised else None
    )


def _offered(draft: DescriptionDraft, hands: Hands) -> Offered:
    session, person = db.session(), viewer()
    open_moves = frozenset(move for state, move in DRAFT_MOVES if state is draft.state)
    own = open_moves & _own(draft, hands, person)
    rules = rules_on(session, person.on)
    rule = rules.of(draft.unit_id)
    role = who_judges(draft.state, rule.appraiser, rule.approver) if rule else None
    if role is None:
        return Offered(own)
    judging = DraftMove.APPROVE if draft.state is DraftState.APPRAISED else DraftMove.APPRAISE
    kept_out = hands.keeps_out(judging, person.person_id)
    holding = holds(person, role, draft.unit_id)
    out = {person.person_id, hands.submitted_by, *hands.authors}
    if judging is DraftMove.APPROVE and hands.appraised_by:
        out.add(hands.appraised_by)
    others = role_holders(session, role, upwards(parents(session), draft.unit_id), person.on, out)
    may_judge = holding and not kept_out
    judged = open_moves & {judging, DraftMove.RETURN} if may_judge else frozenset()
    return Offered(own | judged, role, others, kept_out if holding else "")


def _own(draft: DescriptionDraft, hands: Hands, person: Viewer) -> set[DraftMove]:
    sent_it = hands.submitted_by == person.person_id and draft.state is DraftState.SUBMITTED
    return {DraftMove.TAKE_BACK} if sent_it else set()
