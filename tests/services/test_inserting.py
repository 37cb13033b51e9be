"""Rows written by the driver's own means are those that objects would have written."""

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from catalogue.models import AnnexFile, Position
from catalogue.services import inserting
from tests.services.conftest import Ground


def position_ids(ground: Ground) -> list[int]:
    return list(ground.session.scalars(select(Position.id).order_by(Position.id)))


def insert_positions(ground: Ground, *identifiers: int) -> None:
    inserting.insert(ground.session, Position, {"id": identifiers}, agency_id=ground.agency.id)


def test_reserved_identifiers_are_nobody_elses(ground: Ground) -> None:
    first = inserting.reserve(ground.session, Position, 2)
    insert_positions(ground, *first)
    ground.session.add(Position(agency_id=ground.agency.id))
    ground.session.flush()
    second = inserting.reserve(ground.session, Position, 1)
    insert_positions(ground, *second)
    assert len(set(position_ids(ground))) == 4
    assert max(first) < min(second)


def test_a_refusal_by_the_database_is_the_one_that_the_edge_knows(ground: Ground) -> None:
    with pytest.raises(IntegrityError):
        insert_positions(ground, 1, 1)


def test_a_column_that_is_short_of_values_is_refused(ground: Ground) -> None:
    with pytest.raises(ValueError, match="shorter"):
        inserting.insert(ground.session, Position, {"id": [1, 2], "agency_id": [ground.agency.id]})
    assert position_ids(ground) == []


def test_no_rows_write_nothing(ground: Ground) -> None:
    insert_positions(ground)
    assert position_ids(ground) == []


def test_a_moment_of_any_zone_is_read_back_as_the_same_moment(ground: Ground) -> None:
    at = datetime(2024, 4, 10, 1, 30, 5, 250_000, tzinfo=timezone(timedelta(hours=7)))
    inserting.insert(
        ground.session,
        AnnexFile,
        {"file_name": ["phu-luc.docx"]},
        source_document_id=ground.document.id,
        agency_id=ground.agency.id,
        sha256="a" * 64,
        read_at=inserting.moment(ground.session, at),
    )
    written = ground.session.scalars(select(AnnexFile)).one().read_at
    assert written == at
