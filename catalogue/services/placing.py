"""Finding the position that a description was written for."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from catalogue.domain.description import Description
from catalogue.domain.errors import BlockedImport
from catalogue.domain.problems import Problem
from catalogue.models import PositionVersion
from catalogue.queries.placing import Positions


def place(
    session: Session,
    read: Sequence[Description],
    file_name: str,
    *,
    agency_id: int | None,
) -> list[tuple[Description, PositionVersion]]:
    """Find the position of each description, or refuse the file with every one that has none."""
    positions = Positions(session, agency_id)
    problems = [
        problem for description in read for problem in description.problems if problem.blocks
    ]
    placed = []
    for number, description in enumerate(read, start=1):
        found = positions.of(description)
        if len(found) == 1:
            placed.append((description, found[0]))
        else:
            problems.append(_misplaced(number, description, found))
    if problems:
        message = f"Tệp «{file_name}» chưa ghi được. Chưa có dữ liệu nào được ghi."
        raise BlockedImport(message, problems)
    return placed


def _misplaced(number: int, description: Description, found: Sequence[PositionVersion]) -> Problem:
    where = f"Bản mô tả thứ {number} («{description.name}»)"
    if found:
        what = f"có {len(found)} vị trí cùng tên trong danh mục"
        return Problem(where, what, "Hãy ghi mã vị trí hoặc chọn cơ quan khi nhập.", blocks=True)
    what = "không có vị trí nào trong danh mục mang tên hoặc mã này"
    return Problem(where, what, "Hãy nhập danh mục trước, hoặc sửa tên, mã cho khớp.", blocks=True)
