"""Heads judge the work of others: by person and day, whole clean days at once, or one line."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, Response, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from catalogue.blueprints import asked, clock, downloads
from catalogue.blueprints.filters import hours
from catalogue.blueprints.guard import permission, viewer
from catalogue.blueprints.links import address, path_before
from catalogue.domain.absences import STANDARD_MINUTES, excess
from catalogue.domain.errors import Invalid
from catalogue.domain.judging import Judges
from catalogue.domain.roles import Permission
from catalogue.domain.text import fold
from catalogue.domain.words import LabelledWord
from catalogue.extensions import db
from catalogue.forms.judging import AcceptForm
from catalogue.queries import judged_lines, judges, judging_turns, names
from catalogue.queries.judged_lines import JudgedLine, Waiting
from catalogue.queries.judges import Judged
from catalogue.services import judging_work
from catalogue.services.judging_work import Accepted, Days

pages = Blueprint("judging_work", __name__)

_PEOPLE_A_PAGE = 10
_WEEK = 7
_STALE = "Biểu mẫu này không còn dùng được. Hãy mở lại trang rồi đánh giá lại."


class Span(LabelledWord):
    """How many days a page shows."""

    WEEK = "tuan", "Cả tuần"
    DAY = "ngay", "Một ngày"


class Show(LabelledWord):
    """Whose lines a page shows."""

    WAITING = "cho", "Còn dòng chờ đánh giá"
    ALL = "tat-ca", "Tất cả mọi người"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for: which days, whose, and which of them."""

    first: date
    last: date
    span: Span
    show: Show
    text: str
    unit_id: int | None

    @property
    def query(self) -> dict[str, object]:
        """Give the address's own words again, for the links of the page."""
        asked_for = {
            "ngay": self.first,
            "xem": self.span.value,
            "hien": self.show.value,
            "tim": self.text,
            "don-vi": self.unit_id,
        }
        return {name: value for name, value in asked_for.items() if value}

    def shown(self, judged: Sequence[Judged], waiting: Collection[int]) -> Sequence[Judged]:
        """Take everybody, or only whose assignments are among those with waiting lines."""
        if self.show is Show.ALL:
            return judged
        return [each for each in judged if each.assignment_id in waiting]

    def takes(self, each: Judged) -> bool:
        words = fold(self.text).split()
        named = all(word in fold(each.person) for word in words)
        return named and self.unit_id in (None, each.unit_id)


@dataclass(frozen=True, slots=True)
class Block:
    """One person's days on the page."""

    judged: Judged
    days: Sequence[tuple[date, Sequence[JudgedLine]]]

    @property
    def seen(self) -> str:
        return ",".join(str(line.line_id) for _, lines in self.days for line in lines)

    @property
    def clean(self) -> int:
        return sum(is_clean(lines) for _, lines in self.days)

    @property
    def to_accept(self) -> int:
        """How many lines its clean days have for one word."""
        return sum(line.waits for _, lines in self.days if is_clean(lines) for line in lines)


def is_clean(lines: Sequence[JudgedLine]) -> bool:
    """Tell whether a day has something to accept, and nothing that wants to be looked at."""
    return any(line.waits for line in lines) and not any(
        line.blocks or line.closed for line in lines
    )


def _excess(lines: Sequence[JudgedLine]) -> int:
    """Minutes in standard hours well beyond a whole day's, whoever's and whatever leave."""
    return excess(sum(line.minutes for line in lines if not line.overtime), STANDARD_MINUTES)


@pages.get("/danh-gia-ngay")
@permission(Permission.JUDGE_WORK)
def index() -> str:
    session, wanted = db.session(), _wanted()
    known = judges.on(session, viewer().on)
    judged, units = _judged(wanted, known)
    waiting = _waiting(judged, wanted)
    judged = wanted.shown(judged, waiting)
    paging = asked.paging(len(judged), _PEOPLE_A_PAGE)
    blocks = _blocks(judged[paging.offset : paging.offset + _PEOPLE_A_PAGE], wanted)
    heads = {each.judged.in_place_of for each in blocks} - {None}
    return render_template(
        "judging/index.html",
        wanted=wanted,
        waiting=sum(each.days for each in waiting.values()),
        elsewhere=None if waiting else judging_turns.days(session, viewer(), known),
        paging=paging,
        blocks=blocks,
        heads=names.of_people(session, [head for head in heads if head]),
        is_clean=is_clean,
        excess_of=_excess,
        units=units,
        spans=[(span.value, span.label) for span in Span],
        shows=[(show.value, show.label) for show in Show],
        query=wanted.query,
        here=wanted.query | ({"trang": paging.number} if paging.number > 1 else {}),
        line_path=path_before("line_judging.show", "line_id"),
        step=timedelta(days=1 if wanted.span is Span.DAY else _WEEK),
    )


@pages.get("/danh-gia-ngay.csv")
@permission(Permission.JUDGE_WORK)
def export() -> Response:
    wanted = _wanted()
    judged, _ = _judged(wanted)
    heads = (
        *("Họ và tên", "Đơn vị", "Ngày", "Công việc", "Nội dung", "Sản phẩm", "Số lượng"),
        *("Giờ", "Ngoài giờ", "Nơi làm việc", "Minh chứng", "Số trang", "Vượt định mức (phút)"),
        *("Ghi bù", "Đánh giá", "Lý do", "Người đánh giá"),
    )
    rows = (
        (
            *(block.judged.person, block.judged.unit, f"{day:%d/%m/%Y}", line.task, line.told),
            *(line.product, line.quantity, hours(line.minutes), "có" if line.overtime else ""),
            *(line.place.label if line.place else "", line.evidence, line.pages, line.overrun),
            "có" if line.backfilled else "",
            *(line.verdict.label if line.verdict else "", line.reason, line.judge),
        )
        for block in _blocks(wanted.shown(judged, _waiting(judged, wanted)), wanted)
        for day, lines in block.days
        for line in lines
    )
    return downloads.table(f"đánh giá {wanted.first} {wanted.last}", heads, rows)


@pages.post("/danh-gia-ngay/dat")
@permission(Permission.JUDGE_WORK)
def accept() -> ResponseReturnValue:
    """Accept the clean ones among the days that the page showed."""
    form = AcceptForm()
    if not form.validate():
        raise Invalid(form.refusals[0][1])
    done = judging_work.accept_days(db.session(), _sent(form), viewer(), at=clock.now())
    flash(_told(done))
    db.session.commit()
    return redirect(address("judging_work.index", **_wanted().query, **asked.same_page()), 303)


def _wanted() -> Wanted:
    span = asked.word("xem", Span, label="Xem") or Span.WEEK
    chosen = asked.day("ngay", default=clock.today())
    first = chosen if span is Span.DAY else chosen - timedelta(days=chosen.weekday())
    return Wanted(
        first=first,
        last=first if span is Span.DAY else first + timedelta(days=_WEEK - 1),
        span=span,
        show=asked.word("hien", Show, label="Hiện") or Show.WAITING,
        text=asked.text("tim", label="Tìm theo tên"),
        unit_id=asked.key("don-vi", label="Đơn vị"),
    )


def _days(wanted: Wanted) -> tuple[date, date]:
    return wanted.first, wanted.last


def _judged(
    wanted: Wanted, known: Judges | None = None
) -> tuple[Sequence[Judged], Sequence[tuple[int, str]]]:
    """Give whom the page is about, and all the units that it may be narrowed to."""
    everybody = judges.judged_by(db.session(), viewer(), *_days(wanted), known)
    units = sorted({(each.unit_id, each.unit) for each in everybody}, key=lambda unit: unit[1])
    return [each for each in everybody if wanted.takes(each)], units


def _waiting(judged: Sequence[Judged], wanted: Wanted) -> Mapping[int, Waiting]:
    keys = [each.assignment_id for each in judged]
    return judged_lines.waiting(db.session(), keys, *_days(wanted))


def _blocks(judged: Sequence[Judged], wanted: Wanted) -> list[Block]:
    keys = [each.assignment_id for each in judged]
    found: Mapping[int, Mapping[date, Sequence[JudgedLine]]] = judged_lines.lines(
        db.session(), keys, *_days(wanted)
    )
    return [Block(each, list(found.get(each.assignment_id, {}).items())) for each in judged]


def _sent(form: AcceptForm) -> Days:
    first, last = form.first.value, form.last.value
    if first is None or last is None or not form.assignments.value or not form.lines.value:
        raise Invalid(_STALE)
    if not 0 <= (last - first).days < _WEEK:
        raise Invalid(_STALE)
    day = form.day.value
    return Days(form.assignments.value, day or first, day or last, form.lines.value)


def _told(done: Accepted) -> str:
    told = f"Đã đánh giá đạt {done.lines} dòng của {done.days} ngày."
    if not done.left:
        return told
    return (
        f"{told} Còn {done.left} ngày chưa đánh giá: có dòng cần xem riêng, hoặc có dòng mới ghi "
        "sau khi bạn mở trang."
    )
