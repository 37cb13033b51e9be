"""Prints the report on working hours in the Party layout, with footnotes and tables of units."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from catalogue.domain.hours import STANDARD_HOURS_PER_DAY, Month, MonthlyHours, vietnamese_decimal
from catalogue.domain.layout import Layout, party_month
from catalogue.domain.report import HoursReport, Mention, MonthReport
from catalogue.exporters.package import deflated
from catalogue.exporters.templates import rendered
from catalogue.exporters.word import document_file

# How a sentence opens, the (name, hours, footnote or 0) that it names, the unit of the hours.
_Sentence = tuple[str, list[tuple[str, str, int]], str]
# The styles of the name and of the other cells, the rank, the name and the figures.
_Row = tuple[str, str, str, str, tuple[str, ...]]


class _MonthText(NamedTuple):
    """One month's section and its table, all figures as printed."""

    month: str
    people: int
    logged_people: int
    working_days: int
    standard_hours: int
    per_person: str
    per_day: str
    share: str
    total: str
    with_product: str
    note: int
    named: list[_Sentence]
    rows: list[_Row]


class _Footnotes(list[str]):
    """The footnotes in the order in which the text refers to them."""

    def number(self, text: str) -> int:
        """Give the number of a new footnote, 0 where there is nothing to say."""
        if not text:
            return 0
        self.append(text)
        return len(self)


def write(report: HoursReport, *, layout: Layout) -> bytes:
    """Print the report; its ratios are printed as they are, never worked out again."""
    footnotes = _Footnotes()
    document = rendered(
        "hours_report.xml",
        layout,
        reference=report.letterhead.reference(layout.type_codes["báo cáo"]),
        report=report,
        period=_period([each.overall.month for each in report.months]),
        months=[_month_text(each, footnotes) for each in report.months],
    )
    notes = rendered("footnotes.xml", layout, notes=footnotes)
    return document_file(layout, [report.marks], document, deflated("word/footnotes.xml", notes))


def _month_text(report: MonthReport, footnotes: _Footnotes) -> _MonthText:
    figures = report.overall
    return _MonthText(
        month=_month(figures.month),
        people=figures.people,
        logged_people=figures.logged_people,
        working_days=figures.working_days,
        standard_hours=figures.working_days * STANDARD_HOURS_PER_DAY,
        per_person=vietnamese_decimal(figures.hours_per_person),
        per_day=vietnamese_decimal(figures.hours_per_person_day),
        share=vietnamese_decimal(figures.share_of_standard),
        total=_hours(figures.minutes),
        with_product=_hours(figures.product_minutes),
        note=footnotes.number(report.note),
        named=list(_named(report, footnotes)),
        rows=list(_rows(report)),
    )


def _named(report: MonthReport, footnotes: _Footnotes) -> Iterator[_Sentence]:
    units, people = "Cơ quan, đơn vị, địa phương có số giờ bình quân", "Nơi có người làm số giờ"
    sentences: tuple[tuple[str, Sequence[Mention], str], ...] = (
        (f"{units} cao", report.high_units, "giờ/người/ngày"),
        (f"{units} thấp", report.low_units, "giờ/người/ngày"),
        (f"{people} bình quân/ngày cao", report.high_people, "giờ/ngày"),
        (f"{people} bình quân/ngày thấp", report.low_people, "giờ/ngày"),
    )
    for opening, mentions, unit in sentences:
        if mentions:
            yield opening, [_mention(each, footnotes) for each in mentions], unit


def _mention(mention: Mention, footnotes: _Footnotes) -> tuple[str, str, int]:
    hours = vietnamese_decimal(mention.hours_per_day)
    return mention.name, hours, footnotes.number(mention.note)


def _rows(report: MonthReport) -> Iterator[_Row]:
    for rank, unit in report.ranking():
        place = "" if rank is None else str(rank)
        yield "Cell", "CellCentred", place, unit.unit, _figures(unit.hours)
    yield "TotalName", "Total", "", "Tất cả", _figures(report.overall)


def _figures(hours: MonthlyHours) -> tuple[str, ...]:
    ratios = (hours.hours_per_person, hours.hours_per_person_day, hours.share_of_standard)
    return str(hours.people), _hours(hours.minutes), *map(vietnamese_decimal, ratios)


def _hours(minutes: int) -> str:
    """Print minutes as hours and minutes without rounding: `116.276:24`."""
    return f"{minutes // 60:,}:{minutes % 60:02d}".replace(",", ".")


def _month(month: Month) -> str:
    return f"tháng {party_month(month.number)}/{month.year}"


def _period(months: Sequence[Month]) -> str:
    first, last = _month(min(months)), _month(max(months))
    return first if first == last else f"từ {first} đến {last}"
