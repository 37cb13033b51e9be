"""Commands that read a file and, unless told otherwise, write it to the catalogue."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from catalogue.cli import clock
from catalogue.cli.given import Given
from catalogue.cli.progress import Bar
from catalogue.cli.values import DayType, WholeNumber
from catalogue.domain import annex as annexes, competency, description
from catalogue.domain.errors import UnreadableFile
from catalogue.domain.layout import layout_on
from catalogue.domain.problems import Problem
from catalogue.domain.words import PositionGroup, SourceState
from catalogue.exporters import description_document
from catalogue.extensions import db
from catalogue.importers import reading
from catalogue.queries.coverage import CENTRAL_SYMBOL
from catalogue.services import cataloguing, competencies, describing, sourcing

_PROBLEM = ("where", "what", "fix")


@dataclass(frozen=True, slots=True)
class _Claim:
    """What the sender says of an annex: the document that it is, and the agency that it is for."""

    number: str
    agency: str
    add_agency: bool
    state: SourceState
    since: date | None


@click.group("import")
def importing() -> None:
    """Đọc một tệp Word và ghi vào danh mục."""


def _common(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command what all of them share: the file, --dry-run, --json, --from."""
    for option in (
        click.option("--from", "since", type=DayType(), help="Ngày bắt đầu có hiệu lực."),
        click.option("--json", "json_out", is_flag=True, help="In điều đã đọc ra dạng JSON."),
        click.option("--dry-run", is_flag=True, help="Chỉ đọc, không ghi."),
        click.argument("file", type=click.Path(path_type=Path)),
    ):
        command = option(command)
    return click.pass_context(command)


@importing.command("annex")
@_common
@click.option("--source", help="Số, ký hiệu văn bản của tệp, như 2754-QĐ/BTCTW.")
@click.option("--decision", type=WholeNumber(2752, 2765), help="Viết tắt của --source.")
@click.option("--agency", help="Loại cơ quan mà danh mục này dành cho, như “Văn phòng”.")
@click.option("--add-agency", is_flag=True, help="Lập loại cơ quan mới nếu chưa có.")
@click.option("--reference", is_flag=True, help="Danh sách tham khảo, không phải bản ký.")
def import_annex(  # noqa: PLR0913 (one parameter an option)
    ctx: click.Context,
    file: Path,
    *,
    dry_run: bool,
    json_out: bool,
    since: date | None,
    source: str | None,
    decision: int | None,
    agency: str | None,
    add_agency: bool,
    reference: bool,
) -> None:
    """Đọc phụ lục danh mục vị trí việc làm."""
    given = Given.read(file)
    with Bar(f"Đọc {given.name}") as shown:
        read = reading.read_annex(given.data, given.name, progress=shown.reach)
    if json_out:
        _print_json(_shown(annexes.as_json(read)))
    _refuse_empty(read.rows, read.problems, given.name)
    number = f"{decision}{CENTRAL_SYMBOL}" if decision else source
    if dry_run or (json_out and not (number or agency)):
        _tell(json_out, f"Đọc được {len(read.rows)} vị trí, chưa ghi.", read.problems)
        return
    if not (number and agency):
        raise click.UsageError("Hãy nêu --source (hoặc --decision) và --agency, hoặc --dry-run.")
    state = SourceState.REFERENCE if reference else SourceState.VERIFIED
    claim = _Claim(number, agency, add_agency, state, since)
    with _writing(ctx) as (session, at):
        recorded = cataloguing.record_annex(
            session, read, _annex_source(session, given, claim), by=None, at=at
        )
    _tell(json_out, _annex_outcome(recorded), read.problems)
    for former, name, reason in recorded.renamed:
        _tell(json_out, f"  đổi tên: {former} → {name} ({reason}; hãy xem lại)")


@importing.command("descriptions")
@_common
@click.option("--agency", help="Chỉ khớp với vị trí của loại cơ quan này.")
@click.option("--write", "target", type=click.Path(path_type=Path), help="Viết lại thành .docx.")
def import_descriptions(  # noqa: PLR0913 (one parameter an option)
    ctx: click.Context,
    file: Path,
    *,
    dry_run: bool,
    json_out: bool,
    since: date | None,
    agency: str | None,
    target: Path | None,
) -> None:
    """Đọc các bản mô tả công việc trong một tệp."""
    given = Given.read(file)
    with Bar(f"Đọc {given.name}") as shown:
        read = reading.read_descriptions(given.data, given.name, progress=shown.reach)
    if json_out:
        _print_json([_shown(description.as_json(one)) for one in read])
    problems = [problem for one in read for problem in one.problems]
    if target:
        layout = layout_on(clock.now().date())
        target.write_bytes(description_document.write(read, layout=layout))
        _tell(json_out, f"Đã viết {target}.")
    if dry_run:
        _tell(json_out, f"Đọc được {len(read)} bản mô tả, chưa ghi.", problems)
        return
    with _writing(ctx) as (session, at):
        source = describing.Source(
            file_name=given.name,
            sha256=given.sha256,
            valid_from=since or clock.today(),
            agency_id=sourcing.agency(session, agency).id if agency else None,
        )
        recorded = describing.record_descriptions(session, read, source, by=None, at=at)
    outcome = (
        f"Đã ghi {recorded.descriptions} bản mô tả, {recorded.tasks} công việc; "
        f"{recorded.repeated} bản đã có từ trước."
    )
    _tell(json_out, outcome, problems)


@importing.command("competencies")
@_common
@click.option(
    "--audience",
    type=click.Choice([group.value for group in PositionGroup]),
    help="Nhóm vị trí mà từ điển dành cho; không nêu thì theo tiêu đề của tệp, hoặc mọi nhóm.",
)
def import_competencies(
    ctx: click.Context,
    file: Path,
    *,
    dry_run: bool,
    json_out: bool,
    since: date | None,
    audience: str | None,
) -> None:
    """Đọc từ điển năng lực năm cấp độ."""
    given = Given.read(file)
    with Bar(f"Đọc {given.name}") as shown:
        read = reading.read_dictionary(given.data, given.name, progress=shown.reach)
    if json_out:
        _print_json(competency.entries_as_json(read))
    _refuse_empty(read.entries, read.problems, given.name)
    if dry_run:
        _tell(json_out, f"Đọc được {len(read.entries)} năng lực, chưa ghi.", read.problems)
        return
    with _writing(ctx) as (session, at):
        group = PositionGroup.stored(audience) if audience else PositionGroup.of_heading(read.title)
        source = competencies.Source(given.name, given.sha256, since or clock.today(), group)
        fresh = competencies.record_dictionary(session, read, source, by=None, at=at)
    label = group.label if group else "mọi nhóm vị trí"
    written = f"Đã ghi {len(read.entries)} năng lực, dành cho: {label}."
    words = written if fresh else "Tệp này đã được nhập từ trước."
    _tell(json_out, words, read.problems)


COMMANDS = (importing,)


@contextmanager
def _writing(ctx: click.Context) -> Iterator[tuple[Session, datetime]]:
    """Open one transaction that commits when its block ends, and the moment it happens at."""
    with ctx.obj().app_context():
        yield db.session(), clock.now()
        db.session.commit()


def _annex_source(session: Session, given: Given, claim: _Claim) -> cataloguing.Source:
    document = sourcing.document(session, claim.number)
    return cataloguing.Source(
        document=document,
        agency=sourcing.agency(session, claim.agency, add=claim.add_agency),
        file_name=given.name,
        sha256=given.sha256,
        state=claim.state,
        valid_from=claim.since or document.issued_on or clock.today(),
    )


def _refuse_empty(found: Sequence[object], problems: Iterable[Problem], name: str) -> None:
    """Refuse a file of which nothing could be read, with what the reader says of it."""
    if found:
        return
    words = [f"{problem.where}: {problem.what}. {problem.fix}" for problem in problems]
    raise UnreadableFile(" ".join(words) or f"Tệp «{name}» không có gì đọc được.")


def _annex_outcome(recorded: cataloguing.Recorded) -> str:
    if recorded.repeated:
        return "Tệp này đã được nhập từ trước; không có gì thay đổi."
    return (
        f"Đã ghi {recorded.rows} dòng: {recorded.new} vị trí mới, {recorded.same} trùng khớp, "
        f"{len(recorded.renamed)} đổi tên; {recorded.unmatched} vị trí đang có không có trong tệp."
    )


def _tell(json_out: bool, words: str, problems: Iterable[Problem] = ()) -> None:  # noqa: FBT001 (told apart by the stream alone)
    """Say what happened; beside JSON on standard output it goes to standard error."""
    for problem in problems:
        click.echo(f"{problem.where}: {problem.what}. {problem.fix}", err=True)
    click.echo(words, err=json_out)


def _shown(read: dict[str, Any]) -> dict[str, Any]:
    """Leave of each problem what a reader acts upon."""
    problems = [{key: one[key] for key in _PROBLEM} for one in read["problems"]]
    return read | {"problems": problems}


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
