"""Who may draft what, what a draft begins with, who is at work, and how far the units are."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from catalogue.domain import draft_work
from catalogue.domain.description import Section
from catalogue.domain.draft_work import Stage, Wanted
from catalogue.domain.roles import Viewer
from catalogue.domain.states import DraftState
from catalogue.domain.text import fold
from catalogue.domain.words import PositionGroup, Role, VersionState
from catalogue.models import (
    ApprovalRule,
    Competency,
    CompetencyDictionary,
    CompetencyLevel,
    DraftAuthor,
    SectionRemark,
)
from catalogue.queries import (
    approvals,
    draft_competencies,
    draft_progress,
    draft_starts,
    drafting_rights,
    drafts,
)
from catalogue.services import describing
from tests.drafts import LATER, Office, make_office, whole_record
from tests.making import AT, SINCE, TODAY, description_of, make_unit


def officer_of(office: Office) -> Viewer:
    scopes: dict[Role, frozenset[int] | None] = {Role.UNIT_OFFICER: frozenset({office.unit.id})}
    return Viewer(office.officer.id, 1, office.officer.name, scopes, TODAY)


def organiser_of(office: Office) -> Viewer:
    return Viewer(office.organiser.id, 2, office.organiser.name, {Role.ORGANISER: None}, TODAY)


def test_the_rule_of_the_day_says_who_drafts(session: Session) -> None:
    office = make_office(session)
    other = make_unit(session, "BTC", "Ban Tổ chức")
    officer, organiser = officer_of(office), organiser_of(office)
    assert drafting_rights.may_draft(session, officer, office.unit.id)
    assert not drafting_rights.may_draft(session, officer, other.id)
    assert not drafting_rights.may_draft(session, officer, None)
    assert drafting_rights.may_draft(session, organiser, None)
    assert not drafting_rights.may_draft(session, organiser, office.unit.id)
    for_unit = ApprovalRule(
        general=False,
        unit_id=office.unit.id,
        drafter=Role.ORGANISER,
        appraiser=Role.ORGANISER,
        approver=Role.HEAD,
        basis="Quyết định riêng",
        valid_from=TODAY,
    )
    session.add(for_unit)
    session.flush()
    assert drafting_rights.may_draft(session, organiser, office.unit.id)
    assert not drafting_rights.may_draft(session, officer, office.unit.id)


def test_a_draft_of_another_unit_is_not_there(session: Session) -> None:
    office = make_office(session)
    draft = office.draft()
    other = make_unit(session, "BTC", "Ban Tổ chức")
    stranger = Viewer(99, 9, "Ai", {Role.UNIT_OFFICER: frozenset({other.id})}, TODAY)
    assert drafts.one(session, draft.id, officer_of(office)) is draft
    assert drafts.one(session, draft.id, stranger) is None
    position = draft.position_id
    assert [
        each.draft_id for each in drafts.of_position(session, position, officer_of(office))
    ] == [draft.id]
    assert drafts.of_position(session, position, stranger) == []


def test_a_draft_begins_beside_its_units_own_version_before_the_shared_one(
    session: Session,
) -> None:
    office = make_office(session)
    viewer, position = organiser_of(office), office.present.position_id
    shared = drafts.base(session, position, office.unit.id, viewer)
    assert shared is not None
    assert shared.description_id == office.present.id
    draft = office.draft()
    draft.based_on_id = office.present.id
    former = list(drafts.former(session, draft, TODAY).values())
    assert former == ["Soạn thảo báo cáo tuần", "Theo dõi lịch công tác", "Thực hiện nhiệm vụ khác"]
    office.present.unit_id = office.unit.id
    session.flush()
    own = drafts.base(session, position, office.unit.id, viewer)
    assert own is not None
    assert own.unit_id == office.unit.id
    assert drafts.base(session, position, None, viewer) is None


def test_what_was_approved_since_a_draft_began_comes_after_the_tasks_it_began_beside(
    session: Session,
) -> None:
    office = make_office(session)
    draft = office.draft()
    draft.based_on_id = office.present.id
    begun_beside = drafts.former(session, draft, TODAY)
    record = description_of(office.positions[1].name, ("Việc có sau",))
    source = describing.Source("moi.docx", "f" * 64, LATER, office.agency.id)
    describing.record_descriptions(session, [record], source, by=None, at=AT)
    former = drafts.former(session, draft, LATER)
    assert list(former.values()) == [*begun_beside.values(), "Việc có sau"]


def test_who_wrote_a_moment_ago_is_at_work_and_readers_remarks_come_latest_first(
    session: Session,
) -> None:
    office = make_office(session)
    draft = office.draft()
    session.add(
        DraftAuthor(
            draft_id=draft.id, person_id=office.head.id, section=Section.PURPOSE, last_at=AT
        )
    )
    for minutes, text in enumerate(("Ghi rõ hơn", "Được rồi")):
        session.add(
            SectionRemark(
                draft_id=draft.id,
                section=Section.PURPOSE,
                text=text,
                author_id=office.head.id,
                at=AT + timedelta(minutes=minutes),
            )
        )
    session.flush()
    officer = officer_of(office)
    soon, late = AT + timedelta(minutes=4), AT + timedelta(minutes=5)
    assert [each.name for each in drafts.at_work(session, draft.id, officer, soon)] == [
        office.head.name
    ]
    assert drafts.at_work(session, draft.id, officer, late) == []
    assert [each.text for each in approvals.remarks_of(session, draft.id)[Section.PURPOSE]] == [
        "Được rồi",
        "Ghi rõ hơn",
    ]


@pytest.mark.parametrize(
    ("state", "stage"),
    [
        (DraftState.WRITING, Stage.WRITING),
        (DraftState.RETURNED, Stage.RETURNED),
        (DraftState.SUBMITTED, Stage.SUBMITTED),
        (DraftState.APPRAISED, Stage.APPRAISED),
        (DraftState.DROPPED, Stage.NONE),
    ],
)
def test_a_position_stands_where_its_draft_stands(
    session: Session, state: DraftState, stage: Stage
) -> None:
    office = make_office(session)
    office.draft(state)
    found = draft_progress.rows(session, officer_of(office))
    assert [row.stage for row in found] == [Stage.NONE, stage, Stage.NONE]
    (unit,) = draft_work.by_unit(found)
    assert (unit.total, unit.left, unit.counts[stage]) == (3, 3, 3 if stage is Stage.NONE else 1)
    first, *_ = draft_work.narrowed(found, Wanted())
    assert (first.position == "Chuyên viên tổng hợp") == (stage is Stage.RETURNED)


def test_what_is_in_force_without_approval_is_not_counted_as_approved(session: Session) -> None:
    office = make_office(session)
    viewer = officer_of(office)
    row = draft_progress.rows(session, viewer)[1]
    assert (row.stage, row.provisional) == (Stage.NONE, True)
    office.present.state = VersionState.ISSUED
    session.flush()
    found = draft_progress.rows(session, viewer)
    assert (found[1].stage, found[1].provisional) == (Stage.APPROVED, False)
    assert draft_work.whole(draft_work.by_unit(found))[Stage.APPROVED] == 1
    chosen = draft_work.narrowed(found, Wanted("chuyen vien", stage=Stage.APPROVED))
    assert [each.position for each in chosen] == ["Chuyên viên tổng hợp"]
    assert draft_work.narrowed(found, Wanted("vt-2")) == chosen
    assert draft_work.narrowed(found, Wanted("…")) == []


def test_like_positions_are_found_by_their_words_or_their_group(session: Session) -> None:
    office = make_office(session)
    viewer = officer_of(office)
    first = office.positions[0]
    placed = draft_starts.position(session, first.position_id, viewer)
    assert placed is not None
    assert (placed.name, placed.group) == ("Chánh Văn phòng", PositionGroup.SPECIALIST)
    found = [each.description_id for each in draft_starts.like(session, placed, "", viewer)]
    assert found == [office.present.id]
    assert draft_starts.like(session, placed, "tong hop van phong", viewer) != []
    assert draft_starts.like(session, placed, "lai xe", viewer) == []


def test_levels_are_found_by_any_name_of_the_competency(session: Session) -> None:
    office = make_office(session)
    asked = whole_record("Chuyên viên").competencies[0].name
    standing = Competency(name="Bản lĩnh", name_folded="ban linh")
    session.add(standing)
    session.flush()
    names = (asked, "Đạo đức, bản lĩnh")
    own, worded = (
        Competency(name=name, name_folded=fold(name), same_as_id=standing.id) for name in names
    )
    session.add_all((own, worded))
    session.flush()
    dictionary = CompetencyDictionary(
        title="Từ điển",
        audience=PositionGroup.SPECIALIST,
        file_name="2b.docx",
        sha256="0" * 64,
        read_at=AT,
        valid_from=SINCE,
    )
    session.add(dictionary)
    session.flush()
    session.add(
        CompetencyLevel(
            dictionary_id=dictionary.id,
            competency_id=worded.id,
            level=2,
            group_heading="Chung",
            text="Chuẩn mực",
        )
    )
    session.flush()
    viewer = officer_of(office)
    for group in (PositionGroup.SPECIALIST, None):
        texts = draft_competencies.levels(session, [asked], group, viewer)
        assert texts["dao duc va ban linh"] == [(2, "Chuẩn mực", "Từ điển")]
    texts = draft_competencies.levels(session, [asked], PositionGroup.SUPPORT, viewer)
    assert texts["dao duc va ban linh"] == []
    known = draft_competencies.competencies(session)
    assert (asked, "Bản lĩnh") in known
    assert draft_competencies.synonyms(known)[fold(asked)] == fold(standing.name)
