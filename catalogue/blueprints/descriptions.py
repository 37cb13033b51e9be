"""One version of a job description, as a page and as a Word file."""

from flask import Blueprint, render_template

from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.errors import NotFound
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.queries import descriptions
from catalogue.queries.descriptions import StoredDescription

pages = Blueprint("descriptions", __name__)


@pages.get("/mo-ta/<key:description_id>")
@permission(Permission.READ_DESCRIPTION)
def show(description_id: int) -> str:
    return render_template("descriptions/show.html", described=_found(description_id))


def _found(description_id: int) -> StoredDescription:
    described = descriptions.read(db.session(), description_id, viewer())
    if described is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return described
