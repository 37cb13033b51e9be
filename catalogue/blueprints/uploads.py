"""Nhập phụ lục: a file is sent in, read beside the server, looked at, and only then written."""

from hashlib import sha256

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock, previewed
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.errors import Invalid, NotAllowed, NotFound, UnreadableFile
from catalogue.domain.limits import MEBIBYTE, UPLOAD_BYTES
from catalogue.domain.reviewing import JobState
from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.upload import Claim, UploadKind, own_list_number
from catalogue.extensions import db
from catalogue.forms.uploads import OwnListForm, SignedForm
from catalogue.importers import recognising
from catalogue.models import Agency
from catalogue.queries import catalogue, jobs as job_rows, previews, sources
from catalogue.queries.jobs import JobPage
from catalogue.services import accepting, files, jobs

pages = Blueprint("uploads", __name__)

_PREVIEWED = (JobState.READY, JobState.DONE)


@pages.get("/nhap-phu-luc")
@permission(Permission.IMPORT_ANNEX)
def index() -> str:
    return _index_page(SignedForm(formdata=None), OwnListForm(formdata=None))


@pages.post("/nhap-phu-luc")
@permission(Permission.IMPORT_ANNEX)
def upload() -> ResponseReturnValue:
    """Keep a file and ask for it to be read; nothing is read within this request."""
    person = viewer()
    form = _sent_form(person)
    if not form.validate():
        return _index_again(form), 422
    try:
        claim = _claim(form, person)
        content = form.content()
        media_type = recognising.media_type(content, claim.file_name)
    except (Invalid, UnreadableFile) as refusal:
        db.session.rollback()
        form.refuse(Invalid(str(refusal), field=getattr(refusal, "field", None) or "file"))
        return _index_again(form), 422
    if previews.written(db.session(), claim, sha256(content).hexdigest()):
        flash(f"Tệp «{claim.file_name}» đã được ghi vào danh mục từ trước; không có gì thay đổi.")
        return redirect(url_for("uploads.index"), 303)
    at = clock.now()
    file = files.store(
        db.session(), claim.file_name, media_type, content, by=person.person_id, at=at
    )
    job_id = jobs.ask(db.session(), file, claim, by=person.person_id, at=at).id
    db.session.commit()
    return redirect(url_for("uploads.show", job_id=job_id), 303)


@pages.get("/nhap-phu-luc/<key:job_id>")
@permission(Permission.IMPORT_ANNEX)
def show(job_id: int) -> str:
    """Show how far the reading is; once it is done, what was read beside the file's own rows."""
    job, session = _job(job_id), db.session()
    if job.state in _PREVIEWED:
        return render_template("uploads/show.html", job=job, **previewed.context(session, job))
    return render_template("uploads/show.html", job=job, waits=_waits(job))


@pages.post("/nhap-phu-luc/<key:job_id>/ghi")
@permission(Permission.IMPORT_ANNEX)
def write(job_id: int) -> ResponseReturnValue:
    """Write what was read, as rows of its document; nothing comes into force by it."""
    job, person = _job(job_id), viewer()
    _refuse_outside(person, job.claim)
    _, opened = accepting.accept(
        db.session(), job_id, today=clock.today(), by=person.person_id, at=clock.now()
    )
    onward = url_for("uploads.show", job_id=job_id)
    if opened is not None:
        onward = url_for("matching.show", reconciliation_id=opened.id)
    flash(f"Đã ghi {job.done} dòng vào danh mục. Chưa có gì có hiệu lực: hãy đối chiếu tiếp.")
    db.session.commit()
    return redirect(onward, 303)


@pages.post("/nhap-phu-luc/<key:job_id>/bo")
@permission(Permission.IMPORT_ANNEX)
def discard(job_id: int) -> ResponseReturnValue:
    job = _job(job_id)
    jobs.discard(db.session(), job_id, by=viewer().person_id, at=clock.now())
    flash(f"Đã bỏ tệp «{job.claim.file_name}». Chưa có gì được ghi vào danh mục.")
    db.session.commit()
    return redirect(url_for("uploads.index"), 303)


def _job(job_id: int) -> JobPage:
    job = job_rows.page(db.session(), job_id, viewer())
    if job is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return job


def _waits(job: JobPage) -> str:
    """Say what a job waits for, until its worker tells how far it is."""
    if job.state is not JobState.QUEUED:
        return "Đang mở tệp"
    if clock.now() - job.asked_at > job_rows.SILENCE:
        return (
            "Chưa có tiến trình nào nhận đọc tệp này. Nếu chờ lâu, hãy báo người quản trị "
            "chạy lệnh «catalogue work»."
        )
    ahead = job_rows.ahead_of(db.session(), job.job_id)
    return f"Đang chờ, còn {ahead} tệp trước" if ahead else "Đang chờ đến lượt"


def _imports_for_all(person: Viewer) -> bool:
    return person.units(Permission.IMPORT_ANNEX) is None


def _refuse_outside(person: Viewer, claim: Claim) -> None:
    """Stop who no longer answers for the unit of the list, or never did for all of its kind."""
    units = person.units(Permission.IMPORT_ANNEX)
    if units is not None and claim.unit_id not in units:
        message = "Chỉ cán bộ tổ chức cấp tỉnh, hoặc của chính đơn vị đó, được ghi danh sách này."
        raise NotAllowed(message)


def _sent_form(person: Viewer) -> SignedForm | OwnListForm:
    if request.form.get("kind") != UploadKind.SIGNED:
        return OwnListForm()
    if not _imports_for_all(person):
        raise NotAllowed("Chỉ cán bộ tổ chức cấp tỉnh được nhập văn bản đã ký.")
    return SignedForm()


def _claim(form: SignedForm | OwnListForm, person: Viewer) -> Claim:
    """Put together what the form says; raises Invalid for a choice that is not offered."""
    session, name = db.session(), files.cleaned_name(form.file_name)
    if isinstance(form, SignedForm):
        agency = session.get(Agency, form.agency.value)
        if agency is None:
            raise Invalid("Loại cơ quan: không có lựa chọn này.", field="agency")
        return Claim(UploadKind.SIGNED, form.number.value or "", agency.id, None, name)
    for unit in job_rows.own_units(session, person):
        if unit.unit_id == form.unit.value:
            number = own_list_number(unit.name, unit.code)
            return Claim(UploadKind.OWN_LIST, number, unit.agency_id, unit.unit_id, name)
    raise Invalid("Đơn vị: không có lựa chọn này.", field="unit")


def _index_again(form: SignedForm | OwnListForm) -> str:
    """Draw the page once more around the form that was refused."""
    if isinstance(form, SignedForm):
        return _index_page(form, OwnListForm(formdata=None))
    return _index_page(SignedForm(formdata=None), form)


def _index_page(signed: SignedForm, own_list: OwnListForm) -> str:
    session, person = db.session(), viewer()
    for_all = _imports_for_all(person)
    paging = asked.paging(job_rows.count(session, person))
    return render_template(
        "uploads/index.html",
        signed=signed if for_all else None,
        own_list=own_list,
        numbers=[each.number for each in sources.documents(session)] if for_all else [],
        agencies=[(each_id, name) for each_id, name, _ in catalogue.agencies(session)],
        units=[(str(each.unit_id), each.name) for each in job_rows.own_units(session, person)],
        limit=UPLOAD_BYTES // MEBIBYTE,
        paging=paging,
        listed=job_rows.listed(session, person, offset=paging.offset, limit=asked.ROWS_A_PAGE),
    )
