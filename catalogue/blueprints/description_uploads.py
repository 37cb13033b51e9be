"""Nhập bản mô tả: Word files are sent in, compared field by field, and only then put in drafts."""

from hashlib import sha256

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock, received_descriptions
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.errors import Invalid, NotAllowed, NotFound, UnreadableFile
from catalogue.domain.limits import MEBIBYTE, UPLOAD_BYTES
from catalogue.domain.reviewing import JobState
from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.upload import DescriptionClaim
from catalogue.extensions import db
from catalogue.forms.description_uploads import DescriptionUploadForm
from catalogue.forms.drafts import weights
from catalogue.importers import description_files
from catalogue.queries import catalogue, description_jobs, drafting_rights
from catalogue.queries.description_jobs import UploadPage
from catalogue.services import files, jobs, receiving

pages = Blueprint("description_uploads", __name__)

_READ = (JobState.READY, JobState.DONE)
# What is offered under «Bản mô tả của»: the value, its words, the unit and the kind of agency.
_Option = tuple[str, str, int | None, int | None]


@pages.get("/nhap-mo-ta")
@permission(Permission.DRAFT_DESCRIPTION)
def index() -> str:
    return _index_page(DescriptionUploadForm(formdata=None))


@pages.post("/nhap-mo-ta")
@permission(Permission.DRAFT_DESCRIPTION)
def upload() -> ResponseReturnValue:
    """Keep a file and ask for it to be read; nothing is read within this request."""
    person, form = viewer(), DescriptionUploadForm()
    if not form.validate():
        return _index_page(form), 422
    try:
        claim = _claim(form, person)
        content = form.content()
        media_type = description_files.media_type(content, claim.file_name)
    except (Invalid, UnreadableFile) as refusal:
        db.session.rollback()
        form.refuse(Invalid(str(refusal), field=getattr(refusal, "field", None) or "file"))
        return _index_page(form), 422
    session, at = db.session(), clock.now()
    digest = sha256(content).hexdigest()
    if known := description_jobs.written_before(session, digest, claim, person):
        flash(f"Tệp «{claim.file_name}» đã được ghi từ trước; không có gì thay đổi.")
        return redirect(url_for("description_uploads.show", job_id=known), 303)
    file = files.store(session, claim.file_name, media_type, content, by=person.person_id, at=at)
    job_id = jobs.ask(session, file, claim, by=person.person_id, at=at).id
    db.session.commit()
    return redirect(url_for("description_uploads.show", job_id=job_id), 303)


@pages.get("/nhap-mo-ta/<key:job_id>")
@permission(Permission.DRAFT_DESCRIPTION)
def show(job_id: int) -> str:
    """Show how far the reading is; once it is done, what each description would change."""
    return _page(_job(job_id))


@pages.post("/nhap-mo-ta/<key:job_id>/ghi")
@permission(Permission.DRAFT_DESCRIPTION)
def write(job_id: int) -> ResponseReturnValue:
    """Put the chosen descriptions into drafts; those that changed meanwhile stay to be seen."""
    job = _job(job_id)
    try:
        chosen = received_descriptions.choices(request.form)
    except Invalid as refusal:
        db.session.rollback()
        return _page(job, refusal=str(refusal)), 422
    outcomes = receiving.write(
        db.session(), job_id, chosen, weigh=weights, by=viewer(), at=clock.now()
    )
    for outcome in outcomes:
        flash(outcome.words)
    db.session.commit()
    return redirect(url_for("description_uploads.show", job_id=job_id), 303)


@pages.post("/nhap-mo-ta/<key:job_id>/bo")
@permission(Permission.DRAFT_DESCRIPTION)
def discard(job_id: int) -> ResponseReturnValue:
    """Leave out what was not written."""
    job = _job(job_id)
    receiving.finish(db.session(), job_id, by=viewer(), at=clock.now())
    flash(f"Đã bỏ phần chưa ghi của tệp «{job.claim.file_name}».")
    db.session.commit()
    return redirect(url_for("description_uploads.index"), 303)


def _page(job: UploadPage, refusal: str = "") -> str:
    read = {}
    if job.state in _READ:
        read = received_descriptions.context(db.session(), job, viewer())
    return render_template(
        "description_uploads/show.html", job=job, refusal=refusal, clean=_CLEAN, **read
    )


_CLEAN = received_descriptions.CLEAN


def _job(job_id: int) -> UploadPage:
    job = description_jobs.page(db.session(), job_id, viewer())
    if job is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return job


def _options(person: Viewer) -> list[_Option]:
    """List whose descriptions the person drafts: units, then general ones by kind of agency."""
    session = db.session()
    units, general = drafting_rights.drafted(session, person)
    options: list[_Option] = [
        (f"don-vi-{unit_id}", name, unit_id, agency_id) for unit_id, agency_id, name in units
    ]
    if general:
        options.append(("chung", "Bản chung, mọi loại cơ quan", None, None))
        options += [
            (f"chung-{agency_id}", f"Bản chung: {name}", None, agency_id)
            for agency_id, name, _ in catalogue.agencies(session)
        ]
    return options


def _claim(form: DescriptionUploadForm, person: Viewer) -> DescriptionClaim:
    """Put together what the form says; raises Invalid for a choice that is not offered."""
    options = _options(person)
    if not options:
        raise NotAllowed("Bạn không được giao soạn bản mô tả của đơn vị nào.")
    for value, _, unit_id, agency_id in options:
        if value == form.whose.value:
            return DescriptionClaim(unit_id, agency_id, files.cleaned_name(form.file_name))
    raise Invalid("Bản mô tả của: không có lựa chọn này.", field="whose")


def _index_page(form: DescriptionUploadForm) -> str:
    session, person = db.session(), viewer()
    paging = asked.paging(description_jobs.count(session, person))
    return render_template(
        "description_uploads/index.html",
        form=form,
        options=[(value, words) for value, words, *_ in _options(person)],
        limit=UPLOAD_BYTES // MEBIBYTE,
        paging=paging,
        listed=description_jobs.listed(
            session, person, offset=paging.offset, limit=asked.ROWS_A_PAGE
        ),
    )
