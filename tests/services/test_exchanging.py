"""A dictionary that was given away, deleted and taken in again is the same to the last field."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.domain.errors import BlockedImport, Conflict, Invalid
from catalogue.domain.exchange import Framework, identifier_of
from catalogue.domain.words import PositionGroup
from catalogue.exporters import case_package as case_out
from catalogue.importers import case_package
from catalogue.models import Competency, CompetencyDictionary, Requirement
from catalogue.queries import exchange
from catalogue.services import exchanging
from catalogue.services.exchanging import Source
from tests.drafts import make_office
from tests.exchanges import a_framework, competency, make_exchanged
from tests.making import AT, SINCE, TODAY, make_person

SOURCE = Source("goi.json", "f" * 64, date(2024, 2, 1), backwards=True)


def package(framework: Framework) -> dict[str, Any]:
    return case_out.write(framework, root="https://noi.vn", on=date(2024, 4, 10))


def test_a_package_exported_deleted_and_imported_again_compares_equal(session: Session) -> None:
    by = make_person(session, "Phạm Tổ Chức").id
    dictionary = make_exchanged(
        session, ("Phát triển nhân viên", "Giao tiếp ứng xử", "Ra quyết định")
    )
    make_exchanged(session, ("Phát triển đội ngũ",))
    competency(session, "Phát triển đội ngũ").same_as_id = competency(
        session, "Phát triển nhân viên"
    ).id
    session.flush()
    went = package(exchange.frameworks(session, dictionary.id)[0])
    exchanging.remove(session, dictionary.id, by=by, at=AT)
    assert not exchange.frameworks(session, dictionary.id)
    read = case_package.read(json.dumps(went).encode())
    assert exchanging.record(session, read, SOURCE, by=by, at=AT, today=TODAY)
    came = next(
        package(each) for each in exchange.frameworks(session) if each.identifier == read.identifier
    )
    assert came == went


def test_a_foreign_package_keeps_the_identifiers_that_it_came_with(session: Session) -> None:
    by = make_person(session, "Phạm Tổ Chức").id
    own, given = a_framework().entries[0].identifier, identifier_of("foreign")
    read = case_package.read(json.dumps(package(a_framework())).replace(own, given).encode())
    exchanging.record(session, read, SOURCE, by=by, at=AT, today=TODAY)
    assert exchange.frameworks(session) == [read]
    assert given in {entry.identifier for entry in read.entries}


@pytest.mark.parametrize("since", [date(2024, 1, 1), date(2024, 2, 1)])
def test_what_gave_way_to_a_deleted_dictionary_holds_again(session: Session, since: date) -> None:
    by = make_person(session, "Phạm Tổ Chức").id
    former = make_exchanged(session, ("Giao tiếp ứng xử",))
    former.audience, former.valid_from, former.valid_to = PositionGroup.LEADERSHIP, SINCE, None
    taken = replace(a_framework(), valid_from=since)
    assert exchanging.record(session, taken, SOURCE, by=by, at=AT, today=TODAY)
    assert former.valid_to == since - timedelta(days=1)
    came = session.scalars(
        select(CompetencyDictionary).where(CompetencyDictionary.identifier == taken.identifier)
    ).one()
    exchanging.remove(session, came.id, by=by, at=AT)
    assert former.valid_to is None


def test_the_same_package_twice_is_refused_and_changes_nothing(session: Session) -> None:
    by = make_person(session, "Phạm Tổ Chức").id
    exchanging.record(session, a_framework(), SOURCE, by=by, at=AT, today=TODAY)
    before = session.scalar(select(func.count()).select_from(CompetencyDictionary))
    with pytest.raises(Conflict, match="định danh này đã có"):
        exchanging.record(session, a_framework(), SOURCE, by=by, at=AT, today=TODAY)
    assert session.scalar(select(func.count()).select_from(CompetencyDictionary)) == before


def test_one_that_holds_from_a_day_gone_by_is_written_only_where_that_is_meant(
    session: Session,
) -> None:
    by = make_person(session, "Phạm Tổ Chức").id
    asked = replace(SOURCE, backwards=False)
    late, timely = (replace(a_framework(), valid_from=TODAY - timedelta(days)) for days in (1, 0))
    with pytest.raises(Invalid, match="trước hôm nay") as refusal:
        exchanging.record(session, late, asked, by=by, at=AT, today=TODAY)
    assert refusal.value.field == "backwards"
    assert not exchange.frameworks(session)
    assert exchanging.record(session, timely, asked, by=by, at=AT, today=TODAY)


def test_a_package_with_a_blocking_problem_writes_nothing(session: Session) -> None:
    by = make_person(session, "Phạm Tổ Chức").id
    plain = package(a_framework())
    plain["CFDocument"]["title"] = "x" * 3000
    with pytest.raises(BlockedImport):
        exchanging.record(
            session,
            case_package.read(json.dumps(plain).encode()),
            SOURCE,
            by=by,
            at=AT,
            today=TODAY,
        )
    assert not session.scalar(select(func.count()).select_from(Competency))


def test_a_dictionary_that_descriptions_rest_on_is_not_deleted(session: Session) -> None:
    office = make_office(session)
    dictionary = make_exchanged(session, ("Giao tiếp ứng xử",))
    session.add(
        Requirement(
            description_id=office.present.id,
            competency_id=competency(session, "Giao tiếp ứng xử").id,
            ordinal=9,
            group_heading="Chung",
            name="Giao tiếp ứng xử",
            level_min=1,
            level_max=2,
        )
    )
    session.flush()
    with pytest.raises(Conflict, match="đang yêu cầu 1 năng lực"):
        exchanging.remove(session, dictionary.id, by=office.organiser.id, at=AT)
    assert exchange.frameworks(session, dictionary.id)
