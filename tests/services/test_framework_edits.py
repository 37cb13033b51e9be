"""Many frameworks are changed at once: in drafts alone, as shown, or not at all."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain import drafting as contents
from catalogue.domain.description import Section
from catalogue.domain.errors import NotAllowed
from catalogue.domain.framework import Competence, Levels
from catalogue.domain.framework_edits import EditKind, Outcome, Planned, fingerprint
from catalogue.domain.roles import Viewer
from catalogue.domain.states import DraftState
from catalogue.domain.words import Role
from catalogue.models import AuditEntry, DescriptionDraft, DraftAuthor, Requirement
from catalogue.queries import framework_plans, framework_reports
from catalogue.queries.framework_plans import Chosen
from catalogue.services import competencies, framework_edits
from catalogue.services.framework_edits import PlanChanged
from tests.drafts import Office, make_office
from tests.making import AT, TODAY

SPEAKING = "Giao tiếp"


@pytest.fixture
def office(session: Session) -> Office:
    return make_office(session)


class Desk:
    """Somebody who changes «Giao tiếp» in all positions, the general ones or a unit's own."""

    def __init__(
        self, office: Office, *, general: bool = True, levels: tuple[int, int] = (3, 4)
    ) -> None:
        role = Role.ORGANISER if general else Role.UNIT_OFFICER
        person = office.organiser if general else office.officer
        scope = None if general else frozenset((office.unit.id,))
        self.session = office.session
        self.viewer = Viewer(person.id, 1, person.name, {role: scope}, TODAY)
        positions = [each.position_id for each in office.positions]
        self.chosen = Chosen(None if general else office.unit.id, positions)
        key = competencies.find_or_add(self.session, [SPEAKING])["giao tiep"]
        competency = Competence(key, SPEAKING, None)
        self.edit = framework_plans.edit_of(self.session, EditKind.SET, competency, Levels(*levels))

    def plan(self) -> list[Planned]:
        return framework_plans.plan(self.session, self.edit, self.chosen, self.viewer, at=AT)

    def carry_out(self, seen: str | None = None) -> AuditEntry:
        seen = seen or fingerprint(self.plan())
        return framework_edits.carry_out(
            self.session, self.edit, self.chosen, seen, by=self.viewer, at=AT
        )


def asking(draft: DescriptionDraft, low: int, high: int) -> None:
    """Let a draft ask for «Giao tiếp» as its first competency."""
    record = contents.from_json(draft.content).description
    first = replace(record.competencies[0], name=SPEAKING, level_min=low, level_max=high)
    changed = replace(record, competencies=(first, *record.competencies[1:]))
    draft.content = contents.as_json(contents.Content(changed))


def levels_in(draft: DescriptionDraft) -> list[Levels]:
    asked = contents.from_json(draft.content).description.competencies
    return [Levels(each.level_min, each.level_max) for each in asked if each.name == SPEAKING]


def outcomes(planned: list[Planned]) -> list[Outcome]:
    return [each.outcome for each in planned]


def test_a_position_with_a_description_gets_a_draft_and_what_is_approved_stays(
    session: Session, office: Office
) -> None:
    desk = Desk(office)
    assert outcomes(desk.plan()) == [
        Outcome.UNDESCRIBED,
        Outcome.OPENED,
        Outcome.UNDESCRIBED,
    ]
    desk.carry_out()
    (draft,) = session.scalars(select(DescriptionDraft)).all()
    assert (draft.position_id, draft.unit_id, draft.based_on_id, levels_in(draft)) == (
        office.present.position_id,
        None,
        office.present.id,
        [Levels(3, 4)],
    )
    duty = contents.from_json(draft.content).description.duties[0]
    assert all(task.goes_on_from for task in duty.tasks)
    kept = session.scalars(select(Requirement)).all()
    assert {(each.level_min, each.level_max) for each in kept} == {(2, 3)}


def test_an_open_draft_is_changed_in_its_place(session: Session, office: Office) -> None:
    draft = office.draft(general=True)
    asking(draft, 1, 1)
    entry = Desk(office).carry_out()
    assert levels_in(draft) == [Levels(3, 4)]
    assert draft.revisions[Section.COMPETENCIES.value] == 2
    assert [row["draft_id"] for row in entry.detail["rows"]] == [None, draft.id, None]
    assert len(session.scalars(select(DescriptionDraft)).all()) == 1


def test_what_was_sent_or_is_being_written_is_left_alone_and_said(
    session: Session, office: Office
) -> None:
    sent = office.draft(DraftState.SUBMITTED, general=True)
    assert outcomes(Desk(office).plan())[1] is Outcome.SENT
    sent.state = DraftState.WRITING
    author = DraftAuthor(
        draft_id=sent.id, person_id=office.member.id, section=Section.COMPETENCIES, last_at=AT
    )
    session.add(author)
    session.flush()
    (busy,) = [each for each in Desk(office).plan() if each.outcome is Outcome.BUSY]
    assert busy.busy == office.member.name
    before = contents.digest(sent.content)
    assert [row["draft_id"] for row in Desk(office).carry_out().detail["rows"]] == [None] * 3
    assert contents.digest(sent.content) == before
    author.last_at = AT - timedelta(minutes=6)
    session.flush()
    assert Outcome.BUSY not in outcomes(Desk(office).plan())


def test_a_change_that_changes_nothing_opens_no_draft(session: Session, office: Office) -> None:
    desk = Desk(office, levels=(2, 3))
    assert outcomes(desk.plan())[1] is Outcome.SAME
    desk.carry_out()
    assert session.scalars(select(DescriptionDraft)).all() == []


def test_a_plan_that_is_no_longer_what_was_shown_is_not_carried_out(office: Office) -> None:
    desk = Desk(office)
    seen = fingerprint(desk.plan())
    draft = office.draft(general=True)
    asking(draft, 1, 1)
    with pytest.raises(PlanChanged, match="Chưa có gì được ghi"):
        desk.carry_out(seen)
    assert levels_in(draft) == [Levels(1, 1)]


def test_an_officer_drafts_for_the_own_unit_and_not_for_all(
    session: Session, office: Office
) -> None:
    own = Desk(office, general=False)
    assert [each.position.name for each in own.plan()] == ["Chuyên viên tổng hợp"]
    own.carry_out()
    (draft,) = session.scalars(select(DescriptionDraft)).all()
    assert draft.unit_id == office.unit.id
    own.chosen = Chosen(None, own.chosen.position_ids)
    with pytest.raises(NotAllowed, match="chọn đơn vị của mình"):
        own.carry_out()


def test_the_report_is_for_who_made_the_change(session: Session, office: Office) -> None:
    entry = Desk(office).carry_out()
    action, maker = framework_edits.ACTION, office.organiser.id
    done = framework_reports.one(session, entry.seq, action, maker)
    assert done
    assert done.written == 1
    assert [(row["before"], row["after"]) for _, row in done.rows] == [
        ("", ""),
        ("2–3", "3–4"),
        ("", ""),
    ]
    assert framework_reports.one(session, entry.seq, action, office.officer.id) is None
    begun = session.scalars(select(AuditEntry).where(AuditEntry.action == "draft.begun")).one()
    assert framework_reports.one(session, begun.seq, action, maker) is None
