"""An upload of diaries from its preview on: who may write it, and how it ends."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from catalogue.domain import diary_sheet
from catalogue.domain.errors import Conflict, NotAllowed
from catalogue.domain.reviewing import JobState
from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.upload import DiaryClaim
from catalogue.services import diary_import, jobs


def refuse_claim(claim: DiaryClaim, by: Viewer) -> None:
    """Let everybody bring in their own diary; those of others only for who was granted it."""
    if claim.person_id == by.person_id:
        return
    reached = (
        by.units(Permission.IMPORT_DIARIES) if by.may(Permission.IMPORT_DIARIES) else frozenset()
    )
    if claim.person_id is None and (reached is None or claim.unit_id in reached):
        return
    message = "Bạn chỉ nhập được nhật ký của mình. Nhật ký của đơn vị do cán bộ tổ chức tỉnh nhập."
    raise NotAllowed(message)


def is_waived(claim: DiaryClaim) -> bool:
    """Tell whether days may lie as far back as they do: not in one's own diary."""
    return claim.person_id is None


def write(session: Session, job_id: int, *, today: date, by: Viewer, at: datetime) -> None:
    """Write what was read to the diary, and keep by file what became of it."""
    job = jobs.locked(session, job_id)
    claim = DiaryClaim.from_json(job.given)
    refuse_claim(claim, by)
    if job.state is not JobState.READY:
        message = f"Tệp này {job.state.label.lower()} nên không ghi được. Chưa có gì thay đổi."
        raise Conflict(message)
    found = job.found or {}
    written = diary_import.write(
        session,
        diary_sheet.from_json(found),
        claim,
        today=today,
        waived=is_waived(claim),
        by=by.person_id,
        at=at,
    )
    job.found = found | {"report": [file.report() for file in written]}
    job.state, job.ended_at = JobState.DONE, at
