"""Who holds a position says to have read its description; nobody says it for another."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, Invalid, NotAllowed
from catalogue.domain.roles import Viewer
from catalogue.domain.words import Role, VersionState
from catalogue.models import Acknowledgement, ApprovalRule
from catalogue.queries import acknowledgements
from catalogue.queries.approval_rules import rule_for
from catalogue.services import acknowledging, approval_rules
from catalogue.services.approval_rules import Ruled
from tests.drafts import LATER, Office, make_office
from tests.making import AT, TODAY, make_person, make_unit


@pytest.fixture
def office(session: Session) -> Office:
    office = make_office(session)
    office.present.state = VersionState.ISSUED
    session.flush()
    return office


def holder(office: Office) -> Viewer:
    own = frozenset({office.unit.id})
    return Viewer(office.holder.id, 0, office.holder.name, {Role.STAFF: own}, TODAY)


def head(office: Office) -> Viewer:
    return Viewer(office.head.id, 0, "", {Role.HEAD: frozenset({office.unit.id})}, TODAY)


def test_a_holder_acknowledges_a_version_once(office: Office) -> None:
    reader, version = holder(office), office.present.id
    assert [each.description_id for each in acknowledgements.unread(office.session, reader)] == [
        version
    ]
    assert acknowledging.acknowledge(office.session, version, reader, at=AT) == 1
    assert acknowledging.acknowledge(office.session, version, reader, at=AT) == 0
    assert acknowledgements.unread(office.session, reader) == []
    assert len(office.session.scalars(select(Acknowledgement)).all()) == 1


def test_nobody_acknowledges_for_another(office: Office) -> None:
    with pytest.raises(NotAllowed, match="không giữ vị trí"):
        acknowledging.acknowledge(office.session, office.present.id, head(office), at=AT)


def test_the_head_sees_who_has_read_it_and_a_colleague_only_themselves(office: Office) -> None:
    other_unit = make_unit(office.session, "VP2", "Đơn vị khác", office.agency)
    for unit in (office.unit, other_unit):
        make_person(
            office.session,
            f"Người ở {unit.code}",
            unit=unit,
            position_id=office.present.position_id,
        )
    acknowledging.acknowledge(office.session, office.present.id, holder(office), at=AT)
    seen = acknowledgements.readers(office.session, office.present.id, head(office))
    assert {each.person: each.at is not None for each in seen} == {
        "Nguyễn Người Giữ": True,
        "Người ở VPTU": False,
    }
    own = acknowledgements.readers(office.session, office.present.id, holder(office))
    assert [each.person for each in own] == ["Nguyễn Người Giữ"]
    of_unit = acknowledgements.of_unit
    assert sorted(map(bool, of_unit(office.session, office.unit.id, head(office)).values())) == [
        False,
        True,
    ]
    assert list(of_unit(office.session, office.unit.id, holder(office)).values()) == [AT]
    assert of_unit(office.session, other_unit.id, head(office)) == {}


def ruled(office: Office, **changed: object) -> Ruled:
    fields: dict[str, object] = {
        "general": False,
        "unit_id": office.unit.id,
        "drafter": Role.UNIT_OFFICER,
        "appraiser": Role.ORGANISER,
        "approver": Role.COMMITTEE,
        "basis": "Quy định 12-QĐ/TU",
        "since": LATER,
    }
    return Ruled(**fields | changed)  # type: ignore[arg-type]


def test_a_rule_of_a_unit_goes_before_the_common_one_from_its_day(office: Office) -> None:
    by = office.member.id
    approval_rules.add(office.session, ruled(office), by=by, at=AT, today=TODAY)
    now, later = (rule_for(office.session, office.unit.id, day) for day in (TODAY, LATER))
    assert now
    assert later
    assert (now.approver, later.approver) == (Role.HEAD, Role.COMMITTEE)


def test_a_new_common_rule_ends_the_former_the_day_before(office: Office) -> None:
    by = office.member.id
    approval_rules.add(office.session, ruled(office, unit_id=None), by=by, at=AT, today=TODAY)
    ended = office.session.scalars(
        select(ApprovalRule.valid_to).where(~ApprovalRule.general, ApprovalRule.approver == "head")
    ).one()
    assert ended is not None
    assert (LATER - ended).days == 1
    with pytest.raises(Conflict, match="cho cùng phạm vi"):
        approval_rules.add(office.session, ruled(office, unit_id=None), by=by, at=AT, today=TODAY)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"basis": ""}, "Căn cứ"),
        ({"since": TODAY.replace(day=9)}, "Từ ngày"),
        ({"general": True}, "để trống đơn vị"),
        ({"appraiser": Role.STAFF}, "không được làm bước này"),
    ],
)
def test_a_rule_that_cannot_work_is_refused(
    office: Office, changed: dict[str, object], said: str
) -> None:
    with pytest.raises(Invalid, match=said):
        approval_rules.add(
            office.session, ruled(office, **changed), by=office.member.id, at=AT, today=TODAY
        )
