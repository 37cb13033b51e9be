"""Units: the tree, and one unit with its positions and its people."""

from flask import Blueprint, Response, render_template

from catalogue.blueprints import downloads
from catalogue.blueprints.guard import permission, viewer
from catalogue.blueprints.links import path_before
from catalogue.domain.errors import NotFound
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.queries import acknowledgements, printed_descriptions, successions, units
from catalogue.queries.units import UnitPage

pages = Blueprint("units", __name__)


@pages.get("/don-vi")
@permission(Permission.READ_UNIT)
def index() -> str:
    return render_template(
        "units/index.html",
        units=units.units(db.session(), viewer()),
        unit_path=path_before("units.show", "unit_id"),
    )


@pages.get("/don-vi.csv")
@permission(Permission.READ_UNIT)
def export() -> Response:
    rows = ((each.code, each.name, each.parent) for each in units.units(db.session(), viewer()))
    return downloads.table("đơn vị", ("Mã", "Tên đơn vị", "Thuộc"), rows)


@pages.get("/don-vi/<key:unit_id>")
@permission(Permission.READ_UNIT)
def show(unit_id: int) -> str:
    unit, session, person = _found(unit_id), db.session(), viewer()
    return render_template(
        "units/show.html",
        unit=unit,
        parts=units.parts(session, unit_id, person),
        held=units.held(session, unit_id, person.on),
        led_to=successions.from_unit(session, unit_id, person),
        described=printed_descriptions.are_there(session, unit_id, person),
        members=units.members(session, unit_id, person.on),
        read_at=acknowledgements.of_unit(session, unit_id, person),
    )


@pages.get("/don-vi/<key:unit_id>.csv")
@permission(Permission.READ_UNIT)
def export_members(unit_id: int) -> Response:
    unit = _found(unit_id)
    rows = (
        (each.name, each.position, each.kind.label)
        for each in units.members(db.session(), unit_id, viewer().on)
    )
    return downloads.table(f"nhân sự {unit.name}", ("Họ và tên", "Vị trí", "Hình thức"), rows)


def _found(unit_id: int) -> UnitPage:
    unit = units.page(db.session(), unit_id, viewer())
    if unit is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return unit
