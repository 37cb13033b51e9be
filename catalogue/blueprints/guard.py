"""Deny by default: each view declares one permission, and nothing opens without it."""

from collections.abc import Callable
from typing import TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_login import UserMixin, current_user
from werkzeug.wrappers import Response

from catalogue.blueprints import clock, transactions
from catalogue.blueprints.errors import session_ended
from catalogue.domain.roles import Permission, Viewer
from catalogue.extensions import db, login
from catalogue.queries import viewers
from catalogue.services import accounts

V = TypeVar("V", bound=Callable[..., object])
_SEEN_EVERY = viewers.IDLE / 15
_DECLARED: dict[Callable[..., object], Permission] = {}


class SignedIn(UserMixin):  # type: ignore[misc]
    """What the login extension carries through a request: the secret, and whom it stands for."""

    def __init__(self, secret: str, viewer: Viewer) -> None:
        self.secret = secret
        self.viewer = viewer

    def get_id(self) -> str:
        return self.secret


def permission(required: Permission) -> Callable[[V], V]:
    """Declare what a person must be allowed to do for a view to open."""

    def declare(view: V) -> V:
        _DECLARED[view] = required
        return view

    return declare


def declared(app: Flask, endpoint: str) -> Permission | None:
    """Give the permission that an endpoint asks for; None where it declares none."""
    return (
        Permission.PUBLIC if endpoint == "static" else _DECLARED.get(app.view_functions[endpoint])
    )


def viewer() -> Viewer:
    """Give the person signed in; only for views whose permission asks for one."""
    return cast("SignedIn", current_user).viewer


def signed_in() -> Viewer | None:
    """Give the person signed in, on pages that are open to everybody too."""
    user = current_user._get_current_object()  # noqa: SLF001 (documented; each look costs a search)
    return user.viewer if isinstance(user, SignedIn) else None


def safe_next(target: str) -> str:
    """Give the page to go on to: a path of ours, or home for anything that could lead elsewhere."""
    parts = urlsplit(target.replace("\\", "/"))
    plain = target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable()
    inside = plain and not parts.scheme and not parts.netloc and "//" not in parts.path
    return target if inside and "%" not in parts.path else url_for("home.home")


def check() -> Response | tuple[str, int] | None:
    """Stop a request that is not allowed; runs before every view."""
    if request.endpoint is None or request.endpoint == "static":
        return None
    transactions.begin()
    required = declared(current_app, request.endpoint)
    if required is None:
        abort(403)
    if required is Permission.PUBLIC:
        return None
    person = signed_in()
    if person is None:
        return _ask_to_sign_in()
    if not person.may(required):
        abort(403)
    return None


@login.user_loader  # type: ignore[untyped-decorator]
def load(secret: str) -> SignedIn | None:
    """Find whom a browser's secret stands for, as granted today; None once its session ended."""
    at = clock.now()
    opened = viewers.open_session(db.session(), accounts.digest(secret), clock.today())
    if opened is None or not opened.holds(at):
        return None
    if at - opened.seen_at > _SEEN_EVERY:
        with transactions.own() as session:
            accounts.note_seen(session, opened.session_id, at=at)
        transactions.begin()
    return SignedIn(secret, opened.viewer)


def _ask_to_sign_in() -> Response | tuple[str, int]:
    if request.method == "POST":
        return session_ended()
    return redirect(url_for("signing_in.sign_in", next=request.full_path.rstrip("?")))
