"""Who drafts, appraises and approves descriptions, from which day to which, on what basis."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import clock, confirming
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.errors import Conflict, Invalid
from catalogue.domain.roles import GRANTED, Permission
from catalogue.domain.words import Role
from catalogue.extensions import db
from catalogue.forms.approving import RuleForm
from catalogue.queries import approval_rules as found, units
from catalogue.services import approval_rules
from catalogue.services.approval_rules import Ruled

pages = Blueprint("approval_rules", __name__)


@pages.get("/phan-cap")
@permission(Permission.READ_DRAFT)
def index() -> str:
    return _page(RuleForm(formdata=None))


@pages.post("/phan-cap")
@permission(Permission.SET_APPROVAL_RULE)
def add() -> ResponseReturnValue:
    """Set a rule; the one of the same reach before it ends the day before."""
    confirming.require()
    form = RuleForm()
    if not form.validate():
        return _page(form), 422
    person = viewer()
    try:
        approval_rules.add(
            db.session(), _ruled(form), by=person.person_id, at=clock.now(), today=person.on
        )
    except (Invalid, Conflict) as refusal:
        db.session.rollback()
        form.refuse(refusal if isinstance(refusal, Invalid) else Invalid(str(refusal)))
        return _page(form), 422
    flash("Đã ghi quy định mới.")
    db.session.commit()
    return redirect(url_for("approval_rules.index"), 303)


def _ruled(form: RuleForm) -> Ruled:
    drafter, appraiser = form.drafter.value, form.appraiser.value
    approver, since = form.approver.value, form.since.value
    if drafter is None or appraiser is None or approver is None or since is None:
        raise Invalid("Biểu mẫu này không còn dùng được. Hãy mở lại trang rồi ghi lại.")
    return Ruled(
        general=bool(form.kind.value),
        unit_id=_unit(form.unit.value),
        drafter=drafter,
        appraiser=appraiser,
        approver=approver,
        basis=form.basis.value or "",
        since=since,
    )


def _unit(chosen: int | None) -> int | None:
    """Take only units that there are: an identifier may be anything."""
    if chosen is not None and units.page(db.session(), chosen, viewer()) is None:
        raise Invalid("Đơn vị: hãy chọn trong danh sách.", field="unit")
    return chosen


def _page(form: RuleForm) -> str:
    session, person = db.session(), viewer()
    changes = person.may(Permission.SET_APPROVAL_RULE)
    return render_template(
        "approving/rules.html",
        rules=found.history(session),
        units=[(each.unit_id, each.name) for each in units.units(session, person)]
        if changes
        else (),
        roles={
            "drafter": _roles(Permission.DRAFT_DESCRIPTION),
            "appraiser": _roles(Permission.APPRAISE_DESCRIPTION),
            "approver": _roles(Permission.APPROVE_DESCRIPTION),
        },
        changes=changes,
        form=form,
    )


def _roles(permission: Permission) -> list[tuple[str, str]]:
    return [(role.value, role.label) for role in Role if role in GRANTED[permission]]
