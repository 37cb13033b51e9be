"""Two heads approve one submission at the same moment, version after version: one of them does."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from catalogue.domain.approving import Approval
from catalogue.domain.drafting import Content
from catalogue.domain.errors import Conflict
from catalogue.domain.roles import Viewer
from catalogue.domain.words import Role, VersionState
from catalogue.models import Description, TaskSuccession
from catalogue.queries.followed import former_tasks
from catalogue.services import approving, drafting
from catalogue.services.drafting import Place
from tests.drafts import Office, make_office, whole_record
from tests.making import AT, TODAY, make_person, task_versions
from tests.proofs.conftest import Say
from tests.proofs.ground import assert_sound
from tests.racing import Deed, at_once
from tests.services.approval import appraiser, head, officer, viewer

pytestmark = pytest.mark.proof
RACES = 100


@pytest.fixture
def office(session: Session) -> Office:
    return make_office(session)


def test_of_two_approvals_at_once_one_makes_the_next_version_and_the_other_is_told(
    office: Office, engine: Engine, say: Say
) -> None:
    session = office.session
    deputy = make_person(session, "Mai Phó Thủ Trưởng", role=Role.HEAD, role_unit=office.unit)
    heads = head(office), viewer(office, deputy, Role.HEAD)
    session.commit()

    for _ in range(RACES):
        key, approval = _appraised(office)
        told = at_once(engine, *(_approving(key, approval, each) for each in heads))
        assert sorted(isinstance(refusal, Conflict) for refusal in told) == [False, True]
        assert None in told

    versions = _versions(office)
    assert [each.number for each in versions] == list(range(1, RACES + 1))
    assert [each.state for each in versions].count(VersionState.ISSUED) == 1
    first, last = (task_versions(session, each) for each in (versions[0], versions[-1]))
    assert [each.task_id for each in first] == [each.task_id for each in last]
    assert session.scalars(select(TaskSuccession)).all() == []
    session.commit()
    assert_sound(engine)
    say(f"{RACES} races: {RACES} versions, each number once, every task still itself")


def _appraised(office: Office) -> tuple[int, Approval]:
    """Draft the next version, send it and have it appraised; its tasks go on from the former."""
    session, version = office.session, office.positions[0]
    place = Place(version.id, office.unit.id)
    formers = list(former_tasks(session, version.position_id, office.unit.id, TODAY))
    content = _going_on(version.name, formers)
    draft = drafting.begin(session, place, content, by=office.officer.id, at=AT)
    sent = approving.submit(session, draft.id, officer(office), at=AT)
    approving.appraise(session, sent.id, "", appraiser(office), at=AT)
    key, approval = sent.id, Approval(sent.sha256, TODAY)
    session.commit()
    return key, approval


def _going_on(name: str, formers: list[int]) -> Content:
    record = whole_record(name)
    duty = record.duties[0]
    origins: list[tuple[int, ...]] = [(former,) for former in formers] or [()] * len(duty.tasks)
    tasks = tuple(
        replace(task, goes_on_from=origin) for task, origin in zip(duty.tasks, origins, strict=True)
    )
    return Content(replace(record, duties=(replace(duty, tasks=tasks),)))


def _approving(key: int, approval: Approval, by: Viewer) -> Deed:
    return lambda session: approving.approve(session, key, approval, by, at=AT)


def _versions(office: Office) -> list[Description]:
    query = select(Description).where(Description.unit_id == office.unit.id)
    return list(office.session.scalars(query.order_by(Description.number)))
