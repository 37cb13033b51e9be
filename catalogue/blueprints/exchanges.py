"""Trao đổi: competency dictionaries for other programs, and those that other programs give."""

import json

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import case, clock, downloads
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.errors import BlockedImport, Conflict, Invalid, NotFound, UnreadableFile
from catalogue.domain.exchange import Framework
from catalogue.domain.roles import Permission
from catalogue.exporters import case_package, moodle_csv
from catalogue.extensions import db
from catalogue.forms.exchanges import FrameworkFileForm, TakeInForm
from catalogue.importers import exchanged, reading
from catalogue.models import StoredFile
from catalogue.queries import dictionaries, exchange
from catalogue.services import exchanging, files
from catalogue.services.exchanging import Source

pages = Blueprint("exchanges", __name__, url_prefix="/nang-luc/trao-doi")


@pages.get("")
@permission(Permission.READ_DESCRIPTION)
def index() -> str:
    return _index(FrameworkFileForm(formdata=None))


@pages.post("")
@permission(Permission.KEEP_COMPETENCIES)
def upload() -> ResponseReturnValue:
    """Keep a file that can be read, and show what it holds; nothing is written of it yet."""
    form = FrameworkFileForm()
    if not form.validate():
        return _index(form), 422
    content, name = form.content, form.file_name
    try:
        media_type = exchanged.media_type(name)
        reading.read_framework(content, name)
    except UnreadableFile as refusal:
        form.refuse(Invalid(str(refusal), field="file"))
        return _index(form), 422
    by = viewer().person_id
    file = files.store(db.session(), name, media_type, content, by=by, at=clock.now())
    onward = url_for("exchanges.preview", file_id=file.id)
    db.session.commit()
    return redirect(onward, 303)


@pages.get("/tep/<key:file_id>")
@permission(Permission.KEEP_COMPETENCIES)
def preview(file_id: int) -> str:
    """Show what a file holds, competency by competency, before it is written."""
    file = _file(file_id)
    framework = reading.read_framework(file.content, file.name)
    form = TakeInForm(formdata=None)
    form.since.data = f"{framework.valid_from or clock.today():%d/%m/%Y}"
    return _preview(file, framework, form)


@pages.post("/tep/<key:file_id>/ghi")
@permission(Permission.KEEP_COMPETENCIES)
def take_in(file_id: int) -> ResponseReturnValue:
    file, form = _file(file_id), TakeInForm()
    framework = reading.read_framework(file.content, file.name)
    if not form.validate():
        return _preview(file, framework, form), 422
    source = Source(file.name, file.sha256, form.day, form.backwards.data)
    try:
        fresh = exchanging.record(
            db.session(),
            framework,
            source,
            by=viewer().person_id,
            at=clock.now(),
            today=clock.today(),
        )
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _preview(_file(file_id), framework, form), 422
    except (BlockedImport, Conflict) as refusal:
        db.session.rollback()
        form.refuse(Invalid(str(refusal)))
        return _preview(_file(file_id), framework, form), 409
    if fresh:
        flash(f"Đã ghi từ điển «{framework.title}» với {len(framework.entries)} năng lực.")
    else:
        flash("Tệp này đã được ghi từ trước; không có gì thay đổi.")
    db.session.commit()
    return redirect(url_for("exchanges.index"), 303)


@pages.get("/<key:dictionary_id>.json")
@permission(Permission.READ_DESCRIPTION)
def case_file(dictionary_id: int) -> Response:
    framework = _framework(dictionary_id)
    root = request.host_url.rstrip("/") + case.ROOT
    plain = case_package.write(framework, root=root, on=clock.today())
    content = json.dumps(plain, ensure_ascii=False, indent=1).encode()
    name = downloads.file_name("case", framework.title, suffix=".json")
    return downloads.attachment(content, name, "application/json")


@pages.get("/<key:dictionary_id>.csv")
@permission(Permission.READ_DESCRIPTION)
def moodle_file(dictionary_id: int) -> Response:
    framework = _framework(dictionary_id)
    name = downloads.file_name("moodle", framework.title, suffix=".csv")
    return downloads.attachment(moodle_csv.write(framework), name, "text/csv; charset=utf-8")


@pages.post("/<key:dictionary_id>/xoa")
@permission(Permission.KEEP_COMPETENCIES)
def remove(dictionary_id: int) -> ResponseReturnValue:
    """Delete a dictionary that nothing rests on."""
    title = _framework(dictionary_id).title
    exchanging.remove(db.session(), dictionary_id, by=viewer().person_id, at=clock.now())
    flash(f"Đã xóa từ điển «{title}».")
    db.session.commit()
    return redirect(url_for("exchanges.index"), 303)


def _index(form: FrameworkFileForm) -> str:
    found = exchange.listed(db.session())
    return render_template("exchange/index.html", form=form, dictionaries=found, case=case.ROOT)


def _preview(file: StoredFile, framework: Framework, form: TakeInForm) -> str:
    since = framework.valid_from or clock.today()
    former = dictionaries.in_force(db.session(), framework.audience, since)
    return render_template(
        "exchange/preview.html",
        file=file,
        framework=framework,
        form=form,
        former=former,
        backwards=since < clock.today() or form.backwards.errors,
    )


def _framework(dictionary_id: int) -> Framework:
    for framework in exchange.frameworks(db.session(), dictionary_id):
        return framework
    raise NotFound("Không tìm thấy từ điển năng lực này.")


def _file(file_id: int) -> StoredFile:
    """Find a kept file that may be an exchanged dictionary; any other one is not there."""
    file = db.session.get(StoredFile, file_id)
    if file is None or file.media_type not in (exchanged.CASE, exchanged.MOODLE):
        raise NotFound("Không tìm thấy tệp này.")
    return file
