"""Job descriptions as Word files: one, a draft, or all those of a unit in a zip or bound."""

from flask import Blueprint, Response

from catalogue.blueprints import clock, downloads
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.errors import NotFound
from catalogue.domain.layout import layout_on
from catalogue.domain.roles import Permission
from catalogue.exporters import description_bundle, description_document
from catalogue.extensions import db
from catalogue.queries import printed_descriptions, units
from catalogue.queries.printed_descriptions import Printed

pages = Blueprint("description_files", __name__)


@pages.get("/mo-ta/<key:description_id>.docx")
@permission(Permission.READ_DESCRIPTION)
def version(description_id: int) -> Response:
    return _word(printed_descriptions.version(db.session(), description_id, viewer()), "mô tả")


@pages.get("/soan-mo-ta/<key:draft_id>.docx")
@permission(Permission.READ_DRAFT)
def draft(draft_id: int) -> Response:
    return _word(printed_descriptions.draft(db.session(), draft_id, viewer()), "dự thảo mô tả")


@pages.get("/don-vi/<key:unit_id>/mo-ta.zip")
@permission(Permission.READ_DESCRIPTION)
def zipped(unit_id: int) -> Response:
    unit, found = _of_unit(unit_id)
    content = description_bundle.zipped(found, layout=layout_on(clock.today()))
    name = downloads.file_name("mô tả công việc", unit, suffix=".zip")
    return downloads.attachment(content, name, "application/zip")


@pages.get("/don-vi/<key:unit_id>/mo-ta.docx")
@permission(Permission.READ_DESCRIPTION)
def bound(unit_id: int) -> Response:
    unit, found = _of_unit(unit_id)
    content = description_bundle.bound(unit, found, layout=layout_on(clock.today()))
    return downloads.word(content, "mô tả công việc", unit)


def _word(found: Printed | None, kind: str) -> Response:
    if found is None:
        raise NotFound("Không tìm thấy nội dung này.")
    record, origin = found
    layout = layout_on(clock.today())
    content = description_document.write([record], layout=layout, origins=[origin])
    return downloads.word(content, kind, record.name)


def _of_unit(unit_id: int) -> tuple[str, list[Printed]]:
    """Give a unit's name and what is in force there; refuses a unit without any."""
    unit = units.page(db.session(), unit_id, viewer())
    if unit is None:
        raise NotFound("Không tìm thấy nội dung này.")
    found = printed_descriptions.of_unit(db.session(), unit_id, viewer())
    if not found:
        raise NotFound(f"{unit.name} chưa có bản mô tả công việc nào đang hiệu lực để tải về.")
    return unit.name, found
