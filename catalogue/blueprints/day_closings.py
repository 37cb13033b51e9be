"""Chốt ngày: my word that a day is whole, or that I am away on it."""

from datetime import date

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.absences import AbsenceKind
from catalogue.domain.errors import Conflict, Invalid
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.models import Absence
from catalogue.queries import own_days
from catalogue.services import absences, closing_days

pages = Blueprint("day_closings", __name__)

# What the buttons say: the kind of absence, and whether it is half a day.
_AWAY = {
    "leave": (AbsenceKind.LEAVE, False),
    "half-leave": (AbsenceKind.LEAVE, True),
    "mission": (AbsenceKind.MISSION, False),
}


@pages.post("/ngay-cua-toi/chot")
@permission(Permission.LOG_OWN_DAY)
def close() -> ResponseReturnValue:
    """Close the day, or open it again."""
    session, by, chosen = db.session(), viewer().person_id, _day()
    if request.form.get("op") == "reopen":
        closing_days.reopen(session, chosen, today=clock.today(), by=by, at=clock.now())
        flash(f"Đã mở lại ngày {chosen:%d/%m/%Y}.")
    else:
        closing_days.close(session, chosen, today=clock.today(), by=by, at=clock.now())
        flash(f"Đã chốt ngày {chosen:%d/%m/%Y}: đã đủ.")
    db.session.commit()
    return redirect(url_for("diary.day", ngay=chosen), 303)


@pages.post("/ngay-cua-toi/vang")
@permission(Permission.LOG_OWN_DAY)
def away() -> ResponseReturnValue:
    """Record that I am away on the day, or take that back."""
    session, by, chosen = db.session(), viewer().person_id, _day()
    told = request.form.get("op", "")
    if told == "back":
        absence = absences.withdraw(session, _own_absence(chosen, by), by=by, at=clock.now())
        flash(f"Đã rút {absence.kind.label.lower()} {_span(absence)}.")
    elif told in _AWAY:
        kind, half = _AWAY[told]
        absences.enter(session, by, kind, chosen, chosen, half=half, by=by, at=clock.now())
        flash(f"Đã ghi ngày {chosen:%d/%m/%Y}: {kind.label}{', nửa ngày' if half else ''}.")
    else:
        raise Invalid("Không có lựa chọn này.")
    db.session.commit()
    return redirect(url_for("diary.day", ngay=chosen), 303)


def _day() -> date:
    return asked.day("ngay", default=clock.today())


def _span(absence: Absence) -> str:
    first, last = absence.first_day, absence.last_day
    if first == last:
        return f"ngày {first:%d/%m/%Y}"
    return f"từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}"


def _own_absence(chosen: date, by: int) -> int:
    found = own_days.absence_entered_by_oneself(db.session(), by, chosen)
    if found is None:
        message = (
            "Ngày vắng này không do bạn ghi. Hãy báo thủ trưởng hoặc cán bộ đầu mối của đơn vị."
        )
        raise Conflict(message)
    return found
