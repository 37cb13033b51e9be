"""One line as its judge reads it: all that it says, what was said of it, and the judge's word."""

from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from catalogue.blueprints import clock
from catalogue.blueprints.answering import Done, answer
from catalogue.blueprints.guard import permission, viewer
from catalogue.blueprints.links import address
from catalogue.domain.errors import Invalid, NotFound
from catalogue.domain.judging import Verdict
from catalogue.domain.roles import Permission
from catalogue.extensions import db
from catalogue.forms.judging import JudgeForm
from catalogue.queries import judged_lines, judgements, judges, names
from catalogue.queries.judged_lines import Whose
from catalogue.services import judging_work
from catalogue.services.judging_work import Said

pages = Blueprint("line_judging", __name__)

# What of the list's address a line's page keeps, for the way back.
_OF_LIST = ("ngay", "xem", "hien", "tim", "don-vi", "trang")


@pages.get("/danh-gia-ngay/dong/<key:line_id>")
@permission(Permission.JUDGE_WORK)
def show(line_id: int) -> str:
    return _line_page(line_id, JudgeForm(formdata=None))


@pages.post("/danh-gia-ngay/dong/<key:line_id>")
@permission(Permission.JUDGE_WORK)
def judge(line_id: int) -> ResponseReturnValue:
    """Write the word; where another was said meanwhile, both stand on the page that comes back."""
    form = JudgeForm()

    def do() -> Done:
        said = _said(form)
        judging_work.judge_line(db.session(), line_id, said, viewer(), at=clock.now())
        return f"Đã đánh giá «{said.verdict.label}».", _list(_whose(line_id)[0].day)

    return answer(form, do, lambda: _line_page(line_id, form))


def _said(form: JudgeForm) -> Said:
    if form.verdict.value is None:
        raise Invalid("Đánh giá: hãy chọn một mức.", field="verdict")
    return Said(form.verdict.value, form.reason.value or "", form.seen.value)


def _line_page(line_id: int, form: JudgeForm) -> str:
    session = db.session()
    found, place = _whose(line_id)
    line = judged_lines.line(session, line_id, found.day)
    words = judgements.of_line(session, line_id)
    heads = names.of_people(session, [place] if place else [])
    return render_template(
        "judging/line.html",
        whose=found,
        line=line,
        back=_list(line.day),
        query=_left(),
        questions=judgements.questions(session, line_id),
        words=words,
        in_place_of=heads.get(place or 0),
        objected=any(word.objection for word in words),
        verdicts=list(Verdict),
        form=form,
    )


def _list(day: date) -> str:
    """Give the list as the judge left it; by default the week of the line."""
    return address("judging_work.index", **{"ngay": day, **_left()})


def _left() -> dict[str, str]:
    return {name: request.args[name] for name in _OF_LIST if name in request.args}


def _whose(line_id: int) -> tuple[Whose, int | None]:
    """Find a line that the person may judge, and in whose place; any other is not there."""
    session, person = db.session(), viewer()
    found = judged_lines.whose(session, line_id)
    of = judges.on(session, person.on).of(found.person_id, found.unit_id) if found else {}
    if found is None or person.person_id not in of:
        raise NotFound("Không tìm thấy nội dung này.")
    return found, of[person.person_id]
