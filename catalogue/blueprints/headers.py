"""Headers that every answer carries."""

from flask import Flask, request
from werkzeug.wrappers import Response

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_ALWAYS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
_OF_PAGES = {"Cache-Control": "no-store", "Vary": "Cookie"}
_OF_HTTPS = {"Strict-Transport-Security": "max-age=31536000"}


def register(app: Flask) -> None:
    """Add the headers after every request, failures included."""
    app.after_request(_dress)


def _dress(response: Response) -> Response:
    response.headers.extend(_ALWAYS)  # no page sets one of them itself
    if request.endpoint != "static":
        response.headers.update(_OF_PAGES)
    if request.is_secure:
        response.headers.update(_OF_HTTPS)
    return response
