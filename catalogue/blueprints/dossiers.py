"""Dossiers as the organiser drafts them: gathered from reconciled lists, then submitted."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import clock, confirming, downloads
from catalogue.blueprints.filters import day, moment
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.errors import Invalid, NotFound
from catalogue.domain.roles import Permission
from catalogue.domain.states import OPEN_TO_EDIT
from catalogue.extensions import db
from catalogue.forms.dossiers import DossierForm, GatherForm, LeaveOutForm, SubmitForm
from catalogue.models import Dossier
from catalogue.queries import dossiers as found, units
from catalogue.services import dossier_items, dossiers

pages = Blueprint("dossiers", __name__)


@pages.get("/ho-so")
@permission(Permission.READ_DOSSIER)
def index() -> str:
    return render_template("dossiers/index.html", rows=found.listed(db.session(), viewer()))


@pages.get("/ho-so.csv")
@permission(Permission.READ_DOSSIER)
def export() -> Response:
    heads = (
        *("Hồ sơ", "Lần soạn", "Đơn vị", "Trạng thái", "Ngày trình", "Hạn cho ý kiến"),
        *("Số mục", "Số mục khác"),
    )
    rows = (
        (
            each.title,
            each.number,
            each.unit or "Nhiều đơn vị",
            each.state.label,
            moment(each.submitted_at) if each.submitted_at else "",
            day(each.due_on) if each.due_on else "",
            each.items,
            each.differing,
        )
        for each in found.listed(db.session(), viewer())
    )
    return downloads.table("hồ sơ trình", heads, rows)


@pages.get("/ho-so/moi")
@permission(Permission.DRAFT_DOSSIER)
def new() -> str:
    return _new_page(DossierForm(formdata=None))


@pages.post("/ho-so/moi")
@permission(Permission.DRAFT_DOSSIER)
def begin() -> ResponseReturnValue:
    form = DossierForm()
    if not form.validate():
        return _new_page(form), 422
    if form.due_on.value and form.due_on.value < clock.today():
        form.refuse(Invalid("Xin ý kiến trước ngày: ngày này đã qua.", field="due_on"))
        return _new_page(form), 422
    dossier = dossiers.draft(
        db.session(),
        form.title.value or "",
        unit_id=form.unit.value,
        due_on=form.due_on.value,
        by=viewer().person_id,
        at=clock.now(),
    )
    flash("Đã mở hồ sơ. Hãy thêm các mục đã đối chiếu.")
    db.session.commit()
    return redirect(url_for("dossiers.draft", dossier_id=dossier.id), 303)


@pages.get("/ho-so/<key:dossier_id>/soan")
@permission(Permission.DRAFT_DOSSIER)
def draft(dossier_id: int) -> ResponseReturnValue:
    """Show what the draft holds, and what it may still gather."""
    dossier = _dossier(dossier_id)
    if dossier.state not in OPEN_TO_EDIT:
        return redirect(url_for("reviews.show", dossier_id=dossier_id), 303)
    return _draft_page(dossier)


@pages.post("/ho-so/<key:dossier_id>/them")
@permission(Permission.DRAFT_DOSSIER)
def gather(dossier_id: int) -> ResponseReturnValue:
    form = GatherForm()
    dossier = _dossier(dossier_id)
    if not form.validate():
        return _draft_page(dossier, form), 422
    gathered = dossier_items.gather(
        db.session(),
        dossier_id,
        _reconciliation(dossier, form),
        by=viewer().person_id,
        at=clock.now(),
    )
    flash(f"Đã thêm {gathered} mục." if gathered else "Không có mục nào mới để thêm.")
    db.session.commit()
    return redirect(url_for("dossiers.draft", dossier_id=dossier_id), 303)


@pages.post("/ho-so/<key:dossier_id>/bo")
@permission(Permission.DRAFT_DOSSIER)
def leave_out(dossier_id: int) -> ResponseReturnValue:
    form = LeaveOutForm()
    dossier = _dossier(dossier_id)
    if not form.validate():
        return _draft_page(dossier), 422
    dossier_items.leave_out(
        db.session(), dossier_id, form.match.value or 0, by=viewer().person_id, at=clock.now()
    )
    flash("Đã bỏ mục này khỏi hồ sơ; kết quả đối chiếu vẫn còn, có thể thêm lại.")
    db.session.commit()
    return redirect(url_for("dossiers.draft", dossier_id=dossier_id), 303)


@pages.post("/ho-so/<key:dossier_id>/trinh")
@permission(Permission.DRAFT_DOSSIER)
def submit(dossier_id: int) -> ResponseReturnValue:
    """Freeze the content and hand it to the committee."""
    confirming.require()
    _dossier(dossier_id)
    form = SubmitForm()
    if not form.validate():
        raise Invalid("Biểu mẫu này không còn dùng được. Hãy mở lại trang rồi trình lại.")
    dossier = dossiers.submit(db.session(), dossier_id, by=viewer().person_id, at=clock.now())
    flash(f"Đã trình {len(dossier.items)} mục. Nội dung từ nay không sửa được nữa.")
    db.session.commit()
    return redirect(url_for("reviews.show", dossier_id=dossier_id), 303)


def _dossier(dossier_id: int) -> Dossier:
    dossier = found.one(db.session(), dossier_id, viewer())
    if dossier is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return dossier


def _reconciliation(dossier: Dossier, form: GatherForm) -> int:
    """Take only lists that the person sees: an identifier may be anything."""
    ready = {each.reconciliation_id for each in found.ready_lists(db.session(), dossier, viewer())}
    chosen = form.reconciliation.value
    if chosen not in ready:
        raise NotFound("Danh sách này không còn mục nào để thêm.")
    return chosen


def _new_page(form: DossierForm) -> str:
    choices = [(unit.unit_id, unit.name) for unit in units.units(db.session(), viewer())]
    return render_template("dossiers/new.html", form=form, units=choices)


def _draft_page(dossier: Dossier, form: GatherForm | None = None) -> str:
    return render_template(
        "dossiers/draft.html",
        dossier=dossier,
        ready=found.ready_lists(db.session(), dossier, viewer()),
        form=form or GatherForm(formdata=None),
        differing=sum(item.differs for item in dossier.items),
    )
