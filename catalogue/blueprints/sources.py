"""Where the catalogue comes from: decisions, their files, and the rows of their annexes."""

from flask import Blueprint, Response, render_template

from catalogue.blueprints import downloads
from catalogue.blueprints.filters import day
from catalogue.blueprints.guard import permission
from catalogue.domain.errors import NotFound
from catalogue.domain.roles import Permission
from catalogue.domain.words import SourceState
from catalogue.extensions import db
from catalogue.queries import issued, sources

pages = Blueprint("sources", __name__)


@pages.get("/van-ban")
@permission(Permission.READ_CATALOGUE)
def index() -> str:
    """Show how many of the fourteen decisions the catalogue rests on."""
    documents = sources.documents(db.session())
    decisions = [each for each in documents if each.number in sources.DECISIONS]
    return render_template(
        "sources/index.html",
        decisions=decisions,
        others=[each for each in documents if each.number not in sources.DECISIONS],
        expected=len(sources.DECISIONS),
        read=sum(each.state is SourceState.VERIFIED for each in decisions),
    )


@pages.get("/van-ban.csv")
@permission(Permission.READ_CATALOGUE)
def export() -> Response:
    heads = ("Số, ký hiệu", "Cơ quan ban hành", "Ngày", "Trích yếu", "Tình trạng", "Số dòng đã đọc")
    rows = (
        (each.number, each.issuer, day(each.issued_on), each.title, each.state.label, each.rows)
        for each in sources.documents(db.session())
    )
    return downloads.table("văn bản nguồn", heads, rows)


@pages.get("/van-ban/<key:document_id>")
@permission(Permission.READ_CATALOGUE)
def show(document_id: int) -> str:
    session = db.session()
    document = sources.document(session, document_id)
    if document is None:
        raise NotFound("Không tìm thấy nội dung này.")
    files = sources.files(session, document_id)
    awaits = document_id in issued.awaiting(session)
    return render_template("sources/show.html", document=document, files=files, awaits=awaits)


@pages.get("/dong-phu-luc/<key:annex_row_id>")
@permission(Permission.READ_CATALOGUE)
def annex_row(annex_row_id: int) -> str:
    row = sources.annex_row(db.session(), annex_row_id)
    if row is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return render_template("sources/annex_row.html", row=row)
