"""Competencies by group: the list, one of them whole, and which names are one."""

from collections.abc import Iterator

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock, downloads
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.errors import Invalid, NotFound
from catalogue.domain.framework import UNGROUPED
from catalogue.domain.roles import Permission
from catalogue.domain.words import CompetencyGroup
from catalogue.exporters import workbook
from catalogue.extensions import db
from catalogue.forms.competencies import ApartForm, GroupForm, SynonymForm
from catalogue.queries import competencies, dictionaries
from catalogue.queries.competencies import GroupChoice, Known, Wanted
from catalogue.services import competencies as keeping, synonyms

pages = Blueprint("competencies", __name__)

_HEADS = ("Năng lực", "Nhóm", "Tên khác cùng nghĩa", "Số vị trí cần")
_CHOICES = [(choice.value, choice.label) for choice in GroupChoice]
_GROUPS = [(group.value, group.label) for group in CompetencyGroup]


@pages.get("/nang-luc")
@permission(Permission.READ_DESCRIPTION)
def index() -> str:
    session, wanted = db.session(), _wanted()
    paging = asked.paging(competencies.count(session, wanted))
    rows = competencies.listed(
        session, wanted, viewer(), offset=paging.offset, limit=asked.ROWS_A_PAGE
    )
    return render_template(
        "competencies/index.html",
        wanted=wanted,
        paging=paging,
        rows=rows,
        synonyms=competencies.synonyms(session, [each.competency_id for each in rows]),
        choices=_CHOICES,
        query={name: value for name, value in request.args.items() if name != "trang"},
    )


@pages.get("/nang-luc.csv")
@permission(Permission.READ_DESCRIPTION)
def export() -> Response:
    return downloads.table("danh sách năng lực", _HEADS, _sheet())


@pages.get("/nang-luc.xlsx")
@permission(Permission.READ_DESCRIPTION)
def export_workbook() -> Response:
    content = workbook.write("Năng lực", _HEADS, _sheet())
    return downloads.workbook(content, "danh sách năng lực")


@pages.get("/nang-luc/<key:competency_id>")
@permission(Permission.READ_DESCRIPTION)
def show(competency_id: int) -> ResponseReturnValue:
    """Show one competency; a synonym leads to the name that stands for it."""
    known = _found(competency_id)
    if known.same_as_id is not None:
        onward = url_for("competencies.show", competency_id=known.same_as_id)
        return redirect(onward)
    return _page(known)


@pages.post("/nang-luc/<key:competency_id>/nhom")
@permission(Permission.KEEP_COMPETENCIES)
def regroup(competency_id: int) -> ResponseReturnValue:
    form = GroupForm()
    if not form.validate():
        raise Invalid("Nhóm năng lực: hãy chọn một nhóm trong danh sách.")
    known = keeping.correct_group(
        db.session(), competency_id, form.group.value, by=viewer().person_id, at=clock.now()
    )
    flash(f"«{known.name}» nay thuộc nhóm: {known.group.label if known.group else UNGROUPED}.")
    db.session.commit()
    return _back(competency_id)


@pages.post("/nang-luc/<key:competency_id>/cung-nghia")
@permission(Permission.KEEP_COMPETENCIES)
def join(competency_id: int) -> ResponseReturnValue:
    """Write down another name as a synonym of this one."""
    form = SynonymForm()
    if not form.validate():
        raise Invalid("Tên khác: hãy chọn một năng lực trong danh sách.")
    standing = synonyms.record(
        db.session(), form.synonym.value or 0, competency_id, by=viewer().person_id, at=clock.now()
    )
    flash(f"Đã ghi là một với «{standing.name}». Tên in trong các bản mô tả giữ nguyên.")
    db.session.commit()
    return _back(standing.id)


@pages.post("/nang-luc/<key:competency_id>/tach")
@permission(Permission.KEEP_COMPETENCIES)
def part(competency_id: int) -> ResponseReturnValue:
    """Let a synonym stand for itself again."""
    if not ApartForm().validate():
        raise Invalid("Biểu mẫu này không còn dùng được. Hãy mở lại trang.")
    apart = synonyms.undo(db.session(), competency_id, by=viewer().person_id, at=clock.now())
    flash(f"«{apart.name}» lại là một năng lực riêng.")
    db.session.commit()
    return _back(competency_id)


def _wanted() -> Wanted:
    return Wanted(
        text=asked.text("tim", label="Tìm"),
        choice=asked.word("nhom", GroupChoice, label="Nhóm"),
    )


def _sheet() -> Iterator[tuple[str | int, ...]]:
    session = db.session()
    rows = competencies.listed(session, _wanted(), viewer())
    others = competencies.synonyms(session, [each.competency_id for each in rows])
    for each in rows:
        names = "; ".join(other.name for other in others.get(each.competency_id, ()))
        yield each.name, each.group.label if each.group else UNGROUPED, names, each.positions


def _found(competency_id: int) -> Known:
    known = competencies.one(db.session(), competency_id)
    if known is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return known


def _page(known: Known) -> str:
    session, person = db.session(), viewer()
    key = known.competency_id
    asking = competencies.asking(session, key, person)
    paging = asked.paging(len(asking))
    others = [each for each in competencies.choices(session) if each.competency_id != key]
    keeps = person.may(Permission.KEEP_COMPETENCIES)
    return render_template(
        "competencies/show.html",
        known=known,
        worded=dictionaries.words_for(session, key),
        levels=dictionaries.LEVELS,
        synonyms=competencies.synonyms(session, [key]).get(key, []),
        alike=synonyms.alike(known, others) if keeps else None,
        others=[(each.competency_id, each.name) for each in others],
        groups=_GROUPS,
        ranges=competencies.by_levels(asking),
        asking=asking[paging.offset :][: asked.ROWS_A_PAGE],
        paging=paging,
        query={"competency_id": key},
    )


def _back(competency_id: int) -> ResponseReturnValue:
    return redirect(url_for("competencies.show", competency_id=competency_id), 303)
