"""Adjusting a closed month: asked with a reason, decided by another, written with its sums."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.adjusting import Asked, as_json, from_json
from catalogue.domain.diary import LineDraft
from catalogue.domain.errors import Conflict, Invalid, NotAllowed, NotFound, SheetRefused
from catalogue.domain.roles import Viewer
from catalogue.domain.words import Role, WorkPlace
from catalogue.models import Adjustment, LogLine, PersonDay
from catalogue.queries import adjustments
from catalogue.services import adjusting
from tests.closing import DAY, Diary, make_diary
from tests.making import AT, TODAY
from tests.services import approval


@pytest.fixture
def diary(session: Session) -> Diary:
    return make_diary(session)


def ask(
    diary: Diary,
    draft: LineDraft | None,
    former: LogLine | None = None,
    *,
    reason: str = "Đi công tác nên quên ghi",
) -> Adjustment:
    wish = Asked(DAY, reason, draft, former.id if former else None)
    return adjusting.ask(diary.session, wish, today=TODAY, by=diary.holder, at=AT)


def decide(
    diary: Diary, made: Adjustment, viewer: Viewer | None = None, *, accepted: bool = True
) -> Adjustment:
    by = viewer or approval.head(diary.office)
    return adjusting.decide(
        diary.session, made.id, by, accepted=accepted, answer="Có giấy đi đường", at=AT
    )


def minutes(diary: Diary) -> int:
    diary.session.flush()
    query = select(PersonDay.standard_minutes).where(PersonDay.day == DAY)
    return diary.session.scalar(query) or 0


def test_a_button_pressed_twice_asks_once(diary: Diary) -> None:
    diary.close()
    made = ask(diary, diary.draft(60))
    with pytest.raises(Conflict, match="giống hệt"):
        ask(diary, diary.draft(60))
    assert ask(diary, diary.draft(90)).id != made.id
    decide(diary, made)
    assert ask(diary, diary.draft(60)).id != made.id


def test_a_line_of_a_closed_month_is_written_once_another_agreed(diary: Diary) -> None:
    diary.close()
    made = ask(diary, diary.draft(60))
    assert minutes(diary) == 0
    decide(diary, made)
    assert minutes(diary) == 60
    assert made.log_line_id is not None
    found = adjustments.of_line(diary.session, made.log_line_id)
    assert found is not None
    assert (found.decided_by, found.reason) == ("Trần Thủ Trưởng", "Đi công tác nên quên ghi")
    assert diary.broken() == []


def test_a_line_is_corrected_and_another_taken_away_by_adjustment(diary: Diary) -> None:
    wrong, gone = diary.log(400), diary.log(30)
    diary.close()
    corrected = ask(diary, diary.draft(60), wrong)
    removed = ask(diary, None, gone)
    with pytest.raises(Conflict, match="đang chờ quyết định"):
        ask(diary, None, gone)
    decide(diary, corrected)
    decide(diary, removed)
    assert minutes(diary) == 60
    assert (wrong.current, gone.current, gone.removed_at) == (False, False, AT)
    found = adjustments.of_line(diary.session, gone.id)
    assert found is not None
    assert found.kind.label == "Bỏ dòng"
    assert diary.broken() == []


def test_what_is_refused_changes_nothing_and_is_decided_once(diary: Diary) -> None:
    diary.close()
    made = decide(diary, ask(diary, diary.draft()), accepted=False)
    assert (minutes(diary), made.log_line_id) == (0, None)
    with pytest.raises(Conflict, match="đã được quyết định"):
        decide(diary, made)


def test_only_who_judges_this_person_decides_and_never_the_asker(diary: Diary) -> None:
    office = diary.office
    diary.close()
    made = ask(diary, diary.draft())
    oneself = approval.viewer(office, office.holder, Role.HEAD)
    with pytest.raises(NotAllowed, match="chính mình"):
        decide(diary, made, oneself)
    with pytest.raises(NotAllowed, match="người đánh giá"):
        decide(diary, made, approval.viewer(office, office.organiser, Role.ORGANISER))
    with pytest.raises(NotAllowed, match="người đánh giá"):
        decide(diary, made, approval.officer(office))
    assert made.accepted is None


def test_an_open_month_is_mended_in_the_diary_itself(diary: Diary) -> None:
    with pytest.raises(Conflict, match="hãy ghi hoặc sửa ngay trong nhật ký"):
        ask(diary, diary.draft())


def test_what_is_asked_keeps_to_the_rules_of_a_day(diary: Diary) -> None:
    full = diary.log(1400)
    diary.close()
    with pytest.raises(SheetRefused, match="chỉ còn chỗ cho 40 phút"):
        ask(diary, diary.draft(60))
    with pytest.raises(SheetRefused, match="phải ghi sản phẩm"):
        ask(diary, replace(diary.draft(30), product=None))
    with pytest.raises(Invalid, match="vì sao cần điều chỉnh"):
        ask(diary, None, full, reason="")
    with pytest.raises(NotFound):
        adjusting.ask(
            diary.session,
            Asked(DAY, "Lý do", None, full.id),
            today=TODAY,
            by=diary.office.head.id,
            at=AT,
        )


def test_what_no_longer_fits_when_it_is_accepted_stays_undecided(diary: Diary) -> None:
    diary.close()
    first, second = ask(diary, diary.draft(1000)), ask(diary, diary.draft(990))
    decide(diary, first)
    with pytest.raises(SheetRefused, match="chỉ còn chỗ"):
        decide(diary, second)
    assert second.accepted is None
    assert diary.broken() == []


def test_two_who_decide_for_each_other_in_one_month_are_flagged(diary: Diary) -> None:
    office = diary.office
    diary.close()
    decide(diary, ask(diary, diary.draft()))
    assert adjustments.reciprocal(diary.session) == []
    place = diary.session.scalars(select(Adjustment.assignment_id)).one()
    back = Adjustment(
        assignment_id=place,
        day=date(2024, 2, 1),
        content=as_json(diary.draft()),
        reason="Quên",
        asked_by_id=office.head.id,
        asked_at=AT,
        accepted=False,
        decided_by_id=office.holder.id,
        decided_at=AT + timedelta(days=40),
    )
    diary.session.add(back)
    diary.session.flush()
    assert adjustments.reciprocal(diary.session) == []
    back.decided_at = AT
    diary.session.flush()
    (pair,) = adjustments.reciprocal(diary.session)
    assert {pair.first, pair.second} == {office.head.name, office.holder.name}


DRAFT = LineDraft(7, 90, "Nội dung", "Tờ trình", 2, place=WorkPlace.MISSION, pages=3)


def test_a_line_asked_for_is_read_back_as_it_was() -> None:
    assert from_json(as_json(DRAFT)) == DRAFT


@pytest.mark.parametrize(
    "change",
    [{"minutes": "90"}, {"minutes": True}, {"quantity": 1.5}, {"place": "moon"}, {"extra": 1}],
)
def test_anything_else_is_no_line(change: dict[str, object]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (which field is all that it says)
        from_json(as_json(DRAFT) | change)
