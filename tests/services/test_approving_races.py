"""Two who decide of one submission at once: one does, the other is told, nothing is doubled."""

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from catalogue.domain.approving import Approval, Verdict
from catalogue.domain.errors import Conflict
from catalogue.domain.states import DraftState
from catalogue.models import Description, DescriptionDraft, DraftStep, Submission
from catalogue.services import approving
from tests.drafts import Office, make_office
from tests.making import AT, TODAY
from tests.racing import Deed, at_once
from tests.services.approval import appraiser, head, officer, sent


@pytest.fixture
def office(session: Session) -> Office:
    return make_office(session)


def returning(office: Office, key: int) -> Deed:
    viewer = head(office)
    return lambda own: approving.send_back(own, key, Verdict("Sửa"), viewer, at=AT)


def approving_it(office: Office, submission: Submission) -> Deed:
    key, viewer, approval = submission.id, head(office), Approval(submission.sha256, TODAY)
    return lambda own: approving.approve(own, key, approval, viewer, at=AT)


def test_what_is_approved_and_returned_at_once_is_one_of_the_two(
    office: Office, engine: Engine
) -> None:
    submission = sent(office, DraftState.APPRAISED)
    key, draft_id = submission.id, submission.draft_id
    approves, returns = approving_it(office, submission), returning(office, key)
    office.session.commit()

    refusals = at_once(engine, approves, returns, approves)

    assert sum(refusal is None for refusal in refusals) == 1
    assert all(isinstance(refusal, Conflict) for refusal in refusals if refusal)
    stands = office.session.get_one(DescriptionDraft, draft_id, populate_existing=True).state
    made = office.session.scalar(
        select(func.count()).select_from(Description).where(Description.file_name == "")
    )
    assert made == (stands is DraftState.APPROVED)
    assert _steps(office.session, key) == 3


def test_what_is_taken_back_and_appraised_at_once_is_one_of_the_two(
    office: Office, engine: Engine
) -> None:
    key = sent(office).id
    writer, judge = officer(office), appraiser(office)
    office.session.commit()

    refusals = at_once(
        engine,
        lambda own: approving.take_back(own, key, writer, at=AT),
        lambda own: approving.appraise(own, key, "", judge, at=AT),
    )

    assert [type(refusal) for refusal in refusals].count(type(None)) == 1
    assert _steps(office.session, key) == 2


def _steps(session: Session, submission_id: int) -> int | None:
    kept = select(func.count()).select_from(DraftStep)
    return session.scalar(kept.where(DraftStep.submission_id == submission_id))
