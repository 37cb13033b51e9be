"""Milestones as a calendar: a file for who is signed in, an address for a calendar program."""

from flask import Blueprint, Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import clock, downloads
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.errors import NotFound
from catalogue.domain.roles import Permission, Viewer
from catalogue.exporters import calendar_feed
from catalogue.exporters.calendar_feed import Entry
from catalogue.extensions import db
from catalogue.queries import milestones, viewers
from catalogue.services import accounts, milestones as changing

pages = Blueprint("calendars", __name__)

_KIND = "text/calendar; charset=utf-8"
_TITLE = "Mốc thời hạn vị trí việc làm"


@pages.get("/moc-thoi-han.ics")
@permission(Permission.READ_MILESTONE)
def own() -> Response:
    return _calendar(viewer())


@pages.get("/lich/<secret>.ics")
@permission(Permission.PUBLIC)
def feed(secret: str) -> Response:
    """Answer a calendar program, which cannot sign in: its address is its proof."""
    reader = viewers.of_feed(db.session(), accounts.digest(secret), clock.today())
    if reader is None or not reader.may(Permission.READ_MILESTONE):
        raise NotFound("Không tìm thấy nội dung này.")
    return _calendar(reader)


@pages.post("/moc-thoi-han/dia-chi-lich")
@permission(Permission.READ_MILESTONE)
def renew() -> ResponseReturnValue:
    """Give a new address, shown once; the former one ends."""
    person = viewer()
    secret = changing.renew_feed(
        db.session(), person.account_id, by=person.person_id, at=clock.now()
    )
    address = url_for("calendars.feed", secret=secret, _external=True)
    flash(f"Địa chỉ lịch của riêng bạn (chỉ hiện lần này, địa chỉ cũ đã ngừng): {address}")
    db.session.commit()
    return redirect(url_for("milestones.index"), 303)


def _calendar(person: Viewer) -> Response:
    units = person.units(Permission.READ_MILESTONE)
    entries = [
        Entry(
            number=each.milestone_id,
            name=each.name,
            due_on=each.due_among(units),
            revision=len(each.extensions),
            added_at=each.added_at,
            revised_at=each.revised_at,
        )
        for each in milestones.deadlines(db.session())
    ]
    return downloads.attachment(calendar_feed.write(_TITLE, entries), "moc-thoi-han.ics", _KIND)
