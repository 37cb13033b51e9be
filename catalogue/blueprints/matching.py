"""One reconciliation: two lists side by side, what is proposed, what is ruled, what is undone."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock, downloads
from catalogue.blueprints.filters import moment
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from catalogue.domain.matching import (
    Entry,
    Line,
    Ruled,
    Standing,
    WantedLines,
    acceptable,
    chosen,
    place,
    standing,
)
from catalogue.domain.reviewing import MatchKind
from catalogue.domain.roles import Permission
from catalogue.domain.words import LabelledWord
from catalogue.extensions import db
from catalogue.forms.reconciliations import LEAST_SCORES, AcceptForm, RuleForm
from catalogue.models import Match
from catalogue.queries import annex_changes, matches, reconciliations
from catalogue.queries.annex_changes import ChangeKind
from catalogue.queries.reconciliations import ReconciliationPage
from catalogue.services import matching

pages = Blueprint("matching", __name__)


@pages.get("/doi-chieu/<key:reconciliation_id>")
@permission(Permission.READ_RECONCILIATION)
def show(reconciliation_id: int) -> str:
    return _page(_found(reconciliation_id), RuleForm(formdata=None))


@pages.get("/doi-chieu/<key:reconciliation_id>.csv")
@permission(Permission.READ_RECONCILIATION)
def export(reconciliation_id: int) -> Response:
    found = _found(reconciliation_id)
    heads = ("Tình trạng", "Loại", "Vị trí của đơn vị", "Mã", "Dòng của văn bản", "Mã dòng")
    rows = (
        (
            standing(line).label,
            line.kind.label,
            *_told(line.own),
            *_told(line.rows),
            f"{line.score:.0f}",
            line.reason,
            *_ruling(line),
        )
        for line in chosen(_lines(found), _wanted())
    )
    ruling = ("Điểm", "Lý do đề xuất", "Vì sao", "Người kết luận", "Lúc")
    return downloads.table(f"đối chiếu {found.agency}", (*heads, *ruling), rows)


@pages.post("/doi-chieu/<key:reconciliation_id>/ket-luan")
@permission(Permission.RECONCILE)
def rule(reconciliation_id: int) -> ResponseReturnValue:
    """Rule on the ticked lines of both lists."""
    found, form = _to_be_ruled(reconciliation_id), RuleForm()
    kind = form.kind.value if form.validate() else None
    if kind is None:
        return _page(found, form), 422
    try:
        matching.rule(
            db.session(),
            reconciliation_id,
            kind,
            form.own.data,
            form.row.data,
            form.why.value or "",
            by=viewer().person_id,
            at=clock.now(),
        )
    except (Invalid, Conflict) as refusal:
        db.session.rollback()
        form.refuse(refusal if isinstance(refusal, Invalid) else Invalid(str(refusal)))
        return _page(_found(reconciliation_id), form), 409 if isinstance(refusal, Conflict) else 422
    flash(f"Đã ghi kết luận: {kind.label}.")
    db.session.commit()
    return _back(reconciliation_id)


@pages.post("/doi-chieu/<key:reconciliation_id>/nhan")
@permission(Permission.RECONCILE)
def accept(reconciliation_id: int) -> ResponseReturnValue:
    """Accept at once every one-to-one proposal from a score on."""
    _to_be_ruled(reconciliation_id)
    form = AcceptForm()
    if not form.validate() or form.least.value is None:
        raise Invalid("; ".join(message for _, message in form.refusals))
    accepted = matching.accept_alike(
        db.session(),
        reconciliation_id,
        form.least.value,
        by=viewer().person_id,
        at=clock.now(),
    )
    flash(f"Đã nhận {len(accepted)} mục. Từng mục vẫn bỏ được cho đến khi trình.")
    db.session.commit()
    return _back(reconciliation_id)


@pages.post("/doi-chieu/<key:reconciliation_id>/bo/<key:match_id>")
@permission(Permission.RECONCILE)
def undo(reconciliation_id: int, match_id: int) -> ResponseReturnValue:
    """Take one ruling back."""
    _to_be_ruled(reconciliation_id)
    session = db.session()
    match = session.get(Match, match_id)
    if match is None or match.reconciliation_id != reconciliation_id:
        raise NotFound("Không tìm thấy kết luận đối chiếu này.")
    matching.undo(session, match_id, by=viewer().person_id, at=clock.now())
    flash("Đã bỏ kết luận. Kết luận cũ vẫn được giữ để xem lại ở mục «Đã bỏ kết luận».")
    session.commit()
    return _back(reconciliation_id)


def _found(reconciliation_id: int) -> ReconciliationPage:
    found = reconciliations.page(db.session(), reconciliation_id, viewer())
    if found is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return found


def _to_be_ruled(reconciliation_id: int) -> ReconciliationPage:
    found = _found(reconciliation_id)
    if not _may_rule(found):
        raise NotAllowed("Bạn chỉ kết luận được ở lần đối chiếu của đơn vị mình.")
    return found


def _may_rule(found: ReconciliationPage) -> bool:
    person = viewer()
    units = person.units(Permission.RECONCILE)
    within = units is None or found.record.unit_id in units
    return person.may(Permission.RECONCILE) and within


def _lines(found: ReconciliationPage) -> list[Line]:
    """List what was ruled, undone and still is proposed, as the decision prints its rows."""
    session = db.session()
    ruled = matches.listed(session, Match.reconciliation_id == found.record.id)
    live = [each for each in ruled if each.undone_at is None]
    return sorted([*ruled, *matching.proposals(session, found.record, live)], key=place)


def _page(found: ReconciliationPage, form: RuleForm) -> str:
    wanted, lines = _wanted(), _lines(found)
    shown = chosen(lines, wanted)
    paging = asked.paging(len(shown))
    current = [line for line in lines if standing(line) is not Standing.UNDONE]
    return render_template(
        "reconciliations/show.html",
        found=found,
        form=form,
        wanted=wanted,
        paging=paging,
        lines=shown[paging.offset : paging.offset + asked.ROWS_A_PAGE],
        kinds=_options(MatchKind),
        standings=_options(Standing),
        by_kind=Counter(line.kind for line in current),
        rows=sum(len(line.rows) for line in current),
        ruled_rows=sum(len(line.rows) for line in current if isinstance(line, Ruled)),
        acceptable=acceptable(current, LEAST_SCORES),
        may_rule=_may_rule(found) and found.follower_id is None,
        query=_asked_for("tim", "loai", "tinh-trang"),
        changes=_changes(found),
        unchanged=ChangeKind.UNCHANGED,
    )


def _changes(found: ReconciliationPage) -> list[annex_changes.Change]:
    if found.previous_file_id is None:
        return []
    official = found.record.official_file_id
    return annex_changes.compare(db.session(), found.previous_file_id, official)


def _wanted() -> WantedLines:
    return WantedLines(
        text=asked.text("tim", label="Tìm"),
        kind=asked.word("loai", MatchKind, label="Loại"),
        standing=asked.word("tinh-trang", Standing, label="Tình trạng"),
    )


def _back(reconciliation_id: int) -> ResponseReturnValue:
    """Go back to the page with what it was asked for."""
    query = _asked_for("tim", "loai", "tinh-trang", "trang")
    return redirect(url_for("matching.show", reconciliation_id=reconciliation_id, **query), 303)


def _asked_for(*names: str) -> dict[str, Any]:
    """Give what the address asks for, and nothing that would steer where a link leads."""
    return {name: request.args[name] for name in names if name in request.args}


def _told(entries: Sequence[Entry]) -> tuple[str, str]:
    return "; ".join(each.name for each in entries), "; ".join(each.code or "" for each in entries)


def _ruling(line: Line) -> tuple[str, str, str]:
    return (line.why, line.by or "", moment(line.at)) if isinstance(line, Ruled) else ("", "", "")


def _options(words: type[LabelledWord]) -> list[tuple[str, str]]:
    return [(word.value, word.label) for word in words]
