"""Who reads who asked about a line: its writer's judges, and never the writer."""

from collections.abc import Sequence

import pytest
from sqlalchemy.orm import Session

from catalogue.domain.roles import Viewer
from catalogue.models import LineQuestion, LogLine, Person, Unit
from catalogue.queries import line_questions
from tests.judged import MONDAY, Judged, make_judged
from tests.making import AT


@pytest.fixture
def office(session: Session) -> Judged:
    return make_judged(session)


def ask(office: Judged, line: LogLine, by: Person) -> None:
    office.session.add(
        LineQuestion(log_line_id=line.id, asked_by_id=by.id, text="Ở đâu?", asked_at=AT)
    )
    office.session.flush()


def named(office: Judged, unit: Unit, viewer: Viewer) -> Sequence[tuple[str, str]]:
    found = line_questions.asked_in(office.session, unit.id, MONDAY, viewer)
    return [(each.person, each.asked_by) for each in found]


def test_a_deputy_reads_who_asked_the_others_but_not_who_asked_them_or_their_head(
    office: Judged,
) -> None:
    office.name_deputy()
    ask(office, office.line(office.clerk), office.head)
    ask(office, office.line(office.colleague), office.clerk)
    ask(office, office.line(office.head), office.clerk)
    of_clerk = (office.clerk.name, office.head.name)
    of_colleague = (office.colleague.name, office.clerk.name)
    of_head = (office.head.name, office.clerk.name)
    assert named(office, office.room, office.as_deputy()) == [of_clerk]
    assert named(office, office.office, office.as_deputy()) == []
    assert named(office, office.room, office.as_head) == [of_colleague, of_clerk]
    assert named(office, office.office, office.as_head) == []
    assert named(office, office.office, office.as_chief) == [of_head]
    (own,) = line_questions.asked_of(office.session, office.as_deputy())
    assert own.asked_by == ""
