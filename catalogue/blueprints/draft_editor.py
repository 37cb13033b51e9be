"""The editor of a drafted description: its page, and each of its sections drawn alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import render_template

from catalogue.blueprints import clock
from catalogue.blueprints.guard import viewer
from catalogue.domain import drafting, missing
from catalogue.domain.description import Section
from catalogue.domain.drafting import Content
from catalogue.domain.errors import NotFound
from catalogue.domain.roles import Permission
from catalogue.domain.states import BEING_WRITTEN
from catalogue.domain.text import fold
from catalogue.domain.words import CompetencyGroup, TaskKind
from catalogue.extensions import db
from catalogue.forms.draft_duties import codes
from catalogue.forms.draft_ties import ties
from catalogue.forms.drafts import EDITORS
from catalogue.forms.sheet_reading import LEVELS
from catalogue.forms.sheets import Sheet
from catalogue.models import DescriptionDraft
from catalogue.queries import approvals, draft_competencies, drafting_rights, drafts
from catalogue.queries.draft_competencies import Known, synonyms
from catalogue.queries.drafts import AtWork

SLUGS = {
    "thong-tin-chung": Section.GENERAL,
    "muc-tieu": Section.PURPOSE,
    "nhiem-vu": Section.DUTIES,
    "quan-he": Section.RELATIONS,
    "quyen-han": Section.AUTHORITY,
    "trinh-do": Section.QUALIFICATIONS,
    "nang-luc": Section.COMPETENCIES,
}
SLUG_OF = {section: slug for slug, section in SLUGS.items()}
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft with what editing it needs to know; `may_edit` is the person's own right, now."""

    draft: DescriptionDraft
    content: Content
    former: Mapping[int, str]
    competencies: Sequence[Known]
    may_edit: bool

    @property
    def lacks(self) -> Sequence[missing.Lack]:
        return missing.find(self.content, self.former, synonyms(self.competencies))


@dataclass(frozen=True, slots=True)
class Part:
    """One section as the page shows it, with what was typed and what is wrong with it."""

    section: Section
    sheet: Sheet
    revision: int
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        return SLUG_OF[self.section]


def opened(draft_id: int) -> Opened:
    """Find a draft that the person sees, with what it goes on from."""
    session, person = db.session(), viewer()
    draft = drafts.one(session, draft_id, person)
    if draft is None:
        raise NotFound("Không tìm thấy bản soạn này.")
    mine = person.may(Permission.DRAFT_DESCRIPTION) and draft.state in BEING_WRITTEN
    return Opened(
        draft,
        drafting.from_json(draft.content),
        drafts.former(session, draft, person.on),
        draft_competencies.competencies(session),
        may_edit=mine and drafting_rights.may_draft(session, person, draft.unit_id),
    )


def saved(draft: Opened, section: Section) -> Part:
    """Give a section as it was last saved."""
    sheet = EDITORS[section].show(draft.content, draft.former)
    return Part(section, sheet, draft.draft.revisions[section.value])


def page(draft: Opened, typed: Part | None = None) -> str:
    """Draw the editor; a section that was typed and could not be saved stands as it was typed."""
    parts = [
        typed if typed and typed.section is section else saved(draft, section)
        for section in Section
    ]
    return render_template(
        "drafts/edit.html",
        parts=parts,
        others=others(draft),
        **_known(draft, parts),
    )


def alone(draft: Opened, part: Part, said: str = "") -> str:
    """Draw one section, and what is still missing, for the page that is already open."""
    return render_template("drafts/redrawn.html", part=part, said=said, **_known(draft, [part]))


def lacking(draft: Opened) -> str:
    return render_template("drafts/lacking.html", lacks=draft.lacks, opened=draft)


def others(draft: Opened) -> list[str]:
    """Say who else is writing, in which section, and since when."""
    if draft.draft.state not in BEING_WRITTEN:
        return []
    now = clock.now()
    at_work = drafts.at_work(db.session(), draft.draft.id, viewer(), now)
    return [_sentence(each, int((now - each.last_at).total_seconds())) for each in at_work]


def _sentence(each: AtWork, seconds: int) -> str:
    where = f"mục «{each.section.label}»" if each.section else "bản này"
    ago = f"{seconds // _MINUTE} phút trước" if seconds >= _MINUTE else "vừa xong"
    return f"{each.name} đang sửa {where} ({ago})."


def _known(draft: Opened, parts: Sequence[Part]) -> dict[str, Any]:
    """Gather what sections are drawn with; only what the sections at hand use is asked for."""
    known: dict[str, Any] = {
        "opened": draft,
        "draft": draft.draft,
        "lacks": draft.lacks,
        "remarks": approvals.remarks_of(db.session(), draft.draft.id),
        "former": draft.former,
        "codes": codes(draft.former),
        "kinds": [(kind.value, kind.label) for kind in TaskKind],
        "levels_to_pick": [(level, f"cấp {level}") for level in LEVELS],
        "groups": [f"Nhóm {group.label.lower()}" for group in CompetencyGroup],
    }
    for part in parts:
        if part.section is Section.DUTIES:
            known["ties"] = ties(part.sheet, draft.former)
        if part.section is Section.COMPETENCIES:
            session, group = db.session(), draft.draft.position_version.group
            known["competencies"] = draft.competencies
            names = [asked.name for asked in draft.content.description.competencies]
            texts = draft_competencies.levels(session, names, group, viewer())
            known["level_texts"] = {name: texts[fold(name)] for name in names}
    return known
