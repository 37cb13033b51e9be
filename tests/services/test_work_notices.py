"""Who did the work is told what was said of it, what was decided, and what they were given."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.judging import Verdict
from catalogue.domain.notices import NoticeKind
from catalogue.domain.work_items import WorkItemState
from catalogue.models import Notice, Objection, WorkItem
from catalogue.services import judging_work, objecting, work_items, work_judgements
from catalogue.services.judging_work import Said
from catalogue.services.objecting import Decision
from tests.judged import Judged, make_judged
from tests.making import AT
from tests.waiting_hours import Waiting

REASON = "Thiếu số liệu của các ban"


@pytest.fixture
def office(session: Session) -> Judged:
    return make_judged(session)


def told(session: Session, person_id: int) -> list[tuple[NoticeKind, str, str]]:
    query = select(Notice.kind, Notice.text, Notice.path).where(Notice.person_id == person_id)
    return [(kind, text, path) for kind, text, path in session.execute(query.order_by(Notice.id))]


@pytest.mark.parametrize("verdict", Verdict)
def test_every_word_but_acceptance_is_told_to_who_wrote_without_its_reason(
    office: Judged, verdict: Verdict
) -> None:
    line = office.line()
    judging_work.judge_line(office.session, line.id, Said(verdict, REASON), office.as_head, at=AT)
    page = f"/ket-qua-cua-toi?thang=2024-04&danh-gia={verdict.value}"
    text = f"Dòng nhật ký ngày 08/04/2024: «{verdict.label}». Mở để đọc lý do."
    expected = [] if verdict is Verdict.ACCEPTED else [(NoticeKind.JUDGED, text, page)]
    assert told(office.session, office.clerk.id) == expected


def test_a_changed_word_is_told_too(office: Judged) -> None:
    line, seen = office.line(), None
    for verdict in (Verdict.CORRECTION, Verdict.NOT_ACCEPTED):
        said = Said(verdict, REASON, seen)
        seen = judging_work.judge_line(office.session, line.id, said, office.as_head, at=AT).id
    assert len(told(office.session, office.clerk.id)) == 2


@pytest.mark.parametrize("verdict", [None, Verdict.ACCEPTED])
def test_who_objected_is_told_that_it_was_decided(office: Judged, verdict: Verdict | None) -> None:
    session, line = office.session, office.line()
    said = Said(Verdict.NOT_ACCEPTED, REASON)
    word = judging_work.judge_line(session, line.id, said, office.as_head, at=AT)
    made = Objection(judgement_id=word.id, by_id=office.clerk.id, text="Ở phụ lục", at=AT)
    session.add(made)
    session.flush()
    decided = objecting.decide(session, made.id, Decision(REASON, verdict), office.as_chief, at=AT)
    assert decided.outcome is not None
    kind, text, path = told(session, office.clerk.id)[-1]
    assert kind is NoticeKind.OBJECTION
    assert text == (f"Dòng nhật ký ngày 08/04/2024: «{decided.outcome.label}». Mở để đọc trả lời.")
    assert path == "/ket-qua-cua-toi?thang=2024-04"


def test_given_work_is_told_to_its_holder_and_each_time_it_comes_back(session: Session) -> None:
    waiting = Waiting(session)
    item, head = waiting.work(), waiting.viewer(waiting.office.head)
    for _ in range(2):
        hand_in(item)
        work_items.send_back(session, item.id, REASON, item.revision, viewer=head, at=AT)
    hand_in(item)
    work_judgements.judge(
        session, item.id, REASON, item.revision, accepted=False, viewer=head, at=AT
    )
    holder = waiting.office.holder.id
    assert [(kind, text.partition(" «")[0]) for kind, text, _ in told(session, holder)] == [
        (NoticeKind.ASSIGNED, "Bạn được giao việc"),
        (NoticeKind.ASSIGNED, "Việc"),
        (NoticeKind.ASSIGNED, "Việc"),
        (NoticeKind.JUDGED, "Việc"),
    ]
    assert {path for *_, path in told(session, holder)[:3]} == {f"/viec-nhieu-ngay/{item.id}"}


def hand_in(item: WorkItem) -> None:
    """Let the work be handed in, as its holder does."""
    item.state, item.handed_in_on = WorkItemState.HANDED_IN, item.assigned_on
