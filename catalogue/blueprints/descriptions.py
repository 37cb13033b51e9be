"""One version of a job description, as a page and as a Word file."""

from flask import Blueprint, Response, render_template

from catalogue.blueprints import clock, downloads
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.errors import NotFound
from catalogue.domain.layout import layout_on
from catalogue.domain.roles import Permission
from catalogue.exporters import description_document
from catalogue.extensions import db
from catalogue.queries import descriptions
from catalogue.queries.descriptions import StoredDescription

pages = Blueprint("descriptions", __name__)


@pages.get("/mo-ta/<key:description_id>")
@permission(Permission.READ_DESCRIPTION)
def show(description_id: int) -> str:
    return render_template("descriptions/show.html", described=_found(description_id))


@pages.get("/mo-ta/<key:description_id>.docx")
@permission(Permission.READ_DESCRIPTION)
def document(description_id: int) -> Response:
    record = _found(description_id).record
    layout = layout_on(clock.today())
    return downloads.word(description_document.write([record], layout=layout), "mô tả", record.name)


def _found(description_id: int) -> StoredDescription:
    described = descriptions.read(db.session(), description_id, viewer())
    if described is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return described
