"""The diary's limits: dated, with a basis, their history kept; and the headings of its sheets."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from catalogue.domain.day_rules import DiaryLimit
from catalogue.domain.diary_columns import DiaryColumn
from catalogue.domain.errors import Conflict, Invalid
from catalogue.domain.words import TaskKind
from catalogue.models import DiaryRule, Person
from catalogue.queries import diary_limits
from catalogue.queries.diary_limits import limits_on
from catalogue.services import diary_rules
from catalogue.services.diary_rules import Limited
from tests.making import AT, SINCE, TODAY, make_person

LATER = TODAY + timedelta(days=10)
BACKFILL = Limited(DiaryLimit.BACKFILL_DAYS, None, 3, "Quy định 12-QĐ/TU", LATER)
STUDY = Limited(DiaryLimit.PRODUCTLESS_MINUTES, TaskKind.STUDY, 90, "Quy định 12-QĐ/TU", LATER)


@pytest.fixture
def member(session: Session) -> Person:
    session.add(
        DiaryRule(limit=DiaryLimit.BACKFILL_DAYS, value=7, basis="Mặc định", valid_from=SINCE)
    )
    return make_person(session, "Huỳnh Thường Trực")


def set_limit(session: Session, limited: Limited, member: Person) -> DiaryRule:
    return diary_rules.set_limit(session, limited, by=member.id, at=AT, today=TODAY)


def test_a_limit_holds_from_its_day_on_and_its_history_stays(
    session: Session, member: Person
) -> None:
    set_limit(session, BACKFILL, member)
    set_limit(session, STUDY, member)
    assert limits_on(session, LATER - timedelta(days=1)).backfill_days == 7
    assert limits_on(session, LATER).backfill_days == 3
    assert limits_on(session, LATER).productless == {TaskKind.STUDY: 90}
    history = diary_limits.history(session)
    assert [(rule.value, rule.valid_to) for rule in history] == [
        (3, None),
        (7, LATER - timedelta(days=1)),
        (90, None),
    ]


def test_a_limit_that_cannot_be_is_refused_beside_its_field(
    session: Session, member: Person
) -> None:
    for limited, field in (
        (replace(BACKFILL, basis=""), "basis"),
        (replace(BACKFILL, since=date(2024, 4, 9)), "since"),
        (replace(BACKFILL, value=367), "value"),
        (replace(BACKFILL, kind=TaskKind.STUDY), "kind"),
        (replace(STUDY, kind=None), "kind"),
        (replace(STUDY, kind=TaskKind.PRODUCT), "kind"),
        (replace(STUDY, value=1441), "value"),
    ):
        with pytest.raises(Invalid) as refused:
            set_limit(session, limited, member)
        assert refused.value.field == field, limited


def test_a_limit_does_not_begin_before_the_one_that_it_follows(
    session: Session, member: Person
) -> None:
    set_limit(session, BACKFILL, member)
    with pytest.raises(Invalid, match="bắt đầu từ 20/04/2024"):
        set_limit(session, replace(BACKFILL, since=LATER - timedelta(days=1)), member)


def test_a_heading_names_one_column(session: Session, member: Person) -> None:
    def add(column: DiaryColumn, heading: str) -> None:
        diary_rules.add_heading(session, column, heading, "Mẫu của huyện", by=member.id, at=AT)

    add(DiaryColumn.HOURS, "Tổng giờ")
    with pytest.raises(Conflict, match="đã là cột «Thời gian»"):
        add(DiaryColumn.NOTE, "TỔNG GIỜ")
    with pytest.raises(Invalid, match="có chữ hoặc số"):
        add(DiaryColumn.NOTE, "  ")
    assert [alias.heading for alias in diary_limits.headings(session)] == ["Tổng giờ"]
