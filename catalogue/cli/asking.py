"""Commands that only read: trace, check, hours, coverage."""

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from sqlalchemy.orm import Session

from catalogue.cli import clock
from catalogue.cli.values import MonthType, WholeNumber
from catalogue.domain.errors import CatalogueError, NotFound
from catalogue.domain.hours import Month, MonthlyHours, months_between, vietnamese_decimal
from catalogue.domain.task_walk import Today
from catalogue.domain.trace import Trace
from catalogue.domain.words import SourceState
from catalogue.extensions import db
from catalogue.models import sqlite
from catalogue.queries import checks, coverage, hours, task_today, trace


class BrokenPromise(CatalogueError):
    """The database does not hold what the program promises."""


@contextmanager
def reading(ctx: click.Context) -> Iterator[Session]:
    """Open the database for reading only; what is read is one snapshot."""
    with ctx.obj().app_context():
        db.session.connection(execution_options={sqlite.READ_ONLY: True})
        yield db.session()
        db.session.rollback()


@click.command("trace")
@click.argument("line", type=WholeNumber(1, 2**31 - 1), required=False)
@click.option("--json", "as_json", is_flag=True, help="In ra dạng JSON.")
@click.pass_context
def trace_line(ctx: click.Context, line: int | None, *, as_json: bool) -> None:
    """Truy một dòng nhật ký về tận dòng phụ lục; không nêu LINE thì lấy ngẫu nhiên một dòng."""
    with reading(ctx) as session:
        number = line or trace.any_line(session, random.random())  # noqa: S311 (a draw, no secret)
        if number is None:
            raise NotFound("Chưa có dòng nhật ký nào.")
        chain = trace.of_line(session, number)
        if chain is None:
            raise NotFound(f"Không có dòng nhật ký số {number}.")
        if as_json:
            _print_json(chain.as_json())
            return
        _print_chain(chain, task_today.of_line(session, chain, clock.today()))


def _print_chain(chain: Trace, now: Today | None) -> None:
    click.echo(f"Dòng nhật ký số {chain.line_id}")
    for depth, (link, words) in enumerate(chain.links()):
        click.echo(f"{'   ' * depth}└─ {link}: {words}")
    if now:
        click.echo("\n" + "\n".join(now.sentences()))
    if chain.mark:
        click.echo(f"\n[{chain.mark}]")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="In ra dạng JSON.")
@click.pass_context
def check(ctx: click.Context, *, as_json: bool) -> None:
    """Chứng tỏ không dòng nào đứt chuỗi nguồn gốc và mọi tổng bằng đúng các dòng."""
    with reading(ctx) as session:
        found = checks.run(session)
    if as_json:
        _print_json(
            [{"promise": c.promise, "checked": c.looked_at, "broken": c.broken} for c in found]
        )
    else:
        for one in found:
            verdict = "đúng" if one.broken == 0 else f"SAI {one.broken}"
            click.echo(f"{verdict:>8}  {one.promise} ({one.looked_at})")
    if any(one.broken for one in found):
        raise BrokenPromise(
            "Cơ sở dữ liệu không còn giữ đúng lời hứa. Hãy xem các dòng SAI ở trên."
        )


@click.command("hours")
@click.option("--from", "first", type=MonthType(), required=True, help="Tháng đầu, như 2024-01.")
@click.option("--to", "last", type=MonthType(), help="Tháng cuối; bỏ trống là chỉ tháng đầu.")
@click.option("--json", "as_json", is_flag=True, help="In ra dạng JSON.")
@click.pass_context
def monthly_hours(ctx: click.Context, first: Month, last: Month | None, *, as_json: bool) -> None:
    """Tổng hợp giờ làm việc theo tháng: toàn tỉnh và từng đơn vị."""
    months = months_between(first, last or first)
    if not months:
        raise click.UsageError("Tháng cuối phải không trước tháng đầu.")
    with reading(ctx) as session:
        overall = hours.overall(session, months)
        units = hours.by_unit(session, months)
    if as_json:
        _print_json(
            {
                "overall": [_figures(month) for month in overall],
                "units": [{"unit": row.unit, **_figures(row.hours)} for row in units],
            }
        )
        return
    for month in overall:
        click.echo(_sentence("Toàn tỉnh", month))
        for row in units:
            if row.hours.month == month.month:
                click.echo("  " + _sentence(row.unit, row.hours))


@click.command("coverage")
@click.pass_context
def show_coverage(ctx: click.Context) -> None:
    """Cho biết đã đọc được bản ký của bao nhiêu quyết định."""
    with reading(ctx) as session:
        decisions = coverage.decisions(session)
        for decision in decisions:
            click.echo(f"{decision.number:<16} {decision.state.label}")
        verified = sum(decision.state is SourceState.VERIFIED for decision in decisions)
        click.echo(f"Đã đọc văn bản ký: {verified}/{len(decisions)}")


COMMANDS = (trace_line, check, monthly_hours, show_coverage)


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _figures(month: MonthlyHours) -> dict[str, Any]:
    return {
        "month": str(month.month),
        "people": month.people,
        "minutes": month.minutes,
        "working_days": month.working_days,
        "hours_per_person": _ratio(month.hours_per_person),
        "hours_per_person_day": _ratio(month.hours_per_person_day),
    }


def _ratio(value: object) -> str | None:
    return None if value is None else str(value)


def _sentence(who: str, month: MonthlyHours) -> str:
    return (
        f"{who}, {month.month.label}: {month.people} người, "
        f"{vietnamese_decimal(month.hours_per_person)} giờ/người/tháng, "
        f"{vietnamese_decimal(month.hours_per_person_day)} giờ/người/ngày"
    )
