"""What the page of a read file prints: its rows, what is amiss, what an earlier file said."""

from typing import Any

from sqlalchemy.orm import Session

from catalogue.blueprints import asked
from catalogue.domain.annex_changes import Changes, Line
from catalogue.queries import previews
from catalogue.queries.jobs import JobPage

_SHOWN = 50
_FIELDS = (
    ("tên", "name"),
    ("nhóm", "group"),
    ("ngạch", "rank"),
    ("mã", "code"),
    ("biên chế", "headcount"),
)


def context(session: Session, job: JobPage) -> dict[str, Any]:
    """Prepare one page of the rows, with everything that stands above them."""
    preview = previews.of_job(session, job)
    paging = asked.paging(len(preview.annex.rows))
    written = preview.written
    worst_first = sorted(preview.annex.problems, key=lambda problem: not problem.blocks)
    return {
        "preview": preview,
        "paging": paging,
        "rows": preview.rows(paging.offset, asked.ROWS_A_PAGE),
        "query": {"job_id": job.job_id},
        "problems": worst_first[:_SHOWN],
        "changed": _changed(preview.changes),
        "shown_changes": _SHOWN,
        "reconciliation_id": written and previews.reconciliation_of(session, written.annex_file_id),
    }


def _changed(changes: Changes) -> list[tuple[str, list[str]]]:
    """List the kinds of change with a line of words for each position."""
    return [
        ("Có thêm", [_named(line) for line in changes.came]),
        ("Không còn trong tệp này", [_named(line) for line in changes.went]),
        ("Ghi khác trước", [_difference(*pair) for pair in changes.reworded]),
    ]


def _named(line: Line) -> str:
    return f"{line.name} ({line.code})" if line.code else line.name


def _difference(before: Line, after: Line) -> str:
    fields = (
        f"{label} «{_shown(getattr(before, field))}» → «{_shown(getattr(after, field))}»"
        for label, field in _FIELDS
        if getattr(before, field) != getattr(after, field)
    )
    return f"{_named(before)}: {'; '.join(fields)}"


def _shown(value: str | int | None) -> str:
    return "trống" if value is None else str(value)
