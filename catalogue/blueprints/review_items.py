"""One item of a dossier: what was said of it, what is ruled, and the talk about it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import clock, confirming
from catalogue.blueprints.guard import permission, viewer
from catalogue.blueprints.offering import offered
from catalogue.blueprints.reviewing import found, review_of, shown
from catalogue.domain.errors import Invalid, NotFound
from catalogue.domain.reviewing import Verdict
from catalogue.domain.roles import Permission
from catalogue.domain.voting import Judgement
from catalogue.extensions import db
from catalogue.forms.reviews import CommentForm, RulingForm
from catalogue.models import DossierItem
from catalogue.queries import comments, reviews
from catalogue.services import rulings
from catalogue.services.rulings import RulingOvertaken

pages = Blueprint("review_items", __name__)


@pages.get("/ho-so/<key:dossier_id>/muc/<key:ordinal>")
@permission(Permission.READ_DOSSIER)
def show(dossier_id: int, ordinal: int) -> str:
    return _page(dossier_id, ordinal)


@pages.post("/ho-so/<key:dossier_id>/muc/<key:ordinal>/ket-luan")
@permission(Permission.REVIEW)
def rule(dossier_id: int, ordinal: int) -> ResponseReturnValue:
    """Rule on the item; where somebody else just did, show both and overwrite nothing."""
    confirming.require()
    form, person = RulingForm(), viewer()
    item = _item(dossier_id, ordinal)
    if not form.validate():
        return _page(dossier_id, ordinal, form=form), 422
    try:
        rulings.rule(
            db.session(),
            item.id,
            form.judgement(),
            seen=form.seen.value or 0,
            by=person.person_id,
            at=clock.now(),
            today=person.on,
        )
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(dossier_id, ordinal, form=form), 422
    except RulingOvertaken as refusal:
        db.session.rollback()
        return _page(dossier_id, ordinal, form=form, ours=refusal.ours), 409
    flash(f"Đã ghi kết luận mục {ordinal}.")
    db.session.commit()
    return redirect(url_for("review_items.show", dossier_id=dossier_id, ordinal=ordinal), 303)


def _item(dossier_id: int, ordinal: int) -> DossierItem:
    found(dossier_id)
    items = reviews.items(db.session(), dossier_id, ordinal)
    if not items:
        raise NotFound("Không tìm thấy mục này trong hồ sơ.")
    return items[0]


def _page(
    dossier_id: int,
    ordinal: int,
    *,
    form: RulingForm | None = None,
    ours: Judgement | None = None,
) -> str:
    session, person, dossier = db.session(), viewer(), found(dossier_id)
    item = _item(dossier_id, ordinal)
    review = review_of(dossier)
    remarks = comments.of_dossier(session, person, dossier_id)
    (one,) = shown(dossier, [item], review, remarks)
    offer = offered(dossier, review)
    now = one.now(offer.stage)
    return render_template(
        "reviews/item.html",
        dossier=dossier,
        one=one,
        offer=offer,
        seen=len(now.rulings) if now else 0,
        verdicts=Verdict,
        form=form or RulingForm(formdata=None),
        ours=ours,
        audiences=comments.writes_to(person),
        comment_form=CommentForm(formdata=None),
    )
