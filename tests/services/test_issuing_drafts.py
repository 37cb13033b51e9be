"""Issuing what a unit's own uploaded list drafted, and what was split or left out in part."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict
from catalogue.domain.reviewing import MatchKind, Verdict
from catalogue.domain.states import DossierState
from catalogue.domain.words import VersionState
from catalogue.models import (
    Match,
    Position,
    PositionVersion,
    Succession,
)
from catalogue.services import enactment
from tests.dossiers import Province, make_province
from tests.issuances import EFFECT, issued, names_on, rule


@pytest.fixture
def province(session: Session) -> Province:
    return make_province(session)


def draft(province: Province, name: str, of: PositionVersion | None = None) -> PositionVersion:
    """A draft version: a further one of a position in force, or the first of a new one."""
    session = province.session
    position = of.position if of else Position(agency_id=province.agency.id)
    session.add(position)
    session.flush()
    made = PositionVersion(
        position_id=position.id,
        number=of.number + 1 if of else 1,
        wording_row_id=province.own[0].wording_row_id,
        name=name,
        name_folded=name.lower(),
        state=VersionState.DRAFT,
        valid_from=EFFECT,
        created_at=province.own[0].created_at,
    )
    session.add(made)
    session.flush()
    return made


def match(province: Province, kind: MatchKind, own: PositionVersion, *official: int) -> Match:
    made = province.match(kind, [], official)
    made.versions = [own]
    province.session.flush()
    return made


def test_a_draft_beside_what_is_in_force_is_taken_up_and_the_former_ends(
    province: Province,
) -> None:
    drafted = draft(province, "Chánh Văn phòng", of=province.own[0])
    match(province, MatchKind.SAME, drafted, 0)

    issued(province, province.dossier(DossierState.CONCLUDED))

    history = province.session.scalars(
        select(PositionVersion)
        .where(PositionVersion.position_id == drafted.position_id)
        .order_by(PositionVersion.number)
    ).all()
    assert [(each.number, each.state, each.valid_to is None) for each in history] == [
        (1, VersionState.PROVISIONAL, False),
        (2, VersionState.SUPERSEDED, True),
        (3, VersionState.ISSUED, True),
    ]


def test_a_position_that_only_a_draft_named_begins_with_its_issue(province: Province) -> None:
    drafted = draft(province, "Chuyên viên chuyển đổi số")
    match(province, MatchKind.LOCAL, drafted)
    merged = draft(province, "Chuyên viên mật mã")
    match(province, MatchKind.MERGED, merged, 6)

    issued(province, province.dossier(DossierState.CONCLUDED))

    assert {"Chánh Văn phòng", "Chuyên viên cơ yếu"} <= names_on(province.session, EFFECT)
    # Nothing was ever done under a mere draft, so nothing leads on from it.
    assert province.session.scalars(select(Succession)).all() == []


def test_a_draft_that_was_taken_up_elsewhere_is_stale(province: Province) -> None:
    drafted = draft(province, "Chánh Văn phòng", of=province.own[0])
    match(province, MatchKind.SAME, drafted, 0)
    dossier = province.dossier(DossierState.CONCLUDED)
    drafted.state = VersionState.SUPERSEDED
    province.session.flush()

    planned = enactment.of(province.session, dossier.id)
    assert planned.changed == ("mục 1 («Chánh Văn phòng»)",)

    with pytest.raises(Conflict, match=r"mục 1 .«Chánh Văn phòng»"):
        issued(province, dossier)


def test_a_rejected_draft_stays_a_draft(province: Province) -> None:
    drafted = draft(province, "Chuyên viên chuyển đổi số")
    match(province, MatchKind.RENAMED, drafted, 6)
    province.match(MatchKind.SAME, [0], [0])
    dossier = province.dossier(DossierState.CONCLUDED)
    rule(province, dossier, "Chuyên viên cơ yếu", Verdict.REJECT)

    issued(province, dossier)

    assert drafted.state is VersionState.DRAFT
    assert "Chuyên viên cơ yếu" not in names_on(province.session, EFFECT)


def test_each_local_position_of_one_match_goes_on_by_itself(province: Province) -> None:
    province.match(MatchKind.LOCAL, [5, 6], [], "việc riêng của tỉnh")

    issued(province, province.dossier(DossierState.CONCLUDED))

    latest = province.session.scalars(
        select(PositionVersion).where(PositionVersion.state == VersionState.ISSUED)
    ).all()
    assert {each.position_id: each.name for each in latest} == {
        province.own[n].position_id: province.own[n].name for n in (5, 6)
    }


def test_a_split_of_which_one_part_was_adopted_leads_there_without_a_choice(
    province: Province,
) -> None:
    province.match(MatchKind.SPLIT, [5], [4, 5])
    dossier = province.dossier(DossierState.CONCLUDED)
    rule(province, dossier, "Chuyên viên quản trị công sở", Verdict.REJECT)

    issued(province, dossier)

    step = province.session.scalars(select(Succession)).one()
    assert step.position_id == province.own[5].position_id
    assert province.own[5].name not in names_on(province.session, EFFECT)


def test_the_plan_names_what_ends_for_good(province: Province) -> None:
    province.match(MatchKind.LOCAL, [6], [], "việc riêng của tỉnh")
    province.match(MatchKind.MERGED, [3, 4], [3])
    dossier = province.dossier(DossierState.CONCLUDED)
    rule(province, dossier, "Cố vấn đờn ca tài tử", Verdict.REJECT)

    planned = enactment.of(province.session, dossier.id)

    assert planned.ended_for_good == ["Cố vấn đờn ca tài tử"]
    assert planned.by_kind() == [(MatchKind.MERGED, 1)]
    assert [item.name for item in planned.rejected] == ["Cố vấn đờn ca tài tử"]
