"""Asking for the password again before what weighs most; given once, it is good for a while.

A view calls `require()` on its first line. A form may show the field beforehand, by including
`around/password.html`; where it does not, or what was typed is wrong, a page asks for the password
and carries along everything else that was sent.
"""

from flask import Flask, render_template, request
from flask_login import current_user

from catalogue.blueprints import clock, transactions
from catalogue.blueprints.guard import viewer
from catalogue.extensions import db
from catalogue.models import Account
from catalogue.services import accounts
from catalogue.services.accounts import PasswordNeeded, SignInRefused, TooManyTries

_FIELD = "password"
_OWN_FIELDS = frozenset(("csrf_token", _FIELD))


def register(app: Flask) -> None:
    """Let templates ask whether the field is needed, and give the refusal its page."""
    app.jinja_env.globals["password_needed"] = needed
    app.register_error_handler(PasswordNeeded, _ask)


def needed() -> bool:
    """Tell whether the password was last given too long ago."""
    return not accounts.confirmed_lately(db.session(), current_user.secret, at=clock.now())


def require() -> None:
    """Go on only where the password was given lately, or comes right with this form."""
    if not needed():
        return
    typed = request.form.get(_FIELD, "")
    if not typed:
        raise PasswordNeeded("Việc này cần bạn nhập lại mật khẩu. Chưa có gì thay đổi.")
    try:
        _compare(typed)
    except (SignInRefused, TooManyTries) as refusal:
        late = isinstance(refusal, TooManyTries)
        sentence = str(refusal) if late else "Mật khẩu chưa đúng. Chưa có gì thay đổi."
        raise PasswordNeeded(sentence) from None


def _compare(typed: str) -> None:
    """Compare while only reading, as signing in does, and write down what came of it."""
    person, at, address = viewer(), clock.now(), request.remote_addr or ""
    db.session.rollback()
    transactions.begin_reading()
    username = db.session.get_one(Account, person.account_id).username
    try:
        accounts.recognise(db.session(), username, typed, address=address, at=at)
    except SignInRefused:
        with transactions.own() as own:
            accounts.note_refusal(own, username, address=address, at=at)
        raise
    with transactions.own() as own:
        accounts.confirm(own, current_user.secret, by=person.person_id, at=at)


def _ask(refusal: PasswordNeeded) -> tuple[str, int]:
    db.session.rollback()
    transactions.begin_reading()
    kept = [pair for pair in request.form.items(multi=True) if pair[0] not in _OWN_FIELDS]
    return render_template("around/confirm.html", sentence=str(refusal), kept=kept), 403
