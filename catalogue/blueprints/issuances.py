"""Issuing a dossier, and the decision that came of it: confirming it, withdrawing it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import clock, confirming
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.errors import Invalid, NotFound
from catalogue.domain.issuing import in_fours
from catalogue.domain.roles import Permission
from catalogue.domain.states import Move, Moves
from catalogue.extensions import db
from catalogue.forms.issuing import ConfirmForm, IssueForm, WithdrawForm
from catalogue.models import Dossier
from catalogue.queries import issuances, issued
from catalogue.queries.issued import Issued
from catalogue.services import enactment, issuing, withdrawing

pages = Blueprint("issuances", __name__)


@pages.get("/ho-so/<key:dossier_id>/ban-hanh")
@permission(Permission.ISSUE)
def prepare(dossier_id: int) -> str:
    """Show what issuing would change, under the digest of exactly that."""
    dossier, today = _dossier(dossier_id), clock.today()
    proposed = {
        "issued_on": today.isoformat(),
        "effective_from": today.isoformat(),
        "sha256_seen": dossier.sha256,
        "urgent": Move.ISSUE not in Moves(dossier.state),
    }
    return _issue_page(dossier, IssueForm(formdata=None, data=proposed))


@pages.post("/ho-so/<key:dossier_id>/ban-hanh")
@permission(Permission.ISSUE)
def issue(dossier_id: int) -> ResponseReturnValue:
    confirming.require()
    dossier, form = _dossier(dossier_id), IssueForm()
    if not form.validate():
        return _issue_page(dossier, form), 422
    try:
        made = issuing.issue(
            db.session(), dossier_id, form.terms(), by=viewer().person_id, at=clock.now()
        )
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _issue_page(_dossier(dossier_id), form), 422
    issuance_id = made.id
    flash("Đã ban hành. Mã kiểm tra và các bản in ở bên dưới.")
    db.session.commit()
    return redirect(url_for("issuances.show", issuance_id=issuance_id), 303)


@pages.get("/ban-hanh")
@permission(Permission.READ_CATALOGUE)
def index() -> str:
    return render_template("issuances/index.html", decisions=issued.decisions(db.session()))


@pages.get("/ban-hanh/<key:issuance_id>")
@permission(Permission.READ_CATALOGUE)
def show(issuance_id: int) -> str:
    return _page(_found(issuance_id), _unasked(ConfirmForm), _unasked(WithdrawForm))


@pages.post("/ban-hanh/<key:issuance_id>/xac-nhan")
@permission(Permission.ISSUE)
def confirm(issuance_id: int) -> ResponseReturnValue:
    """Confirm an urgent issue: another person, with a reason."""
    confirming.require()
    form = ConfirmForm()
    if not form.validate():
        return _page(_found(issuance_id), form, _unasked(WithdrawForm)), 422
    reason, by = form.reason.value or "", viewer().person_id
    try:
        issuing.confirm_urgent(db.session(), issuance_id, reason, by=by, at=clock.now())
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(_found(issuance_id), form, _unasked(WithdrawForm)), 422
    flash("Đã xác nhận việc ban hành khẩn.")
    db.session.commit()
    return redirect(url_for("issuances.show", issuance_id=issuance_id), 303)


@pages.post("/ban-hanh/<key:issuance_id>/thu-hoi")
@permission(Permission.ISSUE)
def withdraw(issuance_id: int) -> ResponseReturnValue:
    confirming.require()
    form = WithdrawForm()
    if not form.validate():
        return _page(_found(issuance_id), _unasked(ConfirmForm), form), 422
    reason, on, by = form.reason.value or "", form.last_day(), viewer().person_id
    try:
        withdrawing.withdraw(db.session(), issuance_id, reason, on, by=by, at=clock.now())
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(_found(issuance_id), _unasked(ConfirmForm), form), 422
    flash("Đã thu hồi. Những gì quyết định này đã thay thế có hiệu lực trở lại từ ngày hôm sau.")
    db.session.commit()
    return redirect(url_for("issuances.show", issuance_id=issuance_id), 303)


def _unasked(form: type[ConfirmForm] | type[WithdrawForm]) -> ConfirmForm | WithdrawForm:
    return form(formdata=None, data={"on": clock.today().isoformat()})


def _dossier(dossier_id: int) -> Dossier:
    dossier = issuances.dossier(db.session(), dossier_id, viewer())
    if dossier is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return dossier


def _found(issuance_id: int) -> Issued:
    found = issued.decision(db.session(), issuance_id)
    if found is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return found


def _issue_page(dossier: Dossier, form: IssueForm) -> str:
    moves = Moves(dossier.state)
    return render_template(
        "issuances/issue.html",
        dossier=dossier,
        dossier_path=_dossier_path(dossier.id),
        planned=enactment.of(db.session(), dossier.id),
        digest=in_fours(dossier.sha256 or ""),
        open=Move.ISSUE in moves or Move.ISSUE_URGENTLY in moves,
        form=form,
    )


def _page(
    found: Issued,
    confirm_form: ConfirmForm | WithdrawForm,
    withdraw_form: ConfirmForm | WithdrawForm,
) -> str:
    return render_template(
        "issuances/show.html",
        decision=found,
        dossier_path=_dossier_path(found.dossier_id),
        digest=in_fours(found.sha256),
        rows=issued.printed(db.session(), found.document_id),
        may_withdraw=Move.WITHDRAW in Moves(found.state),
        confirm_form=confirm_form,
        withdraw_form=withdraw_form,
    )


def _dossier_path(dossier_id: int) -> str:
    """Give the dossier's own page, below which its papers are."""
    return url_for("issuances.prepare", dossier_id=dossier_id).removesuffix("/ban-hanh")
