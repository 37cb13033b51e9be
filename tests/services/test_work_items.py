"""Work of several days: given or proposed, judged when handed in, late by its dates alone."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from catalogue.domain.diary import LineDraft
from catalogue.domain.errors import (
    CatalogueError,
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    SheetRefused,
)
from catalogue.domain.judging import Verdict
from catalogue.domain.roles import Viewer
from catalogue.domain.states import MoveNotAllowed
from catalogue.domain.words import Role, TaskKind
from catalogue.domain.work_items import WorkItemMove, WorkItemState
from catalogue.models import Judgement, LogLine, WorkItem
from catalogue.services import logging_work, work_items, work_judgements
from tests.making import AT, TODAY, make_grant, make_line, make_person
from tests.racing import at_once
from tests.waiting_hours import Waiting, result

Deed = Callable[[Waiting, WorkItem, Viewer], object]
REASON = "Chờ thêm số liệu của các ban"


@pytest.fixture
def waiting(session: Session) -> Waiting:
    return Waiting(session)


def log(waiting: Waiting, item: WorkItem, day: date = TODAY, minutes: int = 120) -> LogLine:
    draft = LineDraft(waiting.tasks[0].id, minutes, work_item_id=item.id)
    by = waiting.office.holder.id
    return logging_work.log_line(waiting.session, draft, day=day, today=day, by=by, at=AT)


def hand_in(
    waiting: Waiting, item: WorkItem, *, day: date = TODAY, text: str = "Đã tổ chức xong"
) -> None:
    by = waiting.office.holder.id
    work_items.hand_in(
        waiting.session, item.id, result(text), item.revision, today=day, by=by, at=AT
    )


def judge(
    waiting: Waiting,
    item: WorkItem,
    viewer: Viewer | None = None,
    *,
    accepted: bool = True,
    reason: str = "",
) -> work_judgements.Judged:
    viewer = viewer or waiting.viewer(waiting.office.head)
    return work_judgements.judge(
        waiting.session, item.id, reason, item.revision, accepted=accepted, viewer=viewer, at=AT
    )


def agree(waiting: Waiting, item: WorkItem, viewer: Viewer) -> None:
    work_items.agree(waiting.session, item.id, item.revision, viewer=viewer, at=AT)


def extend(
    waiting: Waiting, item: WorkItem, viewer: Viewer, reason: str = REASON, days: int = 9
) -> None:
    due_on = TODAY + timedelta(days=days)
    work_items.extend(waiting.session, item.id, due_on, reason, item.revision, viewer=viewer, at=AT)


def send_back(waiting: Waiting, item: WorkItem, viewer: Viewer, reason: str = REASON) -> None:
    work_items.send_back(waiting.session, item.id, reason, item.revision, viewer=viewer, at=AT)


def drop(waiting: Waiting, item: WorkItem, viewer: Viewer, reason: str = REASON) -> None:
    work_items.drop(waiting.session, item.id, reason, item.revision, viewer=viewer, at=AT)


def moves(item: WorkItem) -> list[WorkItemMove]:
    return [step.move for step in item.steps]


def test_accepted_work_accepts_its_lines_and_their_days(waiting: Waiting) -> None:
    item = waiting.work()
    first, second = log(waiting, item, TODAY - timedelta(days=1)), log(waiting, item)
    other = make_line(waiting.session, waiting.office.holder, waiting.tasks[0], minutes=60)
    hand_in(waiting, item)
    judged = judge(waiting, item)
    assert (judged.verdict, judged.lines, judged.left_out) == (Verdict.ACCEPTED, 2, 0)
    assert waiting.sums() == (180, 120, 0)
    assert waiting.sums(TODAY - timedelta(days=1)) == (120, 120, 0)
    words = waiting.session.scalars(select(Judgement).order_by(Judgement.id)).all()
    assert [word.work_item_id for word in words] == [item.id, None, None]
    assert {word.log_line_id for word in words[1:]} == {first.id, second.id}
    assert {word.by_id for word in words} == {waiting.office.head.id}
    assert waiting.line(other.id).verdict is None
    assert item.state is WorkItemState.ACCEPTED
    waiting.assert_whole()


def test_late_is_what_the_dates_say(waiting: Waiting) -> None:
    item = waiting.work(due_in=2)
    log(waiting, item)
    hand_in(waiting, item, day=TODAY + timedelta(days=5))
    assert judge(waiting, item).verdict is Verdict.LATE
    word = waiting.session.scalars(select(Judgement)).first()
    assert word is not None
    assert word.reason == "Nộp chậm 3 ngày so với hạn 12/04/2024."
    assert waiting.sums() == (120, 120, 0)
    waiting.assert_whole()


def test_work_that_is_not_good_needs_a_reason_and_counts_nothing(waiting: Waiting) -> None:
    item = waiting.work()
    line = log(waiting, item)
    hand_in(waiting, item)
    with pytest.raises(Invalid, match="vì sao chưa đạt"):
        judge(waiting, item, accepted=False)
    judge(waiting, item, accepted=False, reason="Thiếu số liệu")
    assert waiting.line(line.id).verdict is Verdict.NOT_ACCEPTED
    assert waiting.sums() == (120, 0, 0)
    waiting.assert_whole()


def test_lines_of_a_closed_month_keep_what_they_were_closed_with(waiting: Waiting) -> None:
    item = waiting.work()
    march = date(2024, 3, 29)
    before = log(waiting, item, march)
    log(waiting, item)
    hand_in(waiting, item)
    waiting.close_month(march)
    judged = judge(waiting, item)
    assert (judged.lines, judged.left_out) == (1, 1)
    assert waiting.line(before.id).verdict is None
    assert waiting.sums(march) == (120, 0, 0)
    waiting.assert_whole()


def test_a_word_said_of_one_line_is_not_spoken_over(waiting: Waiting) -> None:
    item = waiting.work()
    line = log(waiting, item)
    line.verdict = Verdict.CORRECTION
    hand_in(waiting, item)
    assert judge(waiting, item).lines == 0
    assert waiting.line(line.id).verdict is Verdict.CORRECTION


def test_what_is_proposed_is_agreed_put_off_sent_back_and_handed_in_again(
    waiting: Waiting,
) -> None:
    head = waiting.viewer(waiting.office.head)
    item = waiting.work(proposed=True)
    log(waiting, item)
    agree(waiting, item, head)
    with pytest.raises(Invalid, match="Lý do"):
        extend(waiting, item, head, "")
    with pytest.raises(Invalid, match="từ hôm nay trở đi"):
        extend(waiting, item, head, days=-1)
    extend(waiting, item, head)
    hand_in(waiting, item)
    with pytest.raises(SheetRefused, match="đã nộp hay đã kết thúc"):
        log(waiting, item)
    send_back(waiting, item, head)
    assert (item.state, item.handed_in_on) == (WorkItemState.OPEN, None)
    hand_in(waiting, item)
    judge(waiting, item)
    assert moves(item) == [
        WorkItemMove.PROPOSE,
        WorkItemMove.AGREE,
        WorkItemMove.EXTEND,
        WorkItemMove.HAND_IN,
        WorkItemMove.SEND_BACK,
        WorkItemMove.HAND_IN,
        WorkItemMove.ACCEPT,
    ]
    assert "hạn trước: 15/04/2024" in item.steps[2].note
    assert item.revision == 6


@pytest.mark.parametrize("deed", [agree, extend, send_back, drop, judge])
def test_nobody_decides_of_their_own_work_nor_of_strangers(waiting: Waiting, deed: Deed) -> None:
    office = waiting.office
    item = waiting.work()
    make_grant(waiting.session, office.holder, Role.HEAD, office.unit)
    stranger = make_person(waiting.session, "Mai Nơi Khác")
    for person, kind in ((office.holder, NotAllowed), (stranger, NotFound)):
        with pytest.raises(kind):
            deed(waiting, item, waiting.viewer(person))
    assert item.revision == 0


@pytest.mark.parametrize("deed", [agree, send_back, judge])
def test_a_step_out_of_order_changes_nothing(waiting: Waiting, deed: Deed) -> None:
    with pytest.raises(MoveNotAllowed):
        deed(waiting, waiting.work(), waiting.viewer(waiting.office.head))


def test_a_stale_answer_is_shown_what_changed(waiting: Waiting) -> None:
    head = waiting.viewer(waiting.office.head)
    item = waiting.work()
    hand_in(waiting, item)
    with pytest.raises(Conflict, match="đã được người khác thay đổi"):
        work_judgements.judge(waiting.session, item.id, "", 0, accepted=True, viewer=head, at=AT)
    send_back(waiting, item, head)
    with pytest.raises(Conflict, match="đã được người khác thay đổi"):
        work_items.hand_in(
            waiting.session,
            item.id,
            result(),
            1,
            today=TODAY,
            by=waiting.office.holder.id,
            at=AT,
        )


def test_only_the_holder_hands_in_and_drops_what_they_proposed(waiting: Waiting) -> None:
    office = waiting.office
    proposed, given = waiting.work(proposed=True), waiting.work(title="Việc khác")
    drop(waiting, proposed, waiting.viewer(office.holder), "")
    with pytest.raises(NotAllowed):
        drop(waiting, given, waiting.viewer(office.holder))
    with pytest.raises(Invalid, match="Lý do"):
        drop(waiting, given, waiting.viewer(office.head), "")
    with pytest.raises(NotFound):
        work_items.hand_in(
            waiting.session, given.id, result(), 0, today=TODAY, by=office.head.id, at=AT
        )


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"task_version_id": 10_000}, "không thuộc vị trí"),
        ({"due_in": -1}, "từ hôm nay trở đi"),
        ({"title": "Góp ý báo cáo TỐI MẬT"}, "văn bản mật"),
    ],
)
def test_work_that_cannot_be_given_is_refused(
    waiting: Waiting, told: dict[str, object], says: str
) -> None:
    with pytest.raises(Invalid, match=says):
        waiting.work(**told)  # type: ignore[arg-type]


def test_a_result_that_names_a_secret_paper_is_refused(waiting: Waiting) -> None:
    with pytest.raises(Invalid, match="văn bản mật"):
        hand_in(waiting, waiting.work(), text="Dự thảo công văn tối mật")


def test_the_task_of_secret_papers_is_not_given_and_the_same_work_not_twice(
    waiting: Waiting,
) -> None:
    waiting.work()
    with pytest.raises(Conflict, match="cùng tên, cùng hạn"):
        waiting.work(proposed=True)
    waiting.tasks[0].kind = TaskKind.SECRET
    with pytest.raises(Invalid, match="không thuộc vị trí"):
        waiting.work(title="Việc khác")


@pytest.mark.parametrize(("who", "kind"), [("officer", NotFound), ("holder", NotAllowed)])
def test_work_is_given_by_who_judges(
    waiting: Waiting, who: str, kind: type[CatalogueError]
) -> None:
    waiting.office.head = getattr(waiting.office, who)
    with pytest.raises(kind):
        waiting.work()


def test_a_deputy_judges_in_the_place_of_the_head_who_named_them(waiting: Waiting) -> None:
    office = waiting.office
    deputy = make_person(waiting.session, "Mai Được Ủy Quyền")
    grant = make_grant(waiting.session, deputy, Role.DEPUTY, office.unit)
    grant.granted_by_id = office.head.id
    item = waiting.work()
    line = log(waiting, item)
    hand_in(waiting, item)
    judge(waiting, item, waiting.viewer(deputy))
    words = waiting.session.scalars(select(Judgement)).all()
    assert {(word.by_id, word.for_id) for word in words} == {(deputy.id, office.head.id)}
    assert waiting.line(line.id).verdict is Verdict.ACCEPTED


def test_two_heads_judge_once(waiting: Waiting, engine: Engine) -> None:
    office = waiting.office
    second = make_person(
        waiting.session, "Mai Phó Thủ Trưởng", role=Role.HEAD, role_unit=office.unit
    )
    item = waiting.work()
    log(waiting, item)
    hand_in(waiting, item)
    item_id, revision = item.id, item.revision
    viewers = [waiting.viewer(person) for person in (office.head, second)]
    waiting.session.commit()

    def judging(viewer: Viewer) -> Callable[[Session], object]:
        return lambda own: work_judgements.judge(
            own, item_id, "", revision, accepted=True, viewer=viewer, at=AT
        )

    refused = at_once(engine, *map(judging, viewers))
    assert [type(each) for each in refused if each] == [Conflict]
    assert len(waiting.session.scalars(select(Judgement)).all()) == 2
    assert waiting.sums() == (120, 120, 0)
