"""Thiết bị nhận lời nhắc: a browser hands itself in, and its owner removes it."""

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    jsonify,
    redirect,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from catalogue.blueprints import clock
from catalogue.blueprints.guard import permission, viewer
from catalogue.config import Push
from catalogue.domain.errors import Conflict, Invalid, UnreadableFile
from catalogue.domain.push import browser
from catalogue.domain.roles import Permission
from catalogue.exporters import push_message
from catalogue.extensions import db
from catalogue.forms import push as forms
from catalogue.importers import strict_json
from catalogue.queries import push_devices as queries
from catalogue.services import push_devices

pages = Blueprint("push_devices", __name__)

_MOST_BYTES = 8192


def settings() -> Push | None:
    """Give this installation's keys; None where notices go to no devices."""
    push: Push | None = current_app.extensions["catalogue_config"].push
    return push


def shown() -> dict[str, object]:
    """Prepare what the page of notices shows of devices; no key where nothing can be sent."""
    push = settings()
    if push is None:
        return {"push_key": "", "devices": []}
    own = queries.of_person(db.session(), viewer().person_id)
    devices = [(each.device_id, browser(each.to.endpoint), each.added_at) for each in own]
    return {"push_key": push_message.public_key(push.private_key), "devices": devices}


@pages.post("/loi-nhac/thiet-bi")
@permission(Permission.SIGNED_IN)
def add() -> tuple[Response, int]:
    """Keep the browser that asks; it is told in JSON, for a script asks for it."""
    if request.mimetype != "application/json":
        abort(415)
    request.max_content_length = _MOST_BYTES
    try:
        _add(request.get_data())
    except (Invalid, UnreadableFile) as refusal:
        return _refusal(refusal), 400
    except Conflict as refusal:
        return _refusal(refusal), 409
    flash("Thiết bị này sẽ nhận lời nhắc.")
    db.session.commit()
    return jsonify(), 201


@pages.post("/loi-nhac/thiet-bi/<key:device_id>/bo")
@permission(Permission.SIGNED_IN)
def remove(device_id: int) -> ResponseReturnValue:
    push_devices.remove(db.session(), device_id, by=viewer().person_id, at=clock.now())
    flash("Thiết bị ấy không nhận lời nhắc nữa.")
    db.session.commit()
    return redirect(url_for("notices.index"), 303)


def _add(data: bytes) -> None:
    push = settings()
    if push is None:
        raise Conflict("Nơi cài đặt chưa có khóa để gửi thông báo tới thiết bị.")
    told = forms.subscription(strict_json.loads(data, "đăng ký của thiết bị"), push.hosts)
    push_devices.add(db.session(), told, by=viewer().person_id, at=clock.now())


def _refusal(refusal: Exception) -> Response:
    return jsonify(loi=[{"thong_bao": str(refusal)}])
