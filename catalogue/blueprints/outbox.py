"""Working without a network: what a device keeps, and how it hands in what was typed meanwhile."""

from hashlib import sha256
from pathlib import Path

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    jsonify,
    render_template,
    request,
    url_for,
)
from flask_wtf.csrf import generate_csrf

from catalogue.blueprints import clock
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.errors import Invalid, UnreadableFile
from catalogue.domain.roles import Permission
from catalogue.domain.words import WorkPlace
from catalogue.extensions import db
from catalogue.forms import outbox as forms
from catalogue.forms.diary import FIELDS
from catalogue.importers import strict_json
from catalogue.queries import diary, tasks
from catalogue.services import outbox

pages = Blueprint("outbox", __name__)

# What a page without a network is drawn with.
_KEPT_FILES = (
    "vendor/bootstrap/bootstrap.min.css",
    "site.css",
    "diary.css",
    "outbox-store.js",
    "outbox.js",
    "offline-check.js",
    "offline.js",
    "icon.svg",
)


@pages.get("/ngay-cua-toi/tren-may.json")
@permission(Permission.LOG_OWN_DAY)
def known() -> Response:
    """Give a device what typing without a network needs: whose it is, the day, one's tasks."""
    person, today = viewer(), clock.today()
    own = tasks.own_tasks(db.session(), person.person_id, today)
    work = diary.open_work(db.session(), person.person_id)
    return jsonify(
        person=person.person_id,
        name=person.name,
        today=today.isoformat(),
        csrf=generate_csrf(),
        tasks=[
            {
                "task": str(each.task_version_id),
                "task_id": each.task_id,
                "duty": each.duty,
                "text": each.text,
                "product": each.product or "",
                "kind": each.kind.value if each.kind else "",
            }
            for each in own
        ],
        work=[
            {"work_item": str(each.work_item_id), "task_id": each.task_id, "title": each.title}
            for each in work
        ],
    )


@pages.post("/ngay-cua-toi/gui")
@permission(Permission.LOG_OWN_DAY)
def send() -> tuple[Response, int]:
    """Write what a device kept; answers line by line, so that it forgets what is written here."""
    if request.mimetype != "application/json":
        abort(415)
    try:
        lines = forms.typed(strict_json.loads(request.get_data(), "dòng gửi từ máy"))
    except (Invalid, UnreadableFile) as refusal:
        return _refusal(refusal), 400
    kept, unread = forms.read(lines)
    written = outbox.take_in(
        db.session(), kept, by=viewer().person_id, today=clock.today(), at=clock.now()
    )
    answers = [
        {"entry_key": each.entry_key, "refusal": each.refusal} for each in (*written, *unread)
    ]
    db.session.commit()
    return jsonify(lines=answers), 200


@pages.get("/ngoai-tuyen")
@permission(Permission.PUBLIC)
def shell() -> str:
    """Draw the page that a device keeps; nothing of a person stands in it."""
    return _shell()


@pages.get("/sw.js")
@permission(Permission.PUBLIC)
def worker() -> Response:
    """Give the script that answers for the server when it cannot be reached."""
    files = [url_for("static", filename=name) for name in _KEPT_FILES]
    script = render_template(
        "outbox/sw.js",
        version=_version(),
        shell=url_for("outbox.shell"),
        files=[url_for("outbox.shell"), *files],
        day=url_for("diary.day"),
    )
    return Response(script, content_type="text/javascript; charset=utf-8")


@pages.get("/manifest.webmanifest")
@permission(Permission.PUBLIC)
def manifest() -> Response:
    """Let the program be installed on a device."""
    told = {
        "name": "Nhật ký công việc Hậu Giang",
        "short_name": "Nhật ký",
        "lang": "vi",
        "start_url": url_for("diary.day"),
        "scope": url_for("home.home"),
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#8a1c1c",
        "icons": [
            {
                "src": url_for("static", filename="icon.svg"),
                "sizes": "any",
                "type": "image/svg+xml",
                "purpose": "any",
            }
        ],
    }
    answer = jsonify(told)
    answer.content_type = "application/manifest+json"
    return answer


def _shell() -> str:
    return render_template("outbox/offline.html", labels=FIELDS, places=WorkPlace)


def _version() -> str:
    """Name what the device keeps by its content, so that a change is fetched and nothing else."""
    folder = Path(current_app.static_folder or "")
    digest = sha256(_shell().encode())
    for name in _KEPT_FILES:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:16]


def _refusal(refusal: Exception) -> Response:
    return jsonify(loi=[{"thong_bao": str(refusal)}])
