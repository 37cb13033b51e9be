"""The holder of a position says to have read its description, once for each version."""

from datetime import datetime

from sqlalchemy.orm import Session

from catalogue.domain.errors import NotAllowed
from catalogue.domain.roles import Viewer
from catalogue.models import Acknowledgement, Person
from catalogue.queries import acknowledgements
from catalogue.services import auditing


def acknowledge(session: Session, description_id: int, viewer: Viewer, *, at: datetime) -> int:
    """Write down that the holder has read it; said again, nothing changes.

    Answers how many of their assignments it was for. Only who holds the described position on
    the day may say so.
    """
    by = viewer.person_id
    # The same person in two windows waits here for themselves.
    session.get(Person, by, with_for_update=True)
    own = acknowledgements.own_assignments(session, description_id, by, viewer.on)
    if not own:
        message = (
            f"Ngày {viewer.on:%d/%m/%Y} bạn không giữ vị trí mà bản mô tả này đang áp dụng, nên "
            "không xác nhận thay người khác được."
        )
        raise NotAllowed(message)
    new = [assignment_id for assignment_id, read_at in own if read_at is None]
    for assignment_id in new:
        session.add(
            Acknowledgement(assignment_id=assignment_id, description_id=description_id, at=at)
        )
    if new:
        subject = str(description_id)
        auditing.record(session, "description.acknowledged", subject, by=by, at=at)
    session.flush()
    return len(new)
