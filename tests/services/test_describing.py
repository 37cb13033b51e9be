"""Descriptions land on their positions as numbered versions, tasks keep their identity."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from catalogue.domain.description import Duty, Task
from catalogue.domain.errors import BlockedImport
from catalogue.models import Description, TaskVersion
from tests.services.conftest import DESCRIPTION, Ground, annex_row

LATER = date(2024, 3, 1)


@pytest.fixture
def described(ground: Ground) -> Ground:
    ground.record(annex_row("Chánh Văn phòng", code="VP-01"))
    ground.describe()
    return ground


def tasks(ground: Ground) -> list[TaskVersion]:
    return list(ground.session.scalars(select(TaskVersion).order_by(TaskVersion.id)))


def test_a_description_is_written_onto_its_position(described: Ground) -> None:
    description = described.session.scalars(select(Description)).one()
    assert description.position_version.name == "Chánh Văn phòng"
    assert [duty.name for duty in description.duties] == [
        "Điều hành",
        "Nhiệm vụ khác do cấp trên giao",
    ]
    asked = description.requirements[0]
    assert (asked.competency.name, asked.level_min, asked.level_max) == ("Giao tiếp ứng xử", 3, 4)


def test_a_duty_without_tasks_can_itself_be_logged_against(described: Ground) -> None:
    first, second = tasks(described)
    assert (first.text, first.printed, first.product) == ("Chủ trì giao ban", True, "Biên bản")
    assert (second.text, second.printed) == ("Nhiệm vụ khác do cấp trên giao", False)


def test_the_same_file_twice_changes_nothing(described: Ground) -> None:
    again = described.describe()
    assert (again.descriptions, again.repeated) == (0, 1)
    assert len(tasks(described)) == 2


def test_a_later_version_ends_the_former_and_its_unchanged_task_stays_the_same_task(
    described: Ground,
) -> None:
    duties = (Duty("2.1", "Điều hành chung", (Task("Chủ trì giao ban"), Task("Ký văn bản"))),)
    described.describe(replace(DESCRIPTION, duties=duties), sha256="e" * 64, since=LATER)
    former, present = described.session.scalars(
        select(Description).order_by(Description.number)
    ).all()
    assert (former.valid_to, present.valid_from) == (date(2024, 2, 29), LATER)
    kept, added = tasks(described)[2:]
    assert kept.task_id == tasks(described)[0].task_id
    assert added.task_id not in {task.task_id for task in tasks(described)[:3]}


def test_a_description_that_fits_no_position_blocks_the_whole_file(ground: Ground) -> None:
    ground.record(annex_row("Chánh Văn phòng", code="VP-01"))
    stranger = replace(DESCRIPTION, name="Nhân viên bảo vệ", code=None)
    with pytest.raises(BlockedImport) as refused:
        ground.describe(DESCRIPTION, stranger)
    assert "Nhân viên bảo vệ" in refused.value.problems[0].where
    assert ground.session.scalars(select(Description)).all() == []


def test_a_name_that_two_positions_share_needs_its_code(ground: Ground) -> None:
    ground.record(annex_row("Lái xe", code="A-1"), annex_row("Lái xe", row=3, code="A-2"))
    with pytest.raises(BlockedImport, match="chưa ghi được"):
        ground.describe(replace(DESCRIPTION, name="Lái xe", code=None))
    ground.describe(replace(DESCRIPTION, name="Lái xe", code="A-02"))
    description = ground.session.scalars(select(Description)).one()
    assert description.position_version.code == "A-2"
