"""Telling in which part of a split position its holder goes on; the last choice holds."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.domain.errors import Invalid, NotFound
from catalogue.models import Assignment, SuccessorChoice
from catalogue.queries import successor_choices
from catalogue.services import auditing


def choose(
    session: Session, assignment_id: int, succession_id: int, *, on: date, by: int, at: datetime
) -> SuccessorChoice:
    """Write a further choice; earlier ones stay to be read. `on` is the day whose splits count."""
    assignment = session.get(Assignment, assignment_id, with_for_update=True)
    if assignment is None:
        raise NotFound("Không tìm thấy người giữ vị trí này.")
    splits = successor_choices.of_assignment(session, assignment_id, on)
    offered = {part.succession_id: part.name for split in splits for part in split.parts}
    if succession_id not in offered:
        raise Invalid(
            "Vị trí tiếp theo: hãy chọn một trong các vị trí mà vị trí cũ được tách thành.",
            field="succession",
        )
    chosen = select(func.max(SuccessorChoice.number)).where(
        SuccessorChoice.assignment_id == assignment_id
    )
    choice = SuccessorChoice(
        assignment_id=assignment_id,
        number=(session.scalar(chosen) or 0) + 1,
        succession_id=succession_id,
        chosen_by_id=by,
        chosen_at=at,
    )
    session.add(choice)
    auditing.record(
        session,
        "successor.chosen",
        f"assignment:{assignment_id}",
        by=by,
        at=at,
        succession=succession_id,
        name=offered[succession_id],
    )
    session.flush()
    return choice
