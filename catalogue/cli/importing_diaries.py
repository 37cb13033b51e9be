"""The command that brings in diaries kept in spreadsheets."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.cli import clock, reading_diaries
from catalogue.cli.exits import Status
from catalogue.cli.given import Given
from catalogue.cli.progress import Bar
from catalogue.domain.diary_columns import DiaryColumn
from catalogue.domain.diary_plan import PlannedFile
from catalogue.domain.diary_sheet import SheetFile
from catalogue.domain.errors import Invalid
from catalogue.domain.limits import DIARIES_BYTES
from catalogue.domain.text import clean, fold
from catalogue.domain.upload import DiaryClaim
from catalogue.extensions import db
from catalogue.importers.delimited import CP1258
from catalogue.importers.diary_files import DiaryFiles
from catalogue.importers.reading import Reader
from catalogue.models import Unit
from catalogue.queries import diary_people
from catalogue.services import diary_import, diary_matching

# What a report holds for the page alone.
_UNTOLD = frozenset(("blocked", "days"))


@dataclass(frozen=True, slots=True)
class _Whose:
    """Whose diaries they are, as typed."""

    person: str | None
    unit: str | None


@click.command("diary")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--person", help="Họ tên hoặc tên đăng nhập của người có nhật ký này.")
@click.option("--unit", help="Mã đơn vị: chỉ tìm người trong đơn vị này và các đơn vị bên dưới.")
@click.option(
    "--encoding", type=click.Choice([CP1258]), help="Bảng mã cũ của tệp .csv, khi đã biết chắc."
)
@click.option("--dry-run", is_flag=True, help="Chỉ đọc và nói sẽ ghi gì, không ghi.")
@click.option("--json", "json_out", is_flag=True, help="In kết quả từng tệp dạng JSON.")
@click.pass_context
def import_diary(  # noqa: PLR0913 (one parameter an option)
    ctx: click.Context,
    file: Path,
    *,
    person: str | None,
    unit: str | None,
    encoding: str | None,
    dry_run: bool,
    json_out: bool,
) -> None:
    """Đọc nhật ký từ bảng tính .xlsx, .csv, hoặc tệp .zip gồm nhiều bảng tính.

    Ngày của các tháng trước được ghi và mang dấu «ghi bù». Nhập lại cùng một tệp không thêm gì.
    """
    given = Given.read(file, DIARIES_BYTES)
    with ctx.obj().app_context():
        session, at = db.session(), clock.now()
        claim = _claim(session, _Whose(person, unit), given.name, encoding)
        aliases = diary_people.aliases(session)
        session.rollback()  # nothing is kept locked while files are read
        files = _read(given, aliases, encoding)
        if dry_run:
            planned = diary_matching.plan(session, files, claim, today=clock.today(), waived=True)
            reports = _reports(planned.files)
        else:
            written = diary_import.write(
                session, files, claim, today=clock.today(), waived=True, by=None, at=at
            )
            reports = _reports(written)
            db.session.commit()
    _tell(reports, json_out=json_out, dry_run=dry_run)
    if any(each["refused"] or each["refusal"] or each["blocked"] for each in reports):
        ctx.exit(Status.BAD_DATA)


def _read(
    given: Given, aliases: Mapping[str, DiaryColumn], encoding: str | None
) -> Sequence[SheetFile]:
    sent = DiaryFiles(given.data, given.name)
    with Bar(f"Đọc {given.name}", len(sent.names)) as shown, Reader() as reader:

        def tell(_name: str, place: int, _total: int) -> None:
            shown.update(place - shown.n)

        return reading_diaries.read_all(reader, sent, aliases, encoding, tell)


def _claim(session: Session, whose: _Whose, name: str, encoding: str | None) -> DiaryClaim:
    person_id = unit_id = None
    if whose.unit is not None:
        unit_id = session.scalar(select(Unit.id).where(Unit.code == whose.unit))
        if unit_id is None:
            raise Invalid(f"Không có đơn vị mã «{whose.unit}».")
    if whose.person is not None:
        found = diary_people.called(session, clean(whose.person).casefold(), fold(whose.person))
        if len(found) != 1:
            many = f"có {len(found)} người" if found else "không có ai"
            raise Invalid(f"--person «{whose.person}»: {many} tên như vậy. Hãy dùng tên đăng nhập.")
        person_id = found[0].person_id
    return DiaryClaim(person_id, unit_id, name, encoding)


def _reports(planned: Sequence[PlannedFile]) -> list[dict[str, Any]]:
    return [file.report() for file in planned]


def _tell(reports: Sequence[dict[str, Any]], *, json_out: bool, dry_run: bool) -> None:
    """Say what happened; beside JSON on standard output it goes to standard error."""
    for each in reports:
        if each["refusal"]:
            click.echo(each["refusal"], err=True)
        for problem in each["problems"]:
            told = f"{problem['where']}: {problem['what']}. {problem['fix']}"
            click.echo(told.rstrip(), err=True)
        if each["more"]:
            click.echo(f"{each['file']}: còn {each['more']} vấn đề khác.", err=True)
    if json_out:
        shown = [{key: each[key] for key in each if key not in _UNTOLD} for each in reports]
        click.echo(json.dumps({"files": shown}, ensure_ascii=False, indent=2))
    sums = {key: sum(each[key] for each in reports) for key in ("lines", "pending", "repeated")}
    refused = sum(each["refused"] for each in reports)
    verb = "Sẽ ghi" if dry_run else "Đã ghi"
    words = (
        f"{verb} {sums['lines']} dòng, {sums['pending']} dòng chờ gắn nhiệm vụ; "
        f"{sums['repeated']} dòng đã có từ trước, {refused} dòng không ghi được."
    )
    click.echo(words, err=json_out)
