"""Two who issue at once: one does, the other is told why not, and nothing is doubled."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from threading import Barrier

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from catalogue.domain.errors import CatalogueError, Invalid
from catalogue.domain.issuing import Terms
from catalogue.domain.reviewing import MatchKind
from catalogue.domain.states import DossierState, Move, MoveNotAllowed
from catalogue.models import (
    Dossier,
    Issuance,
    Match,
    PositionVersion,
    Reconciliation,
    SourceDocument,
)
from catalogue.services import dossier_items, dossiers, issuing
from tests.dossiers import Province, make_province
from tests.issuances import terms_for
from tests.making import AT, TODAY

Attempt = tuple[int, Terms, int]


@pytest.fixture
def province(session: Session) -> Province:
    return make_province(session)


def dossier_of(province: Province, match: Match) -> Attempt:
    """A concluded dossier of one match, with the terms under which it is to be issued."""
    session, writer = province.session, province.organiser.id
    dossier = dossiers.draft(session, "Hồ sơ", by=writer, at=AT)
    dossier_items.gather(session, dossier.id, match.reconciliation_id, by=writer, at=AT)
    dossiers.submit(session, dossier.id, by=writer, at=AT)
    for step in (Move.OPEN, Move.FORWARD, Move.CONCLUDE):
        dossiers.move(session, dossier.id, step, by=province.members[0].id, at=AT)
    return dossier.id, terms_for(dossier), province.members[0].id


def at_once(engine: Engine, *attempts: Attempt) -> list[CatalogueError | None]:
    """Issue all at the same moment, each in its own transaction; answers the refusals."""
    barrier = Barrier(len(attempts))

    def one(attempt: Attempt) -> CatalogueError | None:
        dossier_id, terms, by = attempt
        barrier.wait()
        with Session(engine) as session:
            try:
                issuing.issue(session, dossier_id, terms, by=by, at=AT, today=TODAY)
            except CatalogueError as refusal:
                session.rollback()
                return refusal
            session.commit()
            return None

    with ThreadPoolExecutor(len(attempts)) as pool:
        return list(pool.map(one, attempts))


def test_a_dossier_is_issued_once(province: Province, engine: Engine) -> None:
    dossier_id, terms, by = dossier_of(province, province.match(MatchKind.SAME, [0], [0]))
    second = province.members[1].id
    province.session.commit()

    refusals = at_once(engine, (dossier_id, terms, by), (dossier_id, terms, second))

    assert [type(refusal) for refusal in refusals if refusal] == [MoveNotAllowed]
    assert len(province.session.scalars(select(Issuance)).all()) == 1


def test_a_number_is_given_once(province: Province, engine: Engine) -> None:
    first = dossier_of(province, province.match(MatchKind.SAME, [0], [0]))
    second = dossier_of(province, province.match(MatchKind.SAME, [1], [1]))
    province.session.commit()

    refusals = at_once(engine, first, second)

    refused = [refusal for refusal in refusals if refusal]
    assert [type(refusal) for refusal in refused] == [Invalid]
    assert "đã có trong văn bản nguồn" in str(refused[0])
    numbers = select(SourceDocument.id).where(SourceDocument.number == "21-QĐ/TU")
    assert len(province.session.scalars(numbers).all()) == 1


def test_a_position_is_given_one_wording(province: Province, engine: Engine) -> None:
    first = dossier_of(province, province.match(MatchKind.SAME, [0], [0]))
    # Two dossiers under way may not ask for one position: the first is set aside meanwhile.
    with set_aside(province, first[0]):
        province.reconciliation = same_lists_again(province)
        dossier_id, terms, by = dossier_of(province, province.match(MatchKind.RENAMED, [0], [6]))
    other = replace(terms, number="22-QĐ/TU")
    province.session.commit()

    refusals = at_once(engine, first, (dossier_id, other, by))

    refused = [refusal for refusal in refusals if refusal]
    assert len(refused) == 1
    assert "đã thay đổi nên chưa ban hành được" in str(refused[0])
    versions = select(PositionVersion.number).where(
        PositionVersion.position_id == province.own[0].position_id
    )
    assert sorted(province.session.scalars(versions)) == [1, 2]


@contextmanager
def set_aside(province: Province, dossier_id: int) -> Iterator[None]:
    """Let go of what a dossier asks for, and have it as it was again afterwards."""
    dossier = province.session.get_one(Dossier, dossier_id)
    state, dossier.state = dossier.state, DossierState.RETURNED
    province.session.flush()
    yield
    dossier.state = state
    province.session.flush()


def same_lists_again(province: Province) -> Reconciliation:
    again = Reconciliation(
        agency_id=province.agency.id,
        official_file_id=province.reconciliation.official_file_id,
        started_at=AT,
    )
    province.session.add(again)
    province.session.flush()
    return again
