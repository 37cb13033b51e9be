"""Nhập nhật ký: spreadsheets are sent in, looked at row by row, and only then written."""

from dataclasses import replace
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain import diary_plan
from catalogue.domain.diary_plan import Fate
from catalogue.domain.errors import Conflict, Invalid, NotFound, UnreadableFile
from catalogue.domain.limits import DIARIES_BYTES, MEBIBYTE, UPLOAD_BYTES
from catalogue.domain.reviewing import JobState
from catalogue.domain.roles import Permission, Viewer
from catalogue.domain.upload import DiaryClaim
from catalogue.extensions import db
from catalogue.forms.diary_uploads import DiaryUploadForm
from catalogue.importers.delimited import CP1258
from catalogue.importers.diary_files import DiaryFiles
from catalogue.importers.refusals import WINDOWS_1258
from catalogue.models import Job
from catalogue.queries import diary_jobs
from catalogue.queries.diary_jobs import DiaryJob
from catalogue.services import diary_matching, diary_uploads, files, jobs

pages = Blueprint("diary_uploads", __name__)

_OWN, _ALL, _UNIT = "minh", "tinh", "don-vi-"


@pages.get("/nhap-nhat-ky")
@permission(Permission.LOG_OWN_DAY)
def index() -> str:
    return _index_page(DiaryUploadForm(formdata=None))


@pages.post("/nhap-nhat-ky")
@permission(Permission.LOG_OWN_DAY)
def upload() -> ResponseReturnValue:
    """Keep a file and ask for it to be read; nothing is read within this request."""
    person, form = viewer(), DiaryUploadForm()
    if not form.validate():
        return _index_page(form), 422
    try:
        claim = _claim(form, person)
        content = form.content()
        media_type = DiaryFiles(content, claim.file_name).media_type
    except (Invalid, UnreadableFile) as refusal:
        db.session.rollback()
        form.refuse(Invalid(str(refusal), field=getattr(refusal, "field", None) or "file"))
        return _index_page(form), 422
    session, at, by = db.session(), clock.now(), person.person_id
    file = files.store(session, claim.file_name, media_type, content, by=by, at=at)
    job_id = jobs.ask(session, file, claim, by=by, at=at).id
    db.session.commit()
    return redirect(url_for("diary_uploads.show", job_id=job_id), 303)


@pages.get("/nhap-nhat-ky/<key:job_id>")
@permission(Permission.LOG_OWN_DAY)
def show(job_id: int) -> str:
    """Show how far the reading is; then what would be written; at last what was."""
    job = _job(job_id)
    read: dict[str, Any] = {}
    if job.state is JobState.READY:
        read = _preview(job)
    elif job.state is JobState.DONE:
        read = _report(job)
    else:
        read = {"old_encoding": WINDOWS_1258 in (job.refusal or "")}
    return render_template("diary_uploads/show.html", job=job, **read)


@pages.post("/nhap-nhat-ky/<key:job_id>/ghi")
@permission(Permission.LOG_OWN_DAY)
def write(job_id: int) -> ResponseReturnValue:
    """Write what may be written; the page then tells what became of every file."""
    _job(job_id)
    diary_uploads.write(db.session(), job_id, today=clock.today(), by=viewer(), at=clock.now())
    flash("Đã ghi vào nhật ký. Kết quả của từng tệp ở bên dưới.")
    db.session.commit()
    return redirect(url_for("diary_uploads.show", job_id=job_id), 303)


@pages.post("/nhap-nhat-ky/<key:job_id>/doc-lai")
@permission(Permission.LOG_OWN_DAY)
def read_again(job_id: int) -> ResponseReturnValue:
    """Have the file read once more, in the encoding that a person chose after seeing it."""
    session, at, by = db.session(), clock.now(), viewer().person_id
    former = session.get_one(Job, _job(job_id).job_id)
    if former.state not in (JobState.FAILED, JobState.READY):
        raise Conflict("Tệp này đã được đọc và ghi, hoặc đã được bỏ. Hãy tải tệp lên lại.")
    if files.is_emptied(session, former.file_id):
        raise Conflict("Tệp nêu văn bản mật nên không được giữ. Hãy sửa tệp rồi tải lên lại.")
    claim = replace(DiaryClaim.from_json(former.given), encoding=CP1258)
    diary_uploads.refuse_claim(claim, viewer())
    asked_for = jobs.ask(session, former.file, claim, by=by, at=at).id
    db.session.commit()
    return redirect(url_for("diary_uploads.show", job_id=asked_for), 303)


@pages.post("/nhap-nhat-ky/<key:job_id>/bo")
@permission(Permission.LOG_OWN_DAY)
def discard(job_id: int) -> ResponseReturnValue:
    """Leave the file out; nothing of it was written."""
    job = _job(job_id)
    diary_uploads.refuse_claim(job.claim, viewer())
    jobs.discard(db.session(), job_id, by=viewer().person_id, at=clock.now())
    flash(f"Đã bỏ tệp «{job.claim.file_name}»; không có gì được ghi.")
    db.session.commit()
    return redirect(url_for("diary_uploads.index"), 303)


def _preview(job: DiaryJob) -> dict[str, Any]:
    """Plan the import, and prepare one page of its rows."""
    session = db.session()
    read, _ = diary_jobs.found(session, job.job_id)
    planned = diary_matching.plan(
        session,
        read,
        job.claim,
        today=clock.today(),
        waived=diary_uploads.is_waived(job.claim),
    ).files
    rows = [(file.name, each) for file in planned for each in file.rows]
    paging = asked.paging(len(rows))
    shown = rows[paging.offset : paging.offset + asked.ROWS_A_PAGE]
    sums = diary_plan.sums(planned)
    return {
        "files": planned,
        "sums": [(fate.label, sums[fate]) for fate in Fate],
        "rows": [(name, each, diary_matching.proposed(each)) for name, each in shown],
        "paging": paging,
        "writable": sums[Fate.LINE] + sums[Fate.PENDING] > 0,
        "blocked": sum(file.blocked for file in planned),
        "old_encoding": any(WINDOWS_1258 in file.refusal for file in planned),
    }


def _report(job: DiaryJob) -> dict[str, Any]:
    """Prepare what became of every file; days are told only to whom they belong."""
    _, report = diary_jobs.found(db.session(), job.job_id)
    own = job.claim.person_id == viewer().person_id
    told = {day for file in report for day in file.get("days", ())} if own else set[str]()
    return {
        "report": report,
        "old_encoding": False,
        "own": own,
        "waiting": sum(file["pending"] for file in report),
        "days": sorted(map(date.fromisoformat, told)),
    }


def _job(job_id: int) -> DiaryJob:
    job = diary_jobs.page(db.session(), job_id, viewer())
    if job is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return job


def _options(person: Viewer) -> list[tuple[str, str]]:
    """List whose diaries the person may bring in: the own one first."""
    own = [(_OWN, "Của tôi")]
    if not person.may(Permission.IMPORT_DIARIES):
        return own
    if person.units(Permission.IMPORT_DIARIES) is None:
        own.append((_ALL, "Của nhiều đơn vị trong tỉnh"))
    units = diary_jobs.units(db.session(), person)
    return own + [(f"{_UNIT}{unit_id}", name) for unit_id, name in units]


def _claim(form: DiaryUploadForm, person: Viewer) -> DiaryClaim:
    """Put together what the form says; raises Invalid for a choice that is not offered."""
    chosen, name = form.whose.value or "", files.cleaned_name(form.file_name)
    if chosen not in dict(_options(person)):
        raise Invalid("Nhật ký của: không có lựa chọn này.", field="whose")
    if chosen == _OWN:
        return DiaryClaim(person.person_id, None, name)
    unit_id = int(chosen.removeprefix(_UNIT)) if chosen.startswith(_UNIT) else None
    return DiaryClaim(None, unit_id, name)


def _index_page(form: DiaryUploadForm) -> str:
    session, person = db.session(), viewer()
    paging = asked.paging(diary_jobs.count(session, person))
    return render_template(
        "diary_uploads/index.html",
        form=form,
        options=_options(person),
        limit=UPLOAD_BYTES // MEBIBYTE,
        zip_limit=DIARIES_BYTES // MEBIBYTE,
        paging=paging,
        listed=diary_jobs.listed(session, person, offset=paging.offset, limit=asked.ROWS_A_PAGE),
    )
