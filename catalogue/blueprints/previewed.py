"""What the page of a read file prints: its rows, what is amiss, what an earlier file said."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from catalogue.blueprints import asked
from catalogue.domain.annex_changes import Change, ChangeKind
from catalogue.queries import previews
from catalogue.queries.jobs import JobPage

_SHOWN = 50
_TITLES = {
    ChangeKind.ADDED: "Có thêm",
    ChangeKind.REMOVED: "Không còn trong tệp này",
    ChangeKind.CHANGED: "Ghi khác trước",
}


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


def _changed(changes: Sequence[Change]) -> list[tuple[str, list[str]]]:
    """List the kinds of change with a line of words for each position."""
    return [
        (title, [_told(change) for change in changes if change.kind is kind])
        for kind, title in _TITLES.items()
    ]


def _told(change: Change) -> str:
    line = change.line
    named = f"{line.name} ({line.code})" if line.code else line.name
    differing = "; ".join(
        f"{label.lower()} «{before}» → «{after}»" for label, before, after in change.differences
    )
    return f"{named}: {differing}" if differing else named
