"""Issuing a dossier: one transaction that brings into force exactly what was approved."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.domain.dossier import as_json, digest
from catalogue.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from catalogue.domain.issuing import ISSUER, Terms
from catalogue.domain.limits import NAME_CHARACTERS
from catalogue.domain.reviewing import Stage
from catalogue.domain.states import DossierState, Move, after
from catalogue.domain.text import fold
from catalogue.domain.words import SourceState
from catalogue.models import Dossier, Issuance, PositionVersion, Seat, SourceDocument
from catalogue.queries import dossier_items, issuances
from catalogue.services import auditing, dossiers, enacting, enactment
from catalogue.services.enactment import Enactment

_SHORT = 200


def issue(session: Session, dossier_id: int, terms: Terms, *, by: int, at: datetime) -> Issuance:
    """Bring into force what the committee adopted, under the decision that the terms name."""
    take_turns(session)
    dossier = dossiers.locked(session, dossier_id)
    state = after(dossier.state, Move.ISSUE_URGENTLY if terms.urgent else Move.ISSUE)
    dossiers.refuse_own(session, dossier, by)
    refuse_unseated(session, by, on=terms.issued_on)
    _refuse_incomplete(terms)
    _refuse_changed(session, dossier, terms.sha256_seen)
    _refuse_taken(session, terms.number)
    planned = enactment.refuse_stale(session, dossier.id, terms.effective_from)
    issuance = _decide(session, dossier, terms, by=by, at=at)
    enacting.carry_out(session, planned, issuance, at=at)
    dossier.state = state
    _supersede(session, planned, by=by, at=at)
    auditing.record(
        session,
        "issuance.issued",
        f"dossier:{dossier.id}",
        by=by,
        at=at,
        number=terms.number,
        sha256=issuance.sha256,
        effective_from=terms.effective_from.isoformat(),
        adopted=len(planned.steps),
        rejected=len(planned.rejected),
        ended=len(planned.ended),
        urgent=terms.urgent_reason if terms.urgent else None,
    )
    session.flush()
    return issuance


def confirm_urgent(
    session: Session, issuance_id: int, reason: str, *, by: int, at: datetime
) -> Issuance:
    """Confirm afterwards what was issued urgently: another person, with a reason."""
    issuance = locked(session, issuance_id)
    dossiers.refuse_own(session, issuance.dossier, by)
    refuse_unseated(session, by, on=issuance.document.issued_on or issuance.effective_from)
    if issuance.issued_by_id == by:
        raise NotAllowed(
            "Bạn là người đã ban hành khẩn quyết định này. Việc xác nhận phải do người khác làm."
        )
    _refuse_settled(issuance)
    if not reason:
        raise Invalid("Lý do xác nhận: hãy ghi vì sao việc ban hành khẩn là đúng.", field="reason")
    issuance.confirmed_by_id, issuance.confirmed_at = by, at
    issuance.confirmation = reason
    auditing.record(
        session, "issuance.confirmed", f"issuance:{issuance.id}", by=by, at=at, reason=reason
    )
    session.flush()
    return issuance


def take_turns(session: Session) -> None:
    """Let whoever issues or withdraws wait for each other: numbers and positions are shared.

    Asked for before any dossier is locked, so that no two wait for one another for ever.
    """
    session.execute(select(SourceDocument.id).order_by(SourceDocument.id).with_for_update())


def locked(session: Session, issuance_id: int) -> Issuance:
    """Read an issuance as it now stands, and keep it so until the transaction ends."""
    query = select(Issuance).where(Issuance.id == issuance_id).with_for_update(of=Issuance)
    issuance = session.scalar(query.execution_options(populate_existing=True))
    if issuance is None:
        raise NotFound("Không tìm thấy quyết định này.")
    return issuance


def refuse_unseated(session: Session, by: int, *, on: date) -> None:
    """Let only those act who sat in the deciding body on the day."""
    seat = select(Seat.id).where(
        Seat.person_id == by, Seat.stage == Stage.COMMITTEE, Seat.holds_on(on)
    )
    if session.scalar(seat.limit(1)) is None:
        message = (
            f"Ngày {on:%d/%m/%Y} bạn không có tên trong danh sách Ban Thường vụ và thư ký nên "
            "không ban hành, xác nhận hay thu hồi được."
        )
        raise NotAllowed(message)


def _refuse_incomplete(terms: Terms) -> None:
    asked = (
        ("number", terms.number, _SHORT, "Số, ký hiệu quyết định: chưa ghi."),
        ("signatory", terms.signatory, _SHORT, "Người ký: chưa ghi."),
        ("signatory_office", terms.signatory_office, _SHORT, "Chức vụ người ký: chưa ghi."),
        (
            "urgent_reason",
            terms.urgent_reason if terms.urgent else "–",
            NAME_CHARACTERS,
            "Lý do ban hành khẩn: hãy ghi vì sao không chờ kết luận được.",
        ),
    )
    for field, text, longest, message in asked:
        if not text:
            raise Invalid(message, field=field)
        if len(text) > longest:
            too_long = f"{message.partition(':')[0]}: dài {len(text)} ký tự, quá {longest}."
            raise Invalid(too_long, field=field)
    if terms.effective_from < terms.issued_on:
        message = "Ngày hiệu lực: không được trước ngày ban hành."
        raise Invalid(message, field="effective_from")


def _refuse_changed(session: Session, dossier: Dossier, sha256_seen: str) -> None:
    """Issue only what the issuer looked at, and what was submitted."""
    if sha256_seen != dossier.sha256:
        raise Conflict(
            "Nội dung bạn đang xem không phải nội dung đã trình. Hãy mở lại trang ban hành, xem "
            "mã kiểm tra rồi làm lại. Chưa có gì thay đổi."
        )
    now = as_json(dossier_items.read(session, dossier.id))
    if not digest(now) == digest(dossier.content or []) == dossier.sha256:
        raise Conflict(
            "Các mục của hồ sơ không còn đúng với mã kiểm tra lúc trình nên không ban hành được. "
            "Hãy báo người quản trị kiểm tra dữ liệu. Chưa có gì thay đổi."
        )


def _refuse_taken(session: Session, number: str) -> None:
    taken = session.scalars(select(SourceDocument.number))
    if fold(number) in {fold(known) for known in taken}:
        message = f"Số, ký hiệu quyết định: «{number}» đã có trong văn bản nguồn. Hãy ghi số khác."
        raise Invalid(message, field="number")


def _decide(session: Session, dossier: Dossier, terms: Terms, *, by: int, at: datetime) -> Issuance:
    document = SourceDocument(
        number=terms.number,
        issuer=ISSUER,
        issued_on=terms.issued_on,
        title=dossier.title,
        state=SourceState.UNSIGNED,
        basis=f"Ban hành từ hồ sơ trình số {dossier.id}",
    )
    issuance = Issuance(
        dossier=dossier,
        document=document,
        sha256=dossier.sha256,
        signatory=terms.signatory,
        signatory_office=terms.signatory_office,
        effective_from=terms.effective_from,
        issued_by_id=by,
        issued_at=at,
        urgent=terms.urgent,
        urgent_reason=terms.urgent_reason if terms.urgent else "",
    )
    session.add(issuance)
    session.flush()
    return issuance


def _supersede(session: Session, planned: Enactment, *, by: int, at: datetime) -> None:
    """Close the former dossiers of which nothing stands any more."""
    touched = {each.document_id for each in planned.ended}
    former = (
        select(Issuance.dossier_id, Issuance.source_document_id)
        .join(Dossier, Dossier.id == Issuance.dossier_id)
        .where(Issuance.source_document_id.in_(touched), Dossier.state == DossierState.ISSUED)
    )
    for dossier_id, document_id in session.execute(former).all():
        worded = PositionVersion.wording_row_id.in_(issuances.worded_by(document_id))
        standing = select(PositionVersion.id).where(worded, issuances.stands()).limit(1)
        if session.scalar(standing) is None:
            dossier = dossiers.locked(session, dossier_id)
            dossier.state = after(dossier.state, Move.SUPERSEDE)
            dossiers.note(session, Move.SUPERSEDE.value, dossier, by=by, at=at)


def _refuse_settled(issuance: Issuance) -> None:
    if not issuance.urgent:
        raise Conflict("Quyết định này không ban hành khẩn nên không cần xác nhận.")
    if issuance.confirmed_at is not None:
        raise Conflict("Quyết định này đã được xác nhận rồi. Chưa có gì thay đổi.")
    if issuance.withdrawn_on is not None:
        raise Conflict("Quyết định này đã thu hồi nên không xác nhận nữa.")
