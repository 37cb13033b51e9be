"""A remark is its author's until it is sent, and then its thread's alone."""

import pytest

from catalogue.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from catalogue.domain.reviewing import Audience
from catalogue.domain.roles import Viewer
from catalogue.domain.states import DossierState
from catalogue.domain.words import Role
from catalogue.models import Comment, Dossier, Person
from catalogue.queries import comments as read
from catalogue.services import comments
from catalogue.services.comments import Said
from tests.dossiers import Province
from tests.making import AT, TODAY


@pytest.fixture
def dossier(province: Province) -> Dossier:
    return province.dossier(DossierState.STANDING_REVIEW)


def viewer(person: Person, scopes: dict[Role, frozenset[int] | None]) -> Viewer:
    return Viewer(person.id, 1, person.name, scopes, TODAY)


def people(province: Province) -> dict[str, Viewer]:
    own = frozenset({province.unit.id})
    return {
        "unit_officer": viewer(province.unit_officer, {Role.UNIT_OFFICER: own}),
        "organiser": viewer(province.organiser, {Role.ORGANISER: None}),
        "member": viewer(province.members[0], {Role.COMMITTEE: None}),
        "other_member": viewer(province.members[1], {Role.COMMITTEE: None}),
        "auditor": viewer(province.holders[0], {Role.AUDITOR: None}),
        "stranger": viewer(province.holders[1], {Role.UNIT_OFFICER: frozenset({0})}),
    }


def write(
    province: Province, dossier: Dossier, author: Viewer, audience: Audience, text: str = "Ý kiến"
) -> Comment:
    said = Said(dossier.items[0].id, audience, text)
    return comments.write(province.session, dossier.id, said, viewer=author, at=AT)


def readers(province: Province, dossier: Dossier) -> set[str]:
    return {
        name
        for name, one in people(province).items()
        if read.of_dossier(province.session, one, dossier.id)
    }


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        (Audience.COMMITTEE, {"member", "other_member", "auditor"}),
        (Audience.ORGANISERS, {"member", "other_member", "auditor", "organiser"}),
        (
            Audience.UNIT,
            {"member", "other_member", "auditor", "organiser", "unit_officer"},
        ),
    ],
)
def test_a_thread_is_read_by_those_whom_it_is_open_to(
    province: Province, dossier: Dossier, audience: Audience, expected: set[str]
) -> None:
    member = people(province)["member"]
    comment = write(province, dossier, member, audience)
    assert readers(province, dossier) == {"member"}

    comments.send(province.session, comment.id, by=member.person_id, at=AT)

    assert readers(province, dossier) == expected


@pytest.mark.parametrize(
    ("author", "allowed"),
    [
        ("member", set(Audience)),
        ("organiser", {Audience.UNIT, Audience.ORGANISERS}),
        ("unit_officer", {Audience.UNIT}),
        ("auditor", set()),
    ],
)
def test_each_person_writes_in_their_own_threads_only(
    province: Province, dossier: Dossier, author: str, allowed: set[Audience]
) -> None:
    one = people(province)[author]
    for audience in Audience:
        if audience in allowed:
            write(province, dossier, one, audience)
        else:
            with pytest.raises(NotAllowed):
                write(province, dossier, one, audience)


def test_an_officer_who_also_audits_writes_as_the_officer_only(
    province: Province, dossier: Dossier
) -> None:
    own = frozenset({province.unit.id})
    both = viewer(province.unit_officer, {Role.UNIT_OFFICER: own, Role.AUDITOR: None})

    with pytest.raises(NotAllowed):
        write(province, dossier, both, Audience.COMMITTEE)


def test_a_dossier_of_others_takes_no_remark(province: Province, dossier: Dossier) -> None:
    with pytest.raises(NotFound):
        write(province, dossier, people(province)["stranger"], Audience.UNIT)


def test_a_remark_is_undone_until_it_is_sent(province: Province, dossier: Dossier) -> None:
    member = people(province)["member"]
    comment = write(province, dossier, member, Audience.UNIT)
    other = province.members[1].id
    with pytest.raises(NotFound):
        comments.send(province.session, comment.id, by=other, at=AT)
    with pytest.raises(NotFound):
        comments.discard(province.session, comment.id, by=other)
    comments.discard(province.session, comment.id, by=member.person_id)
    assert readers(province, dossier) == set()

    sent = write(province, dossier, member, Audience.UNIT)
    comments.send(province.session, sent.id, by=member.person_id, at=AT)
    with pytest.raises(Conflict, match="đã gửi"):
        comments.discard(province.session, sent.id, by=member.person_id)
    with pytest.raises(Conflict, match="đã gửi"):
        comments.send(province.session, sent.id, by=member.person_id, at=AT)


def test_a_remark_is_not_sent_once_its_dossier_went_on(
    province: Province, dossier: Dossier
) -> None:
    member = people(province)["member"]
    comment = write(province, dossier, member, Audience.UNIT)
    dossier.state = DossierState.RETURNED

    with pytest.raises(Conflict, match="không nhận thêm ý kiến"):
        comments.send(province.session, comment.id, by=member.person_id, at=AT)


def test_an_empty_remark_and_a_strange_item_are_refused(
    province: Province, dossier: Dossier
) -> None:
    member = people(province)["member"]
    with pytest.raises(Invalid):
        write(province, dossier, member, Audience.UNIT, text="")
    strange = Said(10_000, Audience.UNIT, "Ý kiến")
    with pytest.raises(NotFound):
        comments.write(province.session, dossier.id, strange, viewer=member, at=AT)


@pytest.mark.parametrize("state", [DossierState.DRAFT, DossierState.RETURNED])
def test_what_is_not_before_the_committee_is_not_discussed(
    province: Province, dossier: Dossier, state: DossierState
) -> None:
    dossier.state = state
    province.session.flush()

    with pytest.raises(Conflict, match=state.label):
        write(province, dossier, people(province)["organiser"], Audience.UNIT)
