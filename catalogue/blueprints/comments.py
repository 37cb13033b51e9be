"""Writing a remark, sending it, undoing it before it was sent."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import clock
from catalogue.blueprints.guard import permission, viewer
from catalogue.blueprints.reviewing import found
from catalogue.domain.errors import Invalid, NotFound
from catalogue.domain.reviewing import Audience
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.forms.reviews import CommentForm
from catalogue.models import Comment, DossierItem
from catalogue.queries import comments as read, reviews
from catalogue.services import comments
from catalogue.services.comments import Said

pages = Blueprint("comments", __name__)


@pages.post("/ho-so/<key:dossier_id>/y-kien")
@permission(Permission.COMMENT)
def write(dossier_id: int) -> ResponseReturnValue:
    return _write(dossier_id, None)


@pages.post("/ho-so/<key:dossier_id>/muc/<key:ordinal>/y-kien")
@permission(Permission.COMMENT)
def write_on_item(dossier_id: int, ordinal: int) -> ResponseReturnValue:
    found(dossier_id)
    items = reviews.items(db.session(), dossier_id, ordinal)
    if not items:
        raise NotFound("Không tìm thấy mục này trong hồ sơ.")
    return _write(dossier_id, items[0])


@pages.post("/y-kien/<key:comment_id>/gui")
@permission(Permission.COMMENT)
def send(comment_id: int) -> ResponseReturnValue:
    person = viewer()
    comment = comments.send(db.session(), comment_id, by=person.person_id, at=clock.now())
    target = _place(comment)
    flash("Đã gửi ý kiến.")
    db.session.commit()
    return redirect(target, 303)


@pages.post("/y-kien/<key:comment_id>/bo")
@permission(Permission.COMMENT)
def discard(comment_id: int) -> ResponseReturnValue:
    comment = comments.discard(db.session(), comment_id, by=viewer().person_id)
    target = _place(comment)
    flash("Đã bỏ ý kiến chưa gửi.")
    db.session.commit()
    return redirect(target, 303)


def _write(dossier_id: int, item: DossierItem | None) -> ResponseReturnValue:
    """Keep the remark as a draft, or send it with the same button."""
    form, person, at = CommentForm(), viewer(), clock.now()
    if not form.validate():
        return _again(dossier_id, item, form), 422
    said = Said(
        item.id if item else None,
        form.audience.value or Audience.COMMITTEE,
        form.text.value or "",
    )
    try:
        comment = comments.write(db.session(), dossier_id, said, viewer=person, at=at)
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _again(dossier_id, item, form), 422
    if request.form.get("deed") == "gui":
        comments.send(db.session(), comment.id, by=person.person_id, at=at)
        flash("Đã gửi ý kiến.")
    else:
        flash("Đã lưu nháp. Chỉ bạn thấy cho đến khi gửi.")
    target = _place(comment)
    db.session.commit()
    return redirect(target, 303)


def _again(dossier_id: int, item: DossierItem | None, form: CommentForm) -> str:
    return render_template(
        "reviews/comment.html",
        dossier=found(dossier_id),
        item=item,
        audiences=read.writes_to(viewer()),
        comment_form=form,
    )


def _place(comment: Comment) -> str:
    anchor = f"y-kien-{comment.id}"
    if comment.item_id is None:
        return url_for("reviews.show", dossier_id=comment.dossier_id, _anchor=anchor)
    item = db.session.get_one(DossierItem, comment.item_id)
    return url_for(
        "review_items.show",
        dossier_id=comment.dossier_id,
        ordinal=item.ordinal,
        _anchor=anchor,
    )
