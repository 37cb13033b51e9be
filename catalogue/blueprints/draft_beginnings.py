"""Beginning a draft: from what is in force, from a like position, from a template, or blank."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain import drafting as contents
from catalogue.domain.description import Description
from catalogue.domain.drafting import Content
from catalogue.domain.errors import Invalid, NotAllowed, NotFound
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.forms.beginnings import BeginForm, Beginning
from catalogue.models import Unit
from catalogue.queries import descriptions, draft_starts, drafting_rights, drafts
from catalogue.queries.draft_starts import PlacedPosition
from catalogue.queries.drafts import Base
from catalogue.services import drafting
from catalogue.services.drafting import Place

pages = Blueprint("draft_beginnings", __name__)

_OWN, _SHARED = "rieng", "chung"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the address names, and for whom the person may draft it."""

    position: PlacedPosition
    unit: Unit | None
    own: bool
    shared: bool


@pages.get("/soan-mo-ta/moi")
@permission(Permission.DRAFT_DESCRIPTION)
def new() -> str:
    return _page(_asked(), BeginForm(formdata=None))


@pages.post("/soan-mo-ta/moi")
@permission(Permission.DRAFT_DESCRIPTION)
def begin() -> ResponseReturnValue:
    wish = _asked()
    form = BeginForm()
    if not form.validate():
        return _page(wish, form), 422
    unit_id = _unit_of(wish, form)
    base = drafts.base(db.session(), wish.position.position_id, unit_id, viewer())
    try:
        content = _content(wish.position, base, form)
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(wish, form), 422
    draft = drafting.begin(
        db.session(),
        Place(wish.position.version_id, unit_id),
        content,
        based_on=base.description_id if base else None,
        by=viewer().person_id,
        at=(now := clock.now()),
    )
    if draft.started_at != now:
        flash("Vị trí này đã có bản đang soạn; đây là bản ấy, chưa có gì thay đổi.")
    db.session.commit()
    return redirect(url_for("drafts.show", draft_id=draft.id), 303)


def _asked() -> _Asked:
    session, person = db.session(), viewer()
    position_id = asked.key("vi-tri", label="Vị trí")
    unit_id = asked.key("don-vi", label="Đơn vị")
    position = position_id and draft_starts.position(session, position_id, person)
    if not position:
        raise NotFound("Không tìm thấy vị trí này trong danh mục đang có hiệu lực.")
    unit = session.get(Unit, unit_id) if unit_id else None
    if unit_id and (unit is None or unit.agency_id != position.agency_id):
        raise NotFound("Đơn vị này không có vị trí ấy trong danh mục.")
    return _Asked(
        position,
        unit,
        own=unit_id is not None and drafting_rights.may_draft(session, person, unit_id),
        shared=drafting_rights.may_draft(session, person, None),
    )


def _unit_of(wish: _Asked, form: BeginForm) -> int | None:
    """Tell for whom it is drafted, or refuse who may not."""
    if form.scope.value == _OWN and wish.unit and wish.own:
        return wish.unit.id
    if form.scope.value == _SHARED and wish.shared:
        return None
    raise NotAllowed(
        "Bạn không được soạn bản mô tả này: quy định phê duyệt giao việc soạn bản riêng cho cán bộ "
        "tổ chức của đơn vị, bản dùng chung cho cán bộ tổ chức cấp tỉnh. Chưa có gì thay đổi."
    )


def _content(position: PlacedPosition, base: Base | None, form: BeginForm) -> Content:
    match form.beginning.value:
        case Beginning.PRESENT:
            return _present(base)
        case Beginning.CLONE:
            like = _read(form.like.value, "like", "Vị trí tương tự: hãy chọn một vị trí.")
            return contents.cloned(like.record, position.name, position.code)
        case Beginning.TEMPLATE:
            return _from_template(position, form.template.value)
        case _:
            return Content(Description(name=position.name, code=position.code))


def _present(base: Base | None) -> Content:
    message = "Vị trí chưa có bản đang hiệu lực. Hãy chọn cách bắt đầu khác."
    described = _read(base.description_id if base else None, "beginning", message)
    return Content(descriptions.to_go_on_from(described))


def _read(description_id: int | None, field: str, message: str) -> descriptions.StoredDescription:
    described = description_id and descriptions.read(db.session(), description_id, viewer())
    if not described:
        raise Invalid(message, field=field)
    return described


def _from_template(position: PlacedPosition, template_id: int | None) -> Content:
    template = template_id and draft_starts.template(db.session(), template_id, viewer())
    if not template:
        raise Invalid("Mẫu nhiệm vụ: hãy chọn một mẫu.", field="template")
    return contents.with_duties(template.duties, position.name, position.code)


def _page(wish: _Asked, form: BeginForm) -> str:
    session, person = db.session(), viewer()
    unit_id = wish.unit.id if wish.unit and wish.own else None
    words = asked.text("tim", label="Tìm vị trí tương tự")
    return render_template(
        "drafts/begin.html",
        wish=wish,
        form=form,
        words=words,
        base=drafts.base(session, wish.position.position_id, unit_id, person),
        like=draft_starts.like(session, wish.position, words, person),
        templates=draft_starts.templates(session, wish.position, person),
        Beginning=Beginning,
        query=request.args,
    )
