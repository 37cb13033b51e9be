"""Saving one section of a draft: by a button, by a key, or by itself while somebody types."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from catalogue.blueprints import clock, draft_editor
from catalogue.blueprints.draft_editor import SLUGS, Opened, Part
from catalogue.blueprints.filters import moment
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain import drafting as contents
from catalogue.domain.description import Section
from catalogue.domain.drafting import Content
from catalogue.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from catalogue.domain.limits import SECTION_BYTES
from catalogue.domain.roles import Permission
from catalogue.domain.text import clean
from catalogue.extensions import db
from catalogue.forms import sheet_moves
from catalogue.forms.drafts import EDITORS
from catalogue.forms.sheet_reading import Reading
from catalogue.forms.sheets import Sheet, typed
from catalogue.services import drafting
from catalogue.services.drafting import SectionChanged

pages = Blueprint("draft_sections", __name__)

_BY_ITSELF = "autosave"
_KEEP_MINE = "keep"
_DRAWN_ALONE = "X-Draft-Section"


@dataclass(frozen=True, slots=True)
class _Sent:
    """A section as it was sent, after the move that was asked for; `focus` is where to go on."""

    asked: str
    part: Part
    focus: str
    pasted: int

    @property
    def by_itself(self) -> bool:
        return self.asked == _BY_ITSELF


@pages.post("/soan-mo-ta/<key:draft_id>/<part>")
@permission(Permission.DRAFT_DESCRIPTION)
def save(draft_id: int, part: str) -> ResponseReturnValue:
    """Write what was typed, after the move of rows that was asked for."""
    section = SLUGS.get(part)
    if section is None:
        raise NotFound("Không tìm thấy mục này.")
    draft = draft_editor.opened(draft_id)
    sent = _sent(draft, section)
    if sent.part.sheet.weight() > SECTION_BYTES:
        abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        _refuse_others(draft)
    except Conflict as refusal:
        return _refused(draft, sent, {sent.part.slug: str(refusal)}, HTTPStatus.CONFLICT)
    reading = Reading(draft.former)
    content = EDITORS[section].read(sent.part.sheet, draft.content, reading)
    if reading.errors:
        return _refused(draft, sent, reading.errors)
    try:
        return _written(draft, sent, content)
    except SectionChanged as refusal:
        return _changed(draft_id, sent, refusal)


def _refuse_others(draft: Opened) -> None:
    drafting.open_to_write(db.session(), draft.draft.id)
    if not draft.may_edit:
        raise NotAllowed(
            "Bạn không được soạn bản này: quy định phê duyệt giao việc soạn cho vai trò khác. "
            "Chưa có gì thay đổi."
        )


def _sent(draft: Opened, section: Section) -> _Sent:
    """Read the form and move its rows as asked."""
    seen = request.form.get("seen", "")
    if not (seen.isascii() and seen.isdigit() and len(seen) < len("1000000000")):
        raise Invalid("Biểu mẫu này không còn dùng được. Hãy mở lại trang rồi ghi lại.")
    sheet = typed(EDITORS[section].shape(draft.former), request.form)
    asked = request.form.get("op", "save")
    if asked == _KEEP_MINE:
        sheet.rest_on(draft_editor.saved(draft, section).sheet)
    pasted = sheet_moves.count_pasted(sheet)
    focus = sheet_moves.carry_out(sheet, asked)
    if asked != _BY_ITSELF:
        sheet_moves.paste_all(sheet)
    if asked == "save":
        sheet.drop_blank()
    sheet.renumber()
    return _Sent(asked, Part(section, sheet, int(seen)), focus, pasted)


def _written(draft: Opened, sent: _Sent, content: Content) -> ResponseReturnValue:
    section = sent.part.section
    saved = drafting.save(
        db.session(),
        draft.draft.id,
        content,
        {section: sent.part.revision},
        by=viewer().person_id,
        at=clock.now(),
    )
    sent.part.sheet.settle()
    part = replace(sent.part, revision=saved.revisions[section.value])
    present = replace(draft, content=contents.from_json(saved.content))
    said = f"Đã lưu lúc {moment(saved.changed_at)[:5]}."
    if sent.pasted and not sent.by_itself:
        said = f"{said} Đã dán {sent.pasted} việc."
    answer = _answer(present, replace(sent, part=part), said)
    db.session.commit()
    return answer


def _answer(draft: Opened, sent: _Sent, said: str) -> ResponseReturnValue:
    if sent.by_itself:
        told = {"said": said, "revision": sent.part.revision, "others": draft_editor.others(draft)}
        return jsonify(told | {"lacking": draft_editor.lacking(draft)})
    if _DRAWN_ALONE in request.headers:
        answer = Response(draft_editor.alone(draft, sent.part, said))
        answer.headers["X-Focus"] = sent.focus
        return answer
    flash(f"Mục «{sent.part.section.label}»: {said}")
    address = url_for("drafts.show", draft_id=draft.draft.id)
    return redirect(f"{address}#{sent.focus or sent.part.slug}", 303)


def _refused(
    draft: Opened,
    sent: _Sent,
    errors: Mapping[str, str],
    status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY,
) -> ResponseReturnValue:
    """Show every error beside its field; nothing was written, nothing typed is lost."""
    if sent.by_itself:
        said = f"Chưa lưu được: {next(iter(errors.values()))}"
        return jsonify(said=said, errors=errors), status
    draw = draft_editor.alone if _DRAWN_ALONE in request.headers else draft_editor.page
    return draw(draft, replace(sent.part, errors=errors)), status


def _changed(draft_id: int, sent: _Sent, refusal: SectionChanged) -> ResponseReturnValue:
    """Show both sides field by field; the person's own is sent again only if it is chosen."""
    db.session.rollback()
    if sent.by_itself:
        return jsonify(said=f"Chưa lưu được: {refusal}"), HTTPStatus.CONFLICT
    theirs = draft_editor.saved(draft_editor.opened(draft_id), sent.part.section)
    page = render_template(
        "drafts/conflict.html",
        draft_id=draft_id,
        part=theirs,
        refusal=refusal,
        both=_differing(sent.part.sheet, theirs.sheet),
        mine=list(sent.part.sheet.fields()),
        rows=[row.at for row in sent.part.sheet.all_rows()],
    )
    return page, HTTPStatus.CONFLICT


def _differing(own: Sheet, saved: Sheet) -> list[tuple[str, str | None, str | None]]:
    """Lay the fields side by side that differ; None where one side has no such row."""
    mine = {each.name: each for each in own.fields()}
    theirs = {each.name: each for each in saved.fields()}
    both = [
        (
            each.label,
            mine[name].text if name in mine else None,
            theirs[name].text if name in theirs else None,
        )
        for name, each in (mine | theirs).items()
    ]
    return [each for each in both if clean(each[1] or "") != clean(each[2] or "")]
