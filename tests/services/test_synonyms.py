"""One competency under many names: recorded one level deep, never in a ring, undone again."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, NotFound
from catalogue.domain.words import CompetencyGroup
from catalogue.models import AuditEntry, Competency
from catalogue.queries import competencies as found
from catalogue.services import competencies, synonyms
from tests.making import AT, make_person

NAMES = ("Phát triển nhân viên", "Phát triển đội ngũ", "Phát triển nhân sự")


@pytest.fixture
def keys(session: Session) -> tuple[int, ...]:
    known = competencies.find_or_add(session, NAMES, {NAMES[1]: "Nhóm năng lực quản lý"})
    return tuple(
        known[name] for name in ("phat trien nhan vien", "phat trien doi ngu", "phat trien nhan su")
    )


def record(session: Session, synonym: int, standing: int) -> int:
    return synonyms.record(session, synonym, standing, by=1, at=AT).id


@pytest.fixture(autouse=True)
def actor(session: Session) -> None:
    """Audit entries name a person, who must be there."""
    make_person(session, "Người Ghi")


def same_as(session: Session, keys: tuple[int, ...]) -> list[int | None]:
    return [session.get_one(Competency, key).same_as_id for key in keys]


def test_what_a_name_stood_for_moves_with_it(session: Session, keys: tuple[int, ...]) -> None:
    a, b, c = keys
    record(session, c, b)
    record(session, b, a)
    assert same_as(session, keys) == [None, a, a]


def test_a_synonym_hands_on_to_the_name_that_stands_for_it(
    session: Session, keys: tuple[int, ...]
) -> None:
    a, b, c = keys
    record(session, b, a)
    assert record(session, c, b) == a
    assert same_as(session, keys) == [None, a, a]


@pytest.mark.parametrize(("synonym", "standing"), [(0, 0), (0, 1)])
def test_no_ring_is_made(
    session: Session, keys: tuple[int, ...], synonym: int, standing: int
) -> None:
    record(session, keys[1], keys[0])
    with pytest.raises(Conflict, match="vòng"):
        record(session, keys[synonym], keys[standing])
    assert same_as(session, keys) == [None, keys[0], None]


def test_a_name_stands_for_itself_again(session: Session, keys: tuple[int, ...]) -> None:
    record(session, keys[1], keys[0])
    synonyms.undo(session, keys[1], by=1, at=AT)
    assert same_as(session, keys) == [None, None, None]
    with pytest.raises(Conflict, match="không được ghi"):
        synonyms.undo(session, keys[1], by=1, at=AT)
    actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)).all()
    assert actions[-2:] == ["competency.same_as", "competency.apart"]


def test_the_name_that_stands_takes_the_group_that_it_lacks(
    session: Session, keys: tuple[int, ...]
) -> None:
    record(session, keys[1], keys[0])
    assert session.get_one(Competency, keys[0]).group is CompetencyGroup.MANAGERIAL


def test_what_is_not_there_is_no_synonym(session: Session, keys: tuple[int, ...]) -> None:
    with pytest.raises(NotFound):
        record(session, 999, keys[0])


def test_names_that_read_alike_are_proposed_the_nearest_first(
    session: Session, keys: tuple[int, ...]
) -> None:
    competencies.find_or_add(session, ["Ra quyết định"])
    known = found.one(session, keys[0])
    assert known
    others = [each for each in found.choices(session) if each.competency_id != keys[0]]
    assert [other.name for other, _ in synonyms.alike(known, others)] == [NAMES[2], NAMES[1]]
    assert same_as(session, keys) == [None, None, None]
