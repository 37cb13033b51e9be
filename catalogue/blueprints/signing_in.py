"""Signing in and out, and choosing a password by a link."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from catalogue.blueprints import clock, transactions
from catalogue.blueprints.guard import load, permission, safe_next, viewer
from catalogue.domain.errors import Invalid
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.forms.signing_in import PasswordForm, SignInForm
from catalogue.services import accounts
from catalogue.services.accounts import SignInRefused, TooManyTries

pages = Blueprint("signing_in", __name__)


@pages.get("/dang-nhap")
@permission(Permission.PUBLIC)
def sign_in() -> ResponseReturnValue:
    """Ask who one is; who is signed in already goes on."""
    target = request.args.get("next", "")
    if current_user.is_authenticated:
        return redirect(safe_next(target))
    return _sign_in_page(SignInForm(formdata=None, next=target))


@pages.post("/dang-nhap")
@permission(Permission.PUBLIC)
def enter() -> ResponseReturnValue:
    form = SignInForm()
    if not form.validate():
        return _sign_in_page(form), 422
    try:
        account_id = _recognised(form)
    except (SignInRefused, TooManyTries) as refusal:
        form.form_errors.append(str(refusal))
        return _sign_in_page(form), 429 if isinstance(refusal, TooManyTries) else 422
    secret = accounts.sign_in(db.session(), account_id, at=clock.now())
    db.session.commit()
    _begin(secret)
    return redirect(safe_next(form.next.data or ""), 303)


@pages.post("/dang-xuat")
@permission(Permission.SIGNED_IN)
def sign_out() -> ResponseReturnValue:
    """End the session in the table, so that a copy of its cookie opens nothing."""
    accounts.sign_out(db.session(), current_user.secret, by=viewer().person_id, at=clock.now())
    db.session.commit()
    logout_user()
    session.clear()
    return redirect(url_for("signing_in.sign_in"), 303)


@pages.get("/mat-khau/<secret>")
@permission(Permission.PUBLIC)
def choose(secret: str) -> ResponseReturnValue:
    """Open the link without using it up: a preview of the link must not spend it."""
    link = accounts.open_link(db.session(), secret, at=clock.now())
    return _password_page(PasswordForm(formdata=None), link.account.username)


@pages.post("/mat-khau/<secret>")
@permission(Permission.PUBLIC)
def set_password(secret: str) -> ResponseReturnValue:
    link = accounts.open_link(db.session(), secret, at=clock.now())
    form = PasswordForm()
    if not form.validate():
        return _password_page(form, link.account.username), 422
    try:
        accounts.use_one_time_link(db.session(), secret, form.password.data or "", at=clock.now())
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _password_page(form, ""), 422
    db.session.commit()
    flash("Đã đặt mật khẩu. Hãy đăng nhập bằng mật khẩu mới.")
    return redirect(url_for("signing_in.sign_in"), 303)


def _recognised(form: SignInForm) -> int:
    """Compare the password while only reading: hashing must not keep others from writing."""
    name, address, at = form.username.data or "", request.remote_addr or "", clock.now()
    db.session.rollback()
    transactions.begin_reading()
    try:
        account_id = accounts.recognise(
            db.session(), name, form.password.data or "", address=address, at=at
        )
    except SignInRefused:
        with transactions.own() as own:
            accounts.note_refusal(own, name, address=address, at=at)
        raise
    db.session.rollback()
    return account_id


def _begin(secret: str) -> None:
    """Start the browser's session anew, so that nothing of an earlier one goes on."""
    session.clear()
    transactions.begin_reading()
    login_user(load(secret))


def _sign_in_page(form: SignInForm) -> str:
    return render_template("signing_in/sign_in.html", form=form)


def _password_page(form: PasswordForm, username: str) -> str:
    return render_template("signing_in/password.html", form=form, username=username)
