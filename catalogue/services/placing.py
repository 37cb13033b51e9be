"""Finding the position that a description was written for."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.description import Description
from catalogue.domain.errors import BlockedImport
from catalogue.domain.problems import Problem
from catalogue.domain.text import code_key, fold
from catalogue.domain.words import IN_FORCE
from catalogue.models import Position, PositionVersion


def place(
    session: Session,
    read: Sequence[Description],
    file_name: str,
    *,
    agency_id: int | None,
) -> list[tuple[Description, PositionVersion]]:
    """Find the position of each description, or refuse the file with every one that has none."""
    by_code, by_name = _positions(session, agency_id)
    problems = [
        problem for description in read for problem in description.problems if problem.blocks
    ]
    placed = []
    for number, description in enumerate(read, start=1):
        found = _candidates(description, by_code, by_name)
        if len(found) == 1:
            placed.append((description, found[0]))
        else:
            problems.append(_misplaced(number, description, found))
    if problems:
        message = f"Tệp «{file_name}» chưa ghi được. Chưa có dữ liệu nào được ghi."
        raise BlockedImport(message, problems)
    return placed


def _positions(
    session: Session, agency_id: int | None
) -> tuple[Mapping[str, list[PositionVersion]], Mapping[str, list[PositionVersion]]]:
    present = (
        select(PositionVersion)
        .join(PositionVersion.position)
        .where(PositionVersion.state.in_(IN_FORCE), PositionVersion.valid_to.is_(None))
    )
    if agency_id is not None:
        present = present.where(Position.agency_id == agency_id)
    by_code, by_name = defaultdict(list), defaultdict(list)
    for version in session.scalars(present):
        by_name[version.name_folded].append(version)
        if version.code_key:
            by_code[version.code_key].append(version)
    return by_code, by_name


def _candidates(
    description: Description,
    by_code: Mapping[str, list[PositionVersion]],
    by_name: Mapping[str, list[PositionVersion]],
) -> list[PositionVersion]:
    same_name = by_name.get(fold(description.name), [])
    same_code = by_code.get(code_key(description.code), []) if description.code else []
    both = [version for version in same_code if version in same_name]
    return both or same_code or same_name


def _misplaced(number: int, description: Description, found: Sequence[PositionVersion]) -> Problem:
    where = f"Bản mô tả thứ {number} («{description.name}»)"
    if found:
        what = f"có {len(found)} vị trí cùng tên trong danh mục"
        return Problem(where, what, "Hãy ghi mã vị trí hoặc chọn cơ quan khi nhập.", blocks=True)
    what = "không có vị trí nào trong danh mục mang tên hoặc mã này"
    return Problem(where, what, "Hãy nhập danh mục trước, hoặc sửa tên, mã cho khớp.", blocks=True)
