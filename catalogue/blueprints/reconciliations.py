"""Reconciliations: all of them, a new one, and the decisions against the units."""

from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import clock, downloads
from catalogue.blueprints.filters import moment
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.errors import Invalid
from catalogue.domain.roles import Permission
from catalogue.domain.words import UNSIGNED
from catalogue.extensions import db
from catalogue.forms.reconciliations import OpenForm
from catalogue.queries import matrix, openings, reconciliations
from catalogue.queries.openings import OpenFile
from catalogue.queries.reconciliations import Lists
from catalogue.services import matching

pages = Blueprint("reconciliations", __name__)

_NO_FILE = "không có tệp cho loại cơ quan này"


@pages.get("/doi-chieu")
@permission(Permission.READ_RECONCILIATION)
def index() -> str:
    listed = reconciliations.listed(db.session(), viewer())
    return render_template("reconciliations/index.html", rows=listed)


@pages.get("/doi-chieu.csv")
@permission(Permission.READ_RECONCILIATION)
def export() -> Response:
    heads = ("Loại cơ quan", "Đơn vị", "Văn bản", "Tệp", "Danh sách của đơn vị", "Mở lúc")
    rows = (
        (
            each.agency,
            each.unit,
            each.document,
            each.file_name,
            each.own_file_name or "đang có hiệu lực",
            moment(each.started_at),
            each.ruled,
            each.rows,
            each.document_state.label,
        )
        for each in reconciliations.listed(db.session(), viewer())
    )
    progress = ("Số dòng đã đối chiếu", "Tổng số dòng", "Tình trạng văn bản")
    return downloads.table("đối chiếu", (*heads, *progress), rows)


@pages.get("/doi-chieu/moi")
@permission(Permission.RECONCILE)
def choose() -> str:
    asked = {name: request.args.get(name, "") for name in ("official_file", "unit", "own_file")}
    return _form_page(OpenForm(formdata=None, data=asked))


@pages.post("/doi-chieu/moi")
@permission(Permission.RECONCILE)
def open_new() -> ResponseReturnValue:
    """Open the two lists side by side, or go to where they already stand so."""
    form = OpenForm()
    if not form.validate():
        return _form_page(form), 422
    try:
        lists = _lists(form)
        opened = matching.open(
            db.session(),
            lists.agency_id,
            lists.official_file_id,
            unit_id=lists.unit_id,
            own_file_id=lists.own_file_id,
            by=viewer().person_id,
            at=clock.now(),
        )
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _form_page(form), 422
    flash("Hai danh sách đã được đặt cạnh nhau.")
    target = url_for("matching.show", reconciliation_id=opened.id)
    db.session.commit()
    return redirect(target, 303)


@pages.get("/doi-chieu/ma-tran")
@permission(Permission.READ_RECONCILIATION)
def show_matrix() -> str:
    table = matrix.matrix(db.session(), viewer())
    return render_template("reconciliations/matrix.html", table=table)


@pages.get("/doi-chieu/ma-tran.csv")
@permission(Permission.READ_RECONCILIATION)
def export_matrix() -> Response:
    table = matrix.matrix(db.session(), viewer())
    heads = ("Đơn vị", "Quyết định", "Trùng khớp", "Khác", "Của địa phương", "Còn thiếu")
    rows = (
        (line.name, decision.number, *_figures(decision, cell), decision.state.label)
        for line in table.lines
        for decision, cell in zip(table.decisions, line.cells, strict=True)
    )
    return downloads.table("ma trận đối chiếu", (*heads, "Chưa đối chiếu", "Tình trạng"), rows)


def _figures(decision: matrix.Decision, cell: matrix.Cell | None) -> tuple[object, ...]:
    if cell is None:
        return (_NO_FILE if decision.read else UNSIGNED, "", "", "", "")
    return cell.matched, cell.differing, cell.local, cell.missing, cell.unverified


def _lists(form: OpenForm) -> Lists:
    """Give the lists chosen, all of them within what the person reconciles."""
    session, person = db.session(), viewer()
    files = {each.file_id: each for each in openings.official_files(session, person)}
    official = files.get(form.official_file.value or 0)
    if official is None:
        raise Invalid("Văn bản, tệp: không có lựa chọn này.", field="official_file")
    unit_id, own_file_id = form.unit.value, form.own_file.value
    units = [each.unit_id for each in openings.units(session, person)]
    if unit_id is None and person.units(Permission.RECONCILE) is not None:
        raise Invalid("Đơn vị: hãy chọn đơn vị của bạn.", field="unit")
    if unit_id is not None and unit_id not in units:
        raise Invalid("Đơn vị: không có lựa chọn này.", field="unit")
    sent = [each.file_id for each in openings.own_files(session, person)]
    if own_file_id is not None and own_file_id not in sent:
        raise Invalid("Danh sách của đơn vị: không có lựa chọn này.", field="own_file")
    return Lists(official.agency_id, official.file_id, unit_id, own_file_id)


def _form_page(form: OpenForm) -> str:
    session, person = db.session(), viewer()
    return render_template(
        "reconciliations/new.html",
        form=form,
        files=_options(openings.official_files(session, person)),
        units=[(str(each.unit_id), each.name) for each in openings.units(session, person)],
        own_files=_options(openings.own_files(session, person)),
        of_all=person.units(Permission.RECONCILE) is None,
    )


def _options(files: Sequence[OpenFile]) -> list[tuple[str, str]]:
    return [
        (str(each.file_id), f"{each.agency}: {each.document}, tệp {each.file_name}")
        for each in files
    ]
