"""Former tasks that do not simply go on are told with what follows them, or why nothing does."""

from catalogue.domain.description import Description, Duty, Task
from catalogue.domain.drafting import Content
from catalogue.domain.task_endings import Ending, endings
from catalogue.domain.words import TaskChange


def test_what_is_split_merged_or_retired_is_told_and_what_goes_on_alone_is_not() -> None:
    former = {1: "Soạn", 2: "Trình", 3: "Lưu", 4: "Trực", 5: "Họp"}
    tasks = (
        Task("Soạn và trình", goes_on_from=(1, 2)),
        Task("Trình riêng", goes_on_from=(2,)),
        Task("Lưu hồ sơ", goes_on_from=(3,)),
    )
    logged_itself = Duty("2.2", "Họp giao ban", goes_on_from=(5,))
    record = Description("Chuyên viên", duties=(Duty("2.1", "Văn thư", tasks), logged_itself))
    assert endings(Content(record, {4: "Chuyển bảo vệ"}), former) == [
        Ending("Soạn", TaskChange.MERGED, ("Soạn và trình",)),
        Ending("Trình", TaskChange.SPLIT, ("Soạn và trình", "Trình riêng")),
        Ending("Trực", TaskChange.RETIRED, (), "Chuyển bảo vệ"),
    ]
