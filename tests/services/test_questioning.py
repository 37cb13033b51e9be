"""Questions about a line: answered once, and whoever asked hears of it."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict
from catalogue.domain.words import Role
from catalogue.models import AuditEntry, Notice
from catalogue.services import questioning
from tests.judged import make_judged
from tests.making import AT


def test_a_question_is_answered_once_and_its_asker_is_told(session: Session) -> None:
    office = make_judged(session)
    asker = office.viewer(office.colleague, Role.STAFF, office.room)
    writer = office.viewer(office.clerk, Role.STAFF, office.room)
    asked = questioning.ask(session, office.line().id, "Ở đâu?", by=asker, at=AT)

    questioning.answer(session, asked.id, "Ở hội trường", by=writer, at=AT)

    told = session.scalars(select(Notice).where(Notice.person_id == office.colleague.id)).one()
    assert "đã được trả lời" in told.text
    assert told.path == f"/bang-cong-khai?ngay={asked.log_line.day}"
    kept = session.scalars(select(AuditEntry.action).where(AuditEntry.action.like("line.a%")))
    assert sorted(kept) == ["line.answered", "line.asked"]
    with pytest.raises(Conflict, match="đã được trả lời"):
        questioning.answer(session, asked.id, "Ở phòng họp", by=writer, at=AT)
    assert asked.answer == "Ở hội trường"
