"""Ballots that members wrote on paper: entered by the secretary, confirmed by a second person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from catalogue.domain.errors import Conflict, NotAllowed, NotFound
from catalogue.domain.reviewing import Stage
from catalogue.domain.scans import media_type
from catalogue.domain.voting import Mark, Scan
from catalogue.models import Ballot, BallotMark, StoredFile
from catalogue.queries import ballots as written
from catalogue.services import ballots, dossiers, files, seating


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper ballot as it lies before the secretary: whose it is, what it says, and its scan."""

    stage: Stage
    person_id: int
    said: Mapping[int, Mark]
    scan: Scan


def enter(
    session: Session, dossier_id: int, paper: Paper, *, by: int, at: datetime, today: date
) -> Ballot:
    """Enter a member's paper ballot; until it is confirmed, entering it again replaces it."""
    dossier = ballots.at_stage(session, dossier_id, paper.stage)
    seating.refuse_unless_secretary(session, paper.stage, by=by, today=today)
    seating.refuse_unseated(session, paper.stage, by=paper.person_id, today=today)
    dossiers.refuse_own(session, dossier, paper.person_id)
    dossiers.refuse_own(session, dossier, by)
    ballots.refuse_gaps(session, dossier_id, paper.said)
    ballot = _replaceable(session, dossier_id, paper, at=at)
    scan = keep(session, paper.scan, by=by, at=at)
    ballots.mark(session, ballot, paper.said)
    ballot.entered_by_id, ballot.scan_id, ballot.sent_at = by, scan.id, at
    ballots.note(session, "entered", ballot, by=by, at=at, scan=scan.sha256)
    session.flush()
    return ballot


def confirm(session: Session, ballot_id: int, *, by: int, at: datetime, today: date) -> Ballot:
    """Let a paper ballot count: a second person compared it with its scan."""
    ballot = session.get(Ballot, ballot_id)
    if ballot is None or ballot.entered_by_id is None:
        raise NotFound("Không tìm thấy phiếu nhập hộ này.")
    dossier = ballots.at_stage(session, ballot.dossier_id, ballot.stage)
    session.refresh(ballot)
    if ballot.entered_by_id == by:
        raise NotAllowed(
            "Người nhập hộ không được tự xác nhận; việc này phải do người thứ hai làm."
        )
    seating.refuse_unseated(session, ballot.stage, by=by, today=today)
    dossiers.refuse_own(session, dossier, by)
    if ballot.confirmed_at is not None:
        raise Conflict("Phiếu này đã có người xác nhận rồi.")
    ballot.confirmed_by_id, ballot.confirmed_at = by, at
    ballots.note(session, "confirmed", ballot, by=by, at=at)
    session.flush()
    return ballot


def keep(session: Session, scan: Scan, *, by: int, at: datetime) -> StoredFile:
    """Keep a scan, once its first bytes say that it is one."""
    kind = media_type(scan.content)
    return files.store(session, scan.name, kind, scan.content, by=by, at=at)


def _replaceable(session: Session, dossier_id: int, paper: Paper, *, at: datetime) -> Ballot:
    """Give the ballot to write on: a new one, or one that nobody has sent or confirmed yet."""
    ballot = written.of_person(session, dossier_id, paper.stage, paper.person_id)
    if ballot is None:
        return ballots.fresh(session, dossier_id, paper.stage, paper.person_id, at=at)
    own = ballot.sent_at is not None and ballot.entered_by_id is None
    if own or ballot.confirmed_at is not None:
        raise Conflict("Người này đã có phiếu được tính ở bước này nên không nhập hộ được nữa.")
    session.execute(delete(BallotMark).where(BallotMark.ballot_id == ballot.id))
    session.expire(ballot)
    return ballot
