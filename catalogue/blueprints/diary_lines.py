"""One line of my own: corrected by a new one, taken away, put back."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock, noting, own_day
from catalogue.blueprints.diary import page_of
from catalogue.blueprints.filters import hours
from catalogue.blueprints.guard import permission, viewer
from catalogue.domain.errors import Conflict, NotFound, SheetRefused
from catalogue.domain.roles import Permission
from catalogue.domain.words import WorkPlace
from catalogue.extensions import db
from catalogue.forms import diary as forms
from catalogue.forms.base import key
from catalogue.forms.diary import DaySheet, TypedLine
from catalogue.queries import diary, judgements
from catalogue.queries.diary import DayLine
from catalogue.services import correcting

pages = Blueprint("diary_lines", __name__)

_GONE = (
    "Dòng đang sửa đã được bỏ ở nơi khác (thẻ khác, máy khác) nên không còn để sửa. Bấm Ghi để ghi "
    "nội dung dưới đây thành dòng mới; không cần nữa thì bấm «Bỏ dòng»."
)


@pages.get("/ngay-cua-toi/sua/<key:line_id>")
@permission(Permission.LOG_OWN_DAY)
def edit(line_id: int) -> str:
    line = _own_line(line_id)
    return _page(line, DaySheet([_as_typed(line)]))


@pages.post("/ngay-cua-toi/sua/<key:line_id>")
@permission(Permission.LOG_OWN_DAY)
def correct(line_id: int) -> ResponseReturnValue:
    """Write a line in place of another, which stays to be read."""
    sheet = forms.typed(request.form)
    drafts = sheet.drafts()
    if sheet.refusals or len(drafts) != 1:
        return _again(line_id, sheet), 422
    try:
        line = correcting.correct_line(
            db.session(),
            line_id,
            drafts[0],
            today=clock.today(),
            by=viewer().person_id,
            at=clock.now(),
        )
    except (SheetRefused, Conflict) as refusal:
        return _refused(line_id, sheet, refusal)
    chosen = line.day
    flash("Đã ghi dòng sửa. Dòng trước vẫn được giữ để đối chiếu.")
    noting.unexpected_fields(forms.unexpected(request.form))
    db.session.commit()
    return redirect(url_for("diary.day", ngay=chosen), 303)


@pages.post("/ngay-cua-toi/bo/<key:line_id>")
@permission(Permission.LOG_OWN_DAY)
def remove(line_id: int) -> ResponseReturnValue:
    """Take a line away; the day's page then offers to put it back."""
    line = correcting.remove_line(
        db.session(), line_id, today=clock.today(), by=viewer().person_id, at=clock.now()
    )
    chosen = line.day
    db.session.commit()
    return redirect(url_for("diary.day", ngay=chosen, bo=line_id), 303)


@pages.post("/ngay-cua-toi/dat-lai/<key:line_id>")
@permission(Permission.LOG_OWN_DAY)
def restore(line_id: int) -> ResponseReturnValue:
    line = correcting.restore_line(
        db.session(), line_id, today=clock.today(), by=viewer().person_id, at=clock.now()
    )
    chosen = line.day
    flash("Đã đặt lại dòng vừa bỏ.")
    db.session.commit()
    return redirect(url_for("diary.day", ngay=chosen), 303)


@pages.post("/ngay-cua-toi/hoan-tac")
@permission(Permission.LOG_OWN_DAY)
def undo() -> ResponseReturnValue:
    """Take away what was just saved, all of it or none."""
    chosen = asked.day("ngay", default=clock.today())
    line_id = key(
        request.form.get("line", ""),
        message="Không hoàn tác được. Hãy mở lại ngày rồi bỏ từng dòng.",
    )
    correcting.undo_save(
        db.session(), line_id, today=clock.today(), by=viewer().person_id, at=clock.now()
    )
    flash("Đã hoàn tác: các dòng vừa ghi không còn tính giờ.")
    db.session.commit()
    page = "weeks.week" if request.args.get("tuan") else "diary.day"
    return redirect(url_for(page, ngay=chosen), 303)


def _own_line(line_id: int) -> DayLine:
    found = _present(line_id)
    if found.settled:
        raise Conflict("Dòng này đã được đánh giá nên không sửa được.")
    return found


def _refused(line_id: int, sheet: DaySheet, refusal: SheetRefused | Conflict) -> tuple[str, int]:
    db.session.rollback()
    if isinstance(refusal, SheetRefused):
        sheet.show(refusal.refusals)
        return _again(line_id, sheet), 422
    sheet.errors.append(str(refusal))
    return _again(line_id, sheet), 409


def _again(line_id: int, sheet: DaySheet) -> str:
    """Draw the page with all that was typed, over the line as it now stands.

    Where it was taken away meanwhile, what was typed waits on its day as a line to write.
    """
    session, own = db.session(), viewer().person_id
    while following := diary.successor(session, line_id):
        line_id = following
    if day := diary.removed_from(session, line_id, own):
        sheet.errors = [_GONE]
        return page_of(day, sheet)
    return _page(_present(line_id), sheet)


def _present(line_id: int) -> DayLine:
    found = diary.own_line(db.session(), line_id, viewer().person_id)
    if found is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return found


def _page(line: DayLine, sheet: DaySheet) -> str:
    session, person_id = db.session(), viewer().person_id
    typed = sheet.lines[0] if len(sheet.lines) == 1 else _as_typed(line)
    return render_template(
        "diary/edit.html",
        day=own_day.read(
            session, person_id, line.day, today=clock.today(), work_item_id=line.work_item_id
        ),
        line=line,
        words=judgements.of_line(session, line.line_id) if line.sent_back else (),
        sheet=sheet,
        typed=typed,
        places=WorkPlace,
    )


def _as_typed(line: DayLine) -> TypedLine:
    told = {
        "task": line.task_version_id,
        "hours": hours(line.minutes),
        "product": line.product,
        "quantity": line.quantity,
        "content": line.content,
        "document": line.document,
        "pages": line.pages,
        "overtime": "y" if line.overtime else "",
        "place": line.place,
        "work_item": line.work_item_id,
        "evidence": line.evidence,
        "note": line.note,
    }
    return TypedLine("0-", {name: str(value or "") for name, value in told.items()})
