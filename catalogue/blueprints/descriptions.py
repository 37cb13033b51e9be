"""One version of a job description, and who of its holders have read it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import clock
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.errors import Invalid, NotFound
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.forms.dossiers import SubmitForm
from catalogue.queries import acknowledgements, approved, descriptions
from catalogue.queries.descriptions import StoredDescription
from catalogue.services import acknowledging

pages = Blueprint("descriptions", __name__)


@pages.get("/mo-ta/<key:description_id>")
@permission(Permission.READ_DESCRIPTION)
def show(description_id: int) -> str:
    described, session, person = _found(description_id), db.session(), viewer()
    return render_template(
        "descriptions/show.html",
        described=described,
        approved=None
        if described.version.file_name
        else approved.of_description(session, description_id),
        readers=acknowledgements.readers(session, description_id, person),
    )


@pages.post("/mo-ta/<key:description_id>/da-doc")
@permission(Permission.ACKNOWLEDGE)
def acknowledge(description_id: int) -> ResponseReturnValue:
    """Write down that the holder has read the description of their position."""
    _found(description_id)
    if not SubmitForm().validate():
        raise Invalid("Biểu mẫu này không còn dùng được. Hãy mở lại trang rồi xác nhận lại.")
    acknowledging.acknowledge(db.session(), description_id, viewer(), at=clock.now())
    flash("Đã ghi: bạn đã đọc bản mô tả công việc của vị trí bạn giữ.")
    db.session.commit()
    return redirect(url_for("descriptions.show", description_id=description_id), 303)


def _found(description_id: int) -> StoredDescription:
    described = descriptions.read(db.session(), description_id, viewer())
    if described is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return described
