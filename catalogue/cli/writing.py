"""Writes the demonstration's Word files: one annex, one agency's descriptions, the report."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.demonstration.printed import NOTES
from catalogue.domain.hours import Month, months_between
from catalogue.domain.layout import Letterhead, layout_on
from catalogue.exporters import description_document, hours_report, position_annex
from catalogue.models import Agency
from catalogue.queries import descriptions, listings, reports

SAMPLE_AGENCY = "VPTU"


def write_samples(session: Session, folder: Path, *, today: date) -> Iterator[Path]:
    """Write each file whole and answer its path as it is done."""
    folder.mkdir(parents=True, exist_ok=True)
    layout = layout_on(today)
    agency = session.scalars(select(Agency).where(Agency.code == SAMPLE_AGENCY)).one()
    letterhead = Letterhead(
        superior="TỈNH ỦY HẬU GIANG",
        issuer="BAN CHỈ ĐẠO XÂY DỰNG VỊ TRÍ VIỆC LÀM",
        code="BCĐ",
        place="Hậu Giang",
        on=today,
    )
    listing = listings.of_agency(session, agency, today, letterhead)
    yield _written(folder / "danh-muc.docx", position_annex.write(listing, layout=layout))
    described = descriptions.of_agency(session, agency.id, today)
    yield _written(folder / "mo-ta.docx", description_document.write(described, layout=layout))
    months = months_between(Month(2024, 1), Month(2024, 3))
    report = reports.hours_report(session, months, letterhead, notes=NOTES, demonstration=True)
    yield _written(folder / "bao-cao-quy-1.docx", hours_report.write(report, layout=layout))


def _written(path: Path, content: bytes) -> Path:
    """Put the content in place at once, so that nobody opens half a file."""
    unfinished = path.with_suffix(".part")
    unfinished.write_bytes(content)
    return unfinished.replace(path)
