"""Two who decide of one submission at once: one does, the other is told, nothing is doubled."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from catalogue.domain.approving import Approval, Verdict
from catalogue.domain.errors import CatalogueError, Conflict
from catalogue.domain.states import DraftState
from catalogue.models import Description, DescriptionDraft, DraftStep, Submission
from catalogue.services import approving
from tests.drafts import Office, make_office
from tests.making import AT, TODAY
from tests.services.approval import appraiser, head, officer, sent

Deed = Callable[[Session, Submission], object]


@pytest.fixture
def office(session: Session) -> Office:
    return make_office(session)


def at_once(engine: Engine, submission_id: int, *deeds: Deed) -> Sequence[CatalogueError | None]:
    """Do all at the same moment, each in its own transaction; answers the refusals."""
    barrier = Barrier(len(deeds))

    def one(deed: Deed) -> CatalogueError | None:
        barrier.wait()
        with Session(engine) as session:
            try:
                deed(session, session.get_one(Submission, submission_id))
            except CatalogueError as refusal:
                session.rollback()
                return refusal
            session.commit()
            return None

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(one, deeds))


def returning(office: Office) -> Deed:
    viewer = head(office)
    return lambda session, submission: approving.send_back(
        session, submission.id, Verdict("Sửa"), viewer, at=AT
    )


def approving_it(office: Office) -> Deed:
    viewer = head(office)
    return lambda session, submission: approving.approve(
        session, submission.id, Approval(submission.sha256, TODAY), viewer, at=AT
    )


def test_what_is_approved_and_returned_at_once_is_one_of_the_two(
    office: Office, engine: Engine
) -> None:
    submission = sent(office, DraftState.APPRAISED)
    key, draft_id = submission.id, submission.draft_id
    deeds = (approving_it(office), returning(office), approving_it(office))
    office.session.commit()

    refusals = at_once(engine, key, *deeds)

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
        key,
        lambda session, submission: approving.take_back(session, submission.id, writer, at=AT),
        lambda session, submission: approving.appraise(session, submission.id, "", judge, at=AT),
    )

    assert [type(refusal) for refusal in refusals].count(type(None)) == 1
    assert _steps(office.session, key) == 2


def _steps(session: Session, submission_id: int) -> int | None:
    kept = select(func.count()).select_from(DraftStep)
    return session.scalar(kept.where(DraftStep.submission_id == submission_id))
