"""Sending a drafted description for appraisal, and remarks on its sections while it is written."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import clock
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain import drafting, missing
from catalogue.domain.approving import changed_sections, holds
from catalogue.domain.errors import Invalid, NotFound
from catalogue.domain.roles import Permission
from catalogue.domain.states import BEING_WRITTEN
from catalogue.extensions import db
from catalogue.forms.approving import RemarkForm
from catalogue.forms.dossiers import SubmitForm
from catalogue.models import DescriptionDraft
from catalogue.queries import descriptions, drafts
from catalogue.queries.approval_rules import rule_for
from catalogue.queries.descriptions import StoredDescription
from catalogue.queries.draft_competencies import competencies, synonyms
from catalogue.queries.followed import version_followed
from catalogue.services import approving

pages = Blueprint("submissions", __name__)


@pages.get("/soan-mo-ta/<key:draft_id>/trinh")
@permission(Permission.DRAFT_DESCRIPTION)
def check(draft_id: int) -> str:
    """Show what is still missing, and which sections differ from the version in force."""
    draft, session, person = _draft(draft_id), db.session(), viewer()
    content = drafting.from_json(draft.content)
    followed = _followed(draft)
    rule = rule_for(session, draft.unit_id, person.on)
    return render_template(
        "approving/submit.html",
        draft=draft,
        lacks=missing.find(content, _tasks(followed), synonyms(competencies(session))),
        followed=followed,
        changed=changed_sections(followed.record if followed else None, content.description),
        rule=rule,
        may_submit=rule is not None and holds(person, rule.drafter, draft.unit_id),
        open=draft.state in BEING_WRITTEN,
    )


@pages.post("/soan-mo-ta/<key:draft_id>/trinh")
@permission(Permission.DRAFT_DESCRIPTION)
def submit(draft_id: int) -> ResponseReturnValue:
    """Freeze the draft and hand it to whoever appraises."""
    _draft(draft_id)
    if not SubmitForm().validate():
        raise Invalid("Biểu mẫu này không còn dùng được. Hãy mở lại trang rồi gửi lại.")
    submission = approving.submit(db.session(), draft_id, viewer(), at=clock.now())
    flash("Đã gửi thẩm định. Nội dung được giữ nguyên cho đến khi có kết quả.")
    db.session.commit()
    return redirect(url_for("appraisals.show", submission_id=submission.id), 303)


@pages.post("/soan-mo-ta/<key:draft_id>/gop-y")
@permission(Permission.REMARK_ON_DRAFT)
def remark(draft_id: int) -> ResponseReturnValue:
    """Leave a remark on one section; who writes the draft sees it beside that section."""
    draft = _draft(draft_id)
    form = RemarkForm()
    if not form.validate() or form.section.value is None:
        raise Invalid("; ".join(message for _, message in form.refusals))
    section, text = form.section.value, form.text.value or ""
    approving.remark(db.session(), draft.id, section, text, viewer(), at=clock.now())
    flash(f"Đã ghi góp ý vào mục «{section.label}».")
    db.session.commit()
    return redirect(url_for("drafts.show", draft_id=draft_id), 303)


def _draft(draft_id: int) -> DescriptionDraft:
    draft = drafts.one(db.session(), draft_id, viewer())
    if draft is None:
        raise NotFound("Không tìm thấy bản soạn này.")
    return draft


def _followed(draft: DescriptionDraft) -> StoredDescription | None:
    session, person = db.session(), viewer()
    key = version_followed(session, draft.position_id, draft.unit_id, person.on)
    return descriptions.read(session, key, person) if key else None


def _tasks(followed: StoredDescription | None) -> dict[int, str]:
    duties = followed.duties if followed else ()
    return {task.task_id: task.text for duty in duties for task in duty.tasks}
