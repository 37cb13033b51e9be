"""What options take: months, days and whole numbers, refused in the reader's words."""

from datetime import date, datetime

import click

from catalogue.domain.hours import Month

_DAY_FORMS = ("%Y-%m-%d", "%d/%m/%Y")
_YEARS = range(2000, 2100)


class MonthType(click.ParamType[Month]):
    """A month written as 2024-03."""

    name = "YYYY-MM"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> Month:
        try:
            return Month.parse(value)
        except ValueError:
            self.fail(f"«{value}» không phải là tháng. Hãy viết theo dạng 2024-03.", param, ctx)


class DayType(click.ParamType[date]):
    """A day written as 2024-04-10 or 10/04/2024."""

    name = "YYYY-MM-DD"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        day = _day(value)
        if day is None or day.year not in _YEARS:
            words = f"«{value}» không phải là ngày. Hãy viết theo dạng 2024-04-10 hoặc 10/04/2024."
            self.fail(words, param, ctx)
        return day


class WholeNumber(click.ParamType[int]):
    """A whole number between two others, both included."""

    name = "N"

    def __init__(self, first: int, last: int) -> None:
        self.first = first
        self.last = last

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        text = str(value)
        number = (
            int(text)
            if text.isascii() and text.isdigit() and len(text) <= len(str(self.last))
            else None
        )
        if number is None or not self.first <= number <= self.last:
            self.fail(f"«{value}» không phải là số từ {self.first} đến {self.last}.", param, ctx)
        return number


def _day(text: str) -> date | None:
    for form in _DAY_FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    return None
