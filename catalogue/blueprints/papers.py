"""The Word papers of a dossier, the pack that comes back, and two days' catalogues compared."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock, downloads
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.errors import Invalid, NotFound, UnreadableFile
from catalogue.domain.layout import layout_on
from catalogue.domain.papers import Cover
from catalogue.domain.remarks import ReturnedPack
from catalogue.domain.roles import Permission
from catalogue.exporters import (
    answers,
    ballot_papers,
    conclusion,
    decision,
    proposal,
    review_pack,
    tracked_changes,
)
from catalogue.extensions import db
from catalogue.forms.remarks import RemarksForm
from catalogue.importers import reading
from catalogue.models import Agency, Dossier
from catalogue.queries import catalogue_lines, decision_paper, papers
from catalogue.queries.remarks import from_files
from catalogue.queries.visible import audiences
from catalogue.services import remarks

pages = Blueprint("papers", __name__)

# Notices travel in a cookie, which holds little; the page itself lists every remark.
_SHOWN = 3


@pages.get("/ho-so/<key:dossier_id>/to-trinh.docx")
@permission(Permission.READ_DOSSIER)
def proposal_paper(dossier_id: int) -> Response:
    paper = papers.proposal(db.session(), _dossier(dossier_id), clock.today())
    content = proposal.write(paper, layout=layout_on(clock.today()))
    return _answer(content, "tờ trình", paper.cover)


@pages.get("/ho-so/<key:dossier_id>/phieu-lay-y-kien.docx")
@permission(Permission.READ_DOSSIER)
def ballots(dossier_id: int) -> Response:
    paper = papers.ballots(db.session(), _dossier(dossier_id), viewer())
    content = ballot_papers.write(paper, layout=layout_on(clock.today()))
    return _answer(content, "phiếu lấy ý kiến", paper.cover)


@pages.get("/ho-so/<key:dossier_id>/tong-hop-tiep-thu.docx")
@permission(Permission.READ_DOSSIER)
def answered(dossier_id: int) -> Response:
    paper = papers.answers(db.session(), _dossier(dossier_id), viewer())
    content = answers.write(paper, layout=layout_on(clock.today()))
    return _answer(content, "tổng hợp tiếp thu", paper.cover)


@pages.get("/ho-so/<key:dossier_id>/thong-bao-ket-luan.docx")
@permission(Permission.READ_DOSSIER)
def concluded(dossier_id: int) -> Response:
    """Print the notice under the number given as `so`, or with room for one."""
    number = asked.key("so", label="Số thông báo")
    paper = papers.conclusion(db.session(), _dossier(dossier_id), clock.today(), number)
    content = conclusion.write(paper, layout=layout_on(clock.today()))
    return _answer(content, "thông báo kết luận", paper.cover)


@pages.get("/ho-so/<key:dossier_id>/quyet-dinh.docx")
@permission(Permission.READ_DOSSIER)
def decided(dossier_id: int) -> Response:
    paper = decision_paper.read(db.session(), _dossier(dossier_id), clock.today())
    content = decision.write(paper, layout=layout_on(paper.cover.letterhead.on))
    return _answer(content, "quyết định", paper.cover)


@pages.get("/ho-so/<key:dossier_id>/ban-xem-xet.docx")
@permission(Permission.READ_DOSSIER)
def pack(dossier_id: int) -> Response:
    paper = papers.review_pack(db.session(), _dossier(dossier_id), viewer())
    content = review_pack.write(paper, layout=layout_on(clock.today()))
    return _answer(content, "bản xem xét", paper.cover)


@pages.get("/ho-so/<key:dossier_id>/y-kien-tu-word")
@permission(Permission.COMMENT)
def returned(dossier_id: int) -> str:
    """Show which remarks came from Word files, and take another file."""
    return _returned_page(_dossier(dossier_id), RemarksForm(formdata=None))


@pages.post("/ho-so/<key:dossier_id>/y-kien-tu-word")
@permission(Permission.COMMENT)
def take_back(dossier_id: int) -> ResponseReturnValue:
    """Write the remarks of a pack that came back; the same file twice adds nothing."""
    dossier, form = _dossier(dossier_id), RemarksForm()
    if not form.validate():
        return _returned_page(dossier, form), 422
    try:
        _take(dossier_id, form)
    except (Invalid, UnreadableFile) as refusal:
        db.session.rollback()
        form.refuse(Invalid(str(refusal), field="file"))
        return _returned_page(_dossier(dossier_id), form), 422
    db.session.commit()
    return redirect(url_for("papers.returned", dossier_id=dossier_id), 303)


@pages.get("/danh-muc/so-sanh.docx")
@permission(Permission.READ_CATALOGUE)
def compared() -> Response:
    """Print one agency's catalogue, or all, on two days as tracked changes."""
    session, today = db.session(), clock.today()
    former, latter = asked.day("tu", default=today), asked.day("den", default=today)
    if former > latter:
        raise Invalid("Ngày: ngày đầu phải trước ngày sau. Hãy đổi chỗ hai ngày.", field="day")
    agency_id = asked.key("co-quan", label="Cơ quan")
    agency = session.get(Agency, agency_id) if agency_id else None
    if agency_id and agency is None:
        raise NotFound("Không tìm thấy nội dung này.")
    comparison = catalogue_lines.comparison(session, former, latter, agency, viewer())
    content = tracked_changes.write(comparison, layout=layout_on(today))
    return downloads.word(content, "so sánh danh mục", comparison.title)


def _dossier(dossier_id: int) -> Dossier:
    found = papers.find(db.session(), dossier_id, viewer())
    if found is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return found


def _answer(content: bytes, name: str, cover: Cover) -> Response:
    return downloads.word(content, name, f"hồ sơ {cover.dossier_id} lần {cover.number}")


def _take(dossier_id: int, form: RemarksForm) -> None:
    """Read the file outside any transaction, then write what it says."""
    db.session.rollback()
    read = reading.read_review_pack(form.content, form.file_name)
    source = remarks.Source(form.file_name, form.thread)
    written = remarks.from_file(db.session(), dossier_id, read, source, by=viewer(), at=clock.now())
    _tell(written, read)


def _tell(written: remarks.Written, read: ReturnedPack) -> None:
    flash(
        f"Đã ghi {written.added} ý kiến từ tệp Word; {written.known} ý kiến đã có từ trước. "
        f"{written.on_the_whole} ý kiến không gắn với mục nào được ghi cho cả hồ sơ."
    )
    for problem in read.problems[:_SHOWN]:
        flash(f"{problem.where}: {problem.what}. {problem.fix}")


def _returned_page(dossier: Dossier, form: RemarksForm) -> str:
    found = from_files(db.session(), dossier.id, viewer())
    return render_template(
        "papers/returned.html",
        dossier=dossier,
        form=form,
        audiences=[(each.value, each.label) for each in audiences(viewer())],
        found=found,
    )
