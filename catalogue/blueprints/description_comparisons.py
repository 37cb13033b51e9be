"""Two job descriptions side by side: any two versions, or a draft beside what is in force."""

from datetime import UTC, datetime, time
from typing import Any

from flask import Blueprint, Response, render_template, request

from catalogue.blueprints import asked, clock, downloads
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.description_changes import by_section, compare
from catalogue.domain.errors import NotFound
from catalogue.domain.layout import layout_on
from catalogue.domain.roles import Permission
from catalogue.exporters import revised_description
from catalogue.extensions import db
from catalogue.queries import description_sides
from catalogue.queries.description_sides import Side

pages = Blueprint("description_comparisons", __name__)

_VIEWS = (("mot-cot", "Một cột"), ("hai-cot", "Hai cột"))
Sides = tuple[Side, Side]


@pages.get("/mo-ta/so-sanh")
@permission(Permission.READ_DESCRIPTION)
def versions() -> str:
    """Compare two versions; until both are chosen, offer those to choose from."""
    before, after = _versions()
    text = asked.text("q", label="Tìm vị trí")
    positions = {side.position_id for side in (before, after) if side}
    picks = description_sides.picks(db.session(), positions, text, viewer())
    return render_template(
        "description_changes/versions.html",
        text=text,
        options=[(each.description_id, each.words) for each in picks],
        chosen=_chosen(),
        **_compared(before, after),
    )


@pages.get("/mo-ta/so-sanh.docx")
@permission(Permission.READ_DESCRIPTION)
def versions_document() -> Response:
    before, after = _versions()
    if before is None or after is None:
        raise NotFound("Hãy chọn đủ hai bản để so sánh.")
    return _document(before, after)


@pages.get("/soan-mo-ta/<key:draft_id>/so-sanh")
@permission(Permission.READ_DRAFT)
def draft(draft_id: int) -> str:
    before, after = _draft(draft_id)
    return render_template(
        "description_changes/draft.html",
        draft_id=draft_id,
        number=_number(),
        numbers=description_sides.submissions(db.session(), draft_id),
        **_compared(before, after),
    )


@pages.get("/soan-mo-ta/<key:draft_id>/so-sanh.docx")
@permission(Permission.READ_DRAFT)
def draft_document(draft_id: int) -> Response:
    return _document(*_draft(draft_id))


def _chosen() -> tuple[int | None, int | None]:
    return asked.key("tu", label="Bản trước"), asked.key("den", label="Bản sau")


def _versions() -> tuple[Side | None, Side | None]:
    """Read the versions that are asked for; one that is named and not there is not found."""
    wanted = [each for each in _chosen() if each is not None]
    found = description_sides.of_versions(db.session(), wanted, viewer())
    if len(found) < len(set(wanted)):
        raise NotFound("Không tìm thấy nội dung này.")
    before, after = (found.get(each) if each else None for each in _chosen())
    return before, after


def _draft(draft_id: int) -> Sides:
    found = description_sides.of_draft(db.session(), draft_id, _number(), viewer())
    if found is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return found


def _number() -> int | None:
    return asked.key("lan", label="Bản trình lần")


def _compared(before: Side | None, after: Side | None) -> dict[str, Any]:
    changes = compare(before.record, after.record) if before and after else []
    return {
        "before": before,
        "after": after,
        "changes": changes,
        "sections": by_section(changes),
        "views": _VIEWS,
        "view": "hai-cot" if request.args.get("cach") == "hai-cot" else "mot-cot",
    }


def _document(before: Side, after: Side) -> Response:
    """Answer the form with tracked changes, signed by who brought the latter side about."""
    today = clock.today()
    last = after.deeds[-1] if after.deeds else None
    content = revised_description.write(
        before.record,
        after.record,
        endings=after.endings,
        author=last.by if last else after.title,
        at=last.at if last else datetime.combine(today, time(), UTC),
        layout=layout_on(today),
    )
    return downloads.word(content, "so sánh mô tả", after.record.name)
