"""The catalogue, and one position with its wordings, its description and where it comes from."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock, downloads, drawn
from catalogue.blueprints.guard import permission, viewer
from catalogue.blueprints.links import path_before
from catalogue.domain.errors import NotFound
from catalogue.domain.issuer import letterhead
from catalogue.domain.layout import layout_on
from catalogue.domain.roles import Permission
from catalogue.domain.words import LabelledWord, PositionGroup, Role
from catalogue.exporters import position_annex
from catalogue.extensions import db
from catalogue.models import Agency
from catalogue.queries import catalogue, descriptions, drafts, listings, successions, wordings
from catalogue.queries.catalogue import Proof, Sort, Wanted

pages = Blueprint("positions", __name__)


@pages.get("/danh-muc")
@permission(Permission.READ_CATALOGUE)
def index() -> str:
    wanted = _wanted()
    session, person = db.session(), viewer()
    paging = asked.paging(catalogue.count(session, wanted, person))
    found = catalogue.positions(
        session, wanted, person, offset=paging.offset, limit=asked.ROWS_A_PAGE
    )
    path = path_before("positions.show", "position_id")
    return render_template(
        "positions/index.html",
        wanted=wanted,
        paging=paging,
        rows=drawn.rows(
            _ROW,
            (
                (f"{path}{key}", name, code, agency, group, state, document)
                for key, name, code, agency, group, _, state, document in found
            ),
        ),
        choice=_CHOICE,
        agencies=tuple((agency_id, name) for agency_id, name, _ in catalogue.agencies(session)),
        groups=_GROUPS,
        proofs=_PROOFS,
        sorts=_SORTS,
        query={name: value for name, value in request.args.items() if name != "trang"},
    )


@pages.get("/danh-muc.csv")
@permission(Permission.READ_CATALOGUE)
def export() -> Response:
    heads = ("Tên vị trí", "Mã", "Cơ quan", "Nhóm", "Ngạch, chức danh", "Tình trạng", "Nguồn")
    found = catalogue.positions(db.session(), _wanted(), viewer())
    rows = (
        (
            each.name,
            each.code,
            each.agency,
            each.group.label if each.group else None,
            each.rank,
            each.state.label,
            each.document_state.label,
        )
        for each in found
    )
    return downloads.table("danh mục vị trí việc làm", heads, rows)


@pages.get("/vi-tri/<key:position_id>")
@permission(Permission.READ_CATALOGUE)
def show(position_id: int) -> ResponseReturnValue:
    session, person = db.session(), viewer()
    position = wordings.page(session, position_id, person)
    if position is None:
        raise NotFound("Không tìm thấy nội dung này.")
    versions = descriptions.versions(session, position_id, person)
    present = descriptions.in_force(versions, person.on, person.scopes.get(Role.STAFF) or ())
    described = present and descriptions.read(session, present.description_id, person)
    came_from, led_to = successions.around(session, position_id, person)
    return render_template(
        "positions/show.html",
        position=position,
        versions=versions,
        described=described,
        came_from=came_from,
        led_to=led_to,
        drafts=drafts.of_position(session, position_id, person)
        if person.may(Permission.READ_DRAFT)
        else (),
    )


@pages.get("/danh-muc/<key:agency_id>.docx")
@permission(Permission.READ_CATALOGUE)
def document(agency_id: int) -> Response:
    """Print one agency's catalogue as an annex."""
    session, today = db.session(), clock.today()
    agency = session.get(Agency, agency_id)
    if agency is None:
        raise NotFound("Không tìm thấy nội dung này.")
    listing = listings.of_agency(session, agency, today, letterhead(today))
    content = position_annex.write(listing, layout=layout_on(today))
    return downloads.word(content, "danh mục", agency.name)


def _wanted() -> Wanted:
    return Wanted(
        text=asked.text("tim", label="Tìm"),
        agency_id=asked.key("co-quan", label="Cơ quan"),
        group=asked.word("nhom", PositionGroup, label="Nhóm"),
        proof=asked.word("kiem-chung", Proof, label="Kiểm chứng"),
        sort=asked.word("sap-xep", Sort, label="Sắp xếp") or Sort.AGENCY,
    )


def _options(words: type[LabelledWord]) -> tuple[tuple[str, str], ...]:
    return tuple((word.value, word.label) for word in words)


_CHOICE = drawn.once("macros/forms.html", "choice")
_ROW = drawn.once("positions/row.html", "row")
_GROUPS, _PROOFS, _SORTS = _options(PositionGroup), _options(Proof), _options(Sort)
