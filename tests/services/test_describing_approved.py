"""An approved draft becomes a version: what its tasks went on from is kept, nothing is guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from catalogue.domain.description import Duty, Task
from catalogue.domain.description_changes import compare
from catalogue.domain.drafting import Content
from catalogue.domain.errors import BlockedImport, Conflict
from catalogue.domain.task_endings import Ending
from catalogue.domain.words import TaskChange, TaskKind, VersionState
from catalogue.models import Description, TaskSuccession
from catalogue.queries import description_sides, task_endings, tasks, trace
from catalogue.queries.followed import former_tasks, version_followed
from catalogue.queries.task_today import of_line
from catalogue.services import describing
from catalogue.services.description_rows import Provenance
from tests.drafts import LATER, TASKS, Office, make_office, whole_record
from tests.making import AT, SINCE, TODAY, make_description, make_line, task_versions
from tests.services.approval import officer


@pytest.fixture
def office(session: Session) -> Office:
    return make_office(session)


def approve(
    office: Office,
    lines: Sequence[tuple[str, tuple[int, ...]]],
    retired: Mapping[int, str] | None = None,
    *,
    since: date = LATER,
    general: bool = False,
) -> Description:
    """Approve a version of the second position with these tasks, each going on from some."""
    made = tuple(
        Task(text, "Báo cáo", "Đúng hạn", "văn bản", 90, TaskKind.PRODUCT, goes_on_from=formers)
        for text, formers in lines
    )
    version = office.positions[1]
    record = replace(whole_record(version.name), duties=(Duty("2.1", "Tổng hợp", made),))
    unit_id = None if general else office.unit.id
    return describing.record_approved(
        office.session,
        Content(record, dict(retired or {})),
        version,
        Provenance("", f"{since:%Y%m%d}".zfill(64), VersionState.ISSUED, since, unit_id),
        former_tasks(office.session, version.position_id, unit_id, since).keys(),
        at=AT,
    )


def former(office: Office) -> list[int]:
    """The tasks of the general version in force: two, and a duty that is logged itself."""
    return [each.task_id for each in task_versions(office.session, office.present)]


def became(office: Office) -> set[tuple[int, int | None, TaskChange, str]]:
    rows = office.session.scalars(select(TaskSuccession))
    return {(row.former_id, row.successor_id, row.kind, row.why) for row in rows}


def test_a_task_that_goes_on_alone_stays_itself_however_it_is_worded(office: Office) -> None:
    first, second, duty = former(office)
    made = approve(
        office, [("Viết báo cáo", (first,)), ("Lịch", (second,)), ("Việc khác", (duty,))]
    )
    assert [each.task_id for each in task_versions(office.session, made)] == [first, second, duty]
    assert became(office) == set()
    written = task_versions(office.session, made)[0]
    assert (written.product_unit, written.norm_minutes, written.kind) == (
        "văn bản",
        90,
        TaskKind.PRODUCT,
    )


def test_what_merged_split_and_ended_is_written_down(office: Office) -> None:
    first, second, duty = former(office)
    made = approve(
        office,
        [("Báo cáo và lịch", (first, second)), ("Lịch tuần", (second,)), ("Mới", ())],
        {duty: "Chuyển sang phòng khác"},
    )
    merged, part, new = [each.task_id for each in task_versions(office.session, made)]
    assert len({first, second, duty, merged, part, new}) == 6
    assert became(office) == {
        (first, merged, TaskChange.MERGED, ""),
        (second, merged, TaskChange.SPLIT, ""),
        (second, part, TaskChange.SPLIT, ""),
        (duty, None, TaskChange.RETIRED, "Chuyển sang phòng khác"),
    }
    one, other, gone = (each.text for each in task_versions(office.session, office.present))
    told = task_endings.of_descriptions(office.session, [made.id, office.present.id])
    assert told == {
        made.id: [
            Ending(one, TaskChange.MERGED, ("Báo cáo và lịch",)),
            Ending(other, TaskChange.SPLIT, ("Báo cáo và lịch", "Lịch tuần")),
            Ending(gone, TaskChange.RETIRED, (), "Chuyển sang phòng khác"),
        ]
    }


def test_two_versions_tell_by_their_words_what_was_split_and_merged(office: Office) -> None:
    first, second, duty = former(office)
    lines = [("Báo cáo và lịch", (first, second)), ("Lịch tuần", (second,)), ("Khác", (duty,))]
    made = approve(office, lines)
    sides = description_sides.of_versions(
        office.session, [office.present.id, made.id], officer(office)
    )
    changes = compare(sides[office.present.id].record, sides[made.id].record)
    told = [(each.before, each.after) for each in changes if each.label == "Tiếp nối công việc"]
    report, calendar = (f"«{text}»" for text in TASKS)
    assert told == [(report, f"{report}; {calendar}")]
    assert (TASKS[1], "Lịch tuần") in [(each.before, each.after) for each in changes]


def test_a_task_of_another_position_is_refused(office: Office) -> None:
    other = make_description(office.session, office.positions[0], office.agency, ("Chủ trì",))
    stranger = task_versions(office.session, other)[0].task_id
    with pytest.raises(Conflict, match="không thuộc vị trí"):
        approve(office, [("Chủ trì", (stranger,))])


def test_a_units_own_version_stands_beside_the_general_one(office: Office) -> None:
    first, second, duty = former(office)
    own = approve(office, [("Riêng", (first, second, duty))], since=TODAY)
    assert (own.number, office.present.number) == (1, 1)
    assert office.present.valid_to is None
    offered = tasks.own_tasks(office.session, office.holder.id, TODAY)
    assert [each.text for each in offered] == ["Riêng"]


def test_a_file_leaves_a_units_own_version_alone(office: Office) -> None:
    own = approve(office, [("Riêng", ())], since=SINCE)
    source = describing.Source("moi.docx", "f" * 64, TODAY, office.agency.id)
    record = whole_record(office.positions[1].name)
    describing.record_descriptions(office.session, [record], source, by=None, at=AT)
    assert (own.state, own.valid_to) == (VersionState.ISSUED, None)
    assert office.present.valid_to is not None


def test_a_file_does_not_take_the_place_of_what_was_approved(office: Office) -> None:
    approve(office, [("Chung", ())], since=TODAY, general=True)
    source = describing.Source("moi.docx", "f" * 64, LATER, office.agency.id)
    record = whole_record(office.positions[1].name)
    with pytest.raises(BlockedImport) as refused:
        describing.record_descriptions(office.session, [record], source, by=None, at=AT)
    assert "được phê duyệt" in refused.value.problems[0].what


def test_a_later_version_waits_beside_the_present_one_and_nothing_begins_before_it(
    office: Office,
) -> None:
    now = approve(office, [("Nay", ())], since=TODAY)
    later = approve(office, [("Sau", ())], since=LATER)
    assert (now.valid_to, later.number) == (date(2024, 4, 30), 2)
    place = office.positions[1].position_id, office.unit.id
    assert version_followed(office.session, *place, TODAY) == later.id
    with pytest.raises(Conflict, match="từ 01/05/2024 trở đi"):
        approve(office, [("Giữa", ())], since=date(2024, 4, 20))
    now.valid_to = None
    with pytest.raises(DBAPIError, match="overlap"):
        office.session.flush()


def test_a_line_leads_to_what_its_task_is_today(office: Office) -> None:
    first, second, duty = former(office)
    logged = task_versions(office.session, office.present)
    lines = [make_line(office.session, office.holder, each) for each in logged]
    approve(
        office,
        [("Báo cáo nhanh", (first,)), ("Báo cáo sâu", (first,)), ("Lịch tuần", (second,))],
        {duty: "Thôi làm"},
    )
    chains = [trace.of_line(office.session, line.id) for line in lines]
    today, later = (
        [chain and of_line(office.session, chain, day) for chain in chains]
        for day in (TODAY, LATER)
    )
    assert today == [None, None, None]
    assert [each and [task.text for task in each.tasks] for each in later] == [
        ["Báo cáo nhanh", "Báo cáo sâu"],
        ["Lịch tuần"],
        [],
    ]
    assert later[2]
    assert later[2].ended == ("Thôi làm",)
    assert later[2].sentences() == ["Nhiệm vụ này nay không còn: Thôi làm"]
