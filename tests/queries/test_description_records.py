"""A stored description says the same wherever it is read, and many are read as quickly as one."""

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from catalogue.queries import description_records, descriptions
from tests.drafts import TASKS, Office, make_office
from tests.making import TODAY, make_description
from tests.queries.test_frameworks import READER


def others_described(session: Session) -> Office:
    """An office whose three positions all have a description."""
    office = make_office(session)
    for version in (office.positions[0], office.positions[2]):
        make_description(session, version, office.agency, TASKS)
    session.flush()
    return office


def test_one_description_says_the_same_however_it_is_read(session: Session) -> None:
    present = others_described(session).present
    read = descriptions.read(session, present.id, READER)
    assert read
    assert description_records.as_printed(session, [present]) == {present.id: read.record}
    going_on = description_records.records_of(session, [present])[present.id]
    assert going_on == descriptions.to_go_on_from(read)
    assert going_on != read.record


def test_an_agencys_descriptions_take_as_many_statements_as_one(
    engine: Engine, session: Session
) -> None:
    office = others_described(session)
    heard: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *each: heard.append(each[2]))
    found = descriptions.of_agency(session, office.agency.id, TODAY)
    assert (len(found), len(heard)) == (3, 3)
