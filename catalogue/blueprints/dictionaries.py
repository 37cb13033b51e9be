"""Dictionaries of competencies: the list, one whole, and a new one read, looked at, then kept."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock, downloads, transactions
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.competency import Dictionary
from catalogue.domain.dictionary_changes import changes
from catalogue.domain.errors import BlockedImport, Invalid, NotFound, UnreadableFile
from catalogue.domain.framework import UNGROUPED
from catalogue.domain.limits import MEBIBYTE, UPLOAD_BYTES
from catalogue.domain.roles import Permission
from catalogue.domain.words import PositionGroup
from catalogue.exporters import workbook
from catalogue.extensions import db
from catalogue.forms.competencies import DictionaryFileForm, DictionaryForm
from catalogue.importers import reading, recognising
from catalogue.queries import dictionaries, stored_files
from catalogue.queries.dictionaries import LEVELS, Dated
from catalogue.services import competencies, files

pages = Blueprint("dictionaries", __name__)

_AUDIENCES = [(group.value, group.label) for group in PositionGroup]


@pages.get("/nang-luc/tu-dien")
@permission(Permission.READ_DESCRIPTION)
def index() -> str:
    return render_template("dictionaries/index.html", rows=dictionaries.listed(db.session()))


@pages.get("/nang-luc/tu-dien/<key:dictionary_id>")
@permission(Permission.READ_DESCRIPTION)
def show(dictionary_id: int) -> str:
    return render_template(
        "dictionaries/show.html",
        dictionary=_found(dictionary_id),
        rows=dictionaries.words_of(db.session(), dictionary_id),
        levels=LEVELS,
    )


@pages.get("/nang-luc/tu-dien/<key:dictionary_id>.csv")
@permission(Permission.READ_DESCRIPTION)
def export(dictionary_id: int) -> Response:
    heads, rows = _sheet(dictionary_id)
    return downloads.table(_found(dictionary_id).title, heads, rows)


@pages.get("/nang-luc/tu-dien/<key:dictionary_id>.xlsx")
@permission(Permission.READ_DESCRIPTION)
def export_workbook(dictionary_id: int) -> Response:
    content = workbook.write("Từ điển năng lực", *_sheet(dictionary_id))
    return downloads.workbook(content, _found(dictionary_id).title)


@pages.get("/nang-luc/tu-dien/nhap")
@permission(Permission.KEEP_COMPETENCIES)
def new() -> str:
    return _new_page(DictionaryFileForm(formdata=None))


@pages.post("/nang-luc/tu-dien/nhap")
@permission(Permission.KEEP_COMPETENCIES)
def upload() -> ResponseReturnValue:
    """Keep the file and show what it says; nothing of it is written to the dictionaries yet."""
    form = DictionaryFileForm()
    if not form.validate():
        return _new_page(form), 422
    content, name = form.content, files.cleaned_name(form.file_name)
    db.session.rollback()
    try:
        media_type = recognising.media_type(content, name)
        reading.read_dictionary(content, name)
    except UnreadableFile as refusal:
        form.refuse(Invalid(str(refusal), field="file"))
        return _new_page(form), 422
    file = files.store(
        db.session(), name, media_type, content, by=viewer().person_id, at=clock.now()
    )
    digest = file.sha256
    db.session.commit()
    return redirect(url_for("dictionaries.preview", tep=digest), 303)


@pages.get("/nang-luc/tu-dien/xem-truoc")
@permission(Permission.KEEP_COMPETENCIES)
def preview() -> str:
    """Show what a kept file says, and what it changes for the positions that it is for."""
    digest = request.args.get("tep", "")
    name, read = _read(digest)
    chosen = "danh-cho" in request.args
    proposed = PositionGroup.of_heading(read.title)
    audience = asked.word("danh-cho", PositionGroup, label="Dành cho") if chosen else proposed
    since = asked.day("tu", default=clock.today())
    session = db.session()
    former = dictionaries.in_force(session, audience, since)
    texts = dictionaries.texts_of(session, former.dictionary_id) if former else {}
    return render_template(
        "dictionaries/preview.html",
        digest=digest,
        name=name,
        read=read,
        audience=audience,
        since=since,
        audiences=_AUDIENCES,
        known=dictionaries.of_digest(session, digest),
        former=former,
        changes=changes(texts, read) if former else [],
        levels=LEVELS,
    )


@pages.post("/nang-luc/tu-dien/xem-truoc")
@permission(Permission.KEEP_COMPETENCIES)
def write() -> ResponseReturnValue:
    form = DictionaryForm()
    if not form.validate():
        message = "; ".join(words for _, words in form.refusals)
        raise Invalid(message)
    digest = form.file.value or ""
    name, read = _read(digest)
    source = competencies.Source(
        name, digest, form.since.value or clock.today(), form.audience.value
    )
    try:
        fresh = competencies.record_dictionary(
            db.session(), read, source, by=viewer().person_id, at=clock.now()
        )
    except BlockedImport as refusal:
        words = [f"{each.where}: {each.what}. {each.fix}" for each in refusal.problems]
        raise Invalid(" ".join([str(refusal), *words])) from None
    dictionary_id = _kept(digest).dictionary_id
    flash(
        f"Đã ghi từ điển «{name}»."
        if fresh
        else f"Tệp «{name}» đã được ghi từ trước; không có gì thay đổi."
    )
    db.session.commit()
    return redirect(url_for("dictionaries.show", dictionary_id=dictionary_id), 303)


def _found(dictionary_id: int) -> Dated:
    found = dictionaries.one(db.session(), dictionary_id)
    if found is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return found


def _kept(digest: str) -> Dated:
    """Find the dictionary that the file has become, now or before."""
    kept = dictionaries.of_digest(db.session(), digest)
    if kept is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return kept


def _sheet(dictionary_id: int) -> tuple[Sequence[str], list[tuple[str | None, ...]]]:
    heads = ("Nhóm", "Năng lực", *(f"Cấp {level}" for level in LEVELS))
    rows = [
        (
            each.group.label if each.group else UNGROUPED,
            each.name,
            *(each.texts.get(level) for level in LEVELS),
        )
        for each in dictionaries.words_of(db.session(), dictionary_id)
    ]
    return heads, rows


def _read(digest: str) -> tuple[str, Dictionary]:
    """Read a kept file outside any transaction; its bytes are what the digest says."""
    file = stored_files.of_digest(db.session(), digest)
    if file is None:
        raise NotFound("Không tìm thấy tệp này. Hãy tải tệp lên lại.")
    name, content = file.name, file.content
    db.session.rollback()
    read = reading.read_dictionary(content, name)
    transactions.begin()
    return name, read


def _new_page(form: DictionaryFileForm) -> str:
    context: dict[str, Any] = {"form": form, "limit": UPLOAD_BYTES // MEBIBYTE}
    return render_template("dictionaries/new.html", **context)
