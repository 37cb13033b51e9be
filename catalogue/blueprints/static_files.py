"""Static files named by their content: a browser fetches each once, and again when it changes."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, current_app, request
from werkzeug.security import safe_join
from werkzeug.wrappers import Response

# More than there are: names that strangers make up push each other out.
_REMEMBERED = 256
_FOR_GOOD = "public, max-age=31536000, immutable"


def register(app: Flask) -> None:
    """Name the content in each file's address, and let who asks for that very content keep it."""
    app.url_defaults(_name_content)
    app.after_request(_let_keep)


def _name_content(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static" and (version := _version(values["filename"])):
        values["v"] = version


def _let_keep(response: Response) -> Response:
    if request.endpoint == "static" and (asked := request.args.get("v")):
        name = (request.view_args or {})["filename"]
        if asked == _version(name):
            response.headers["Cache-Control"] = _FOR_GOOD
    return response


def _version(name: str) -> str | None:
    """Give what stands for a file's content; None where there is no such file."""
    return _digest(current_app.static_folder or "", name)


@lru_cache(_REMEMBERED)
def _digest(folder: str, name: str) -> str | None:
    """Read a file once: what this process serves changes when the next one is started."""
    path = Path(safe_join(folder, name) or folder)
    return sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else None
