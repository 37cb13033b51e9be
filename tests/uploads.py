"""Uploaded lists as far as a person has to look at them."""

from sqlalchemy.orm import Session

from catalogue.domain import annex as annexes, diary_sheet, received as uploads
from catalogue.domain.description import Description
from catalogue.domain.diary_sheet import SheetFile
from catalogue.domain.received import ReadFile, Received
from catalogue.domain.upload import (
    Claim,
    DescriptionClaim,
    DiaryClaim,
    UploadKind,
    own_list_number,
)
from catalogue.importers import diary_files, recognising
from catalogue.models import Account, Agency, Job, Unit
from catalogue.services import files, jobs
from tests.making import AT, annex_of


def make_job(session: Session, account_id: int, agency: Agency, unit: Unit) -> Job:
    """A unit's list that was sent, read and not written yet."""
    person_id = session.get_one(Account, account_id).person_id
    content = f"danh sách {unit.code}".encode()
    file = files.store(session, "a.docx", recognising.DOCX, content, by=person_id, at=AT)
    number = own_list_number(unit.name, unit.code)
    claim = Claim(UploadKind.OWN_LIST, number, agency.id, unit.id, f"{unit.code}.docx")
    asked = jobs.ask(session, file, claim, by=person_id, at=AT)
    taken = jobs.take(session, at=AT)
    assert taken is asked
    found = annexes.as_json(annex_of(["Chuyên viên tổng hợp", "Văn thư"]))
    jobs.ready(session, taken.id, found, last=AT, at=AT)
    return asked


def make_description_job(
    session: Session, account_id: int, unit: Unit | None, *read: Description
) -> Job:
    """Descriptions that were sent for a unit, or without one for all, read and not written yet."""
    person_id = session.get_one(Account, account_id).person_id
    content = repr(read).encode()
    file = files.store(session, "mo-ta.docx", recognising.DOCX, content, by=person_id, at=AT)
    unit_id, agency_id = (unit.id, unit.agency_id) if unit else (None, None)
    claim = DescriptionClaim(unit_id, agency_id, "mo-ta.docx")
    asked = jobs.ask(session, file, claim, by=person_id, at=AT)
    taken = jobs.take(session, at=AT)
    assert taken is asked
    received = Received((ReadFile("mo-ta.docx"),), tuple((0, each) for each in read))
    jobs.ready(session, taken.id, uploads.as_json(received), last=AT, at=AT)
    return asked


def make_diary_job(session: Session, account_id: int, *read: SheetFile) -> Job:
    """The sender's own diary, read and not written yet."""
    person_id = session.get_one(Account, account_id).person_id
    content = repr((person_id, read)).encode()
    file = files.store(session, "a.xlsx", diary_files.XLSX, content, by=person_id, at=AT)
    asked = jobs.ask(session, file, DiaryClaim(person_id, None, "a.xlsx"), by=person_id, at=AT)
    taken = jobs.take(session, at=AT)
    assert taken is asked
    jobs.ready(session, taken.id, diary_sheet.as_json(read), last=AT, at=AT)
    return asked
