"""What the page of an upload prints: each description, for which position, and what it changes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from catalogue.blueprints import asked
from catalogue.domain.annotations import Annotations
from catalogue.domain.description import Description, Section
from catalogue.domain.description_changes import by_section, compare
from catalogue.domain.errors import Invalid
from catalogue.domain.going_on import Proposal, carried, propose
from catalogue.domain.item_changes import Change
from catalogue.domain.problems import Problem
from catalogue.domain.received import Received
from catalogue.domain.roles import Viewer
from catalogue.domain.states import BEING_WRITTEN
from catalogue.models import PositionVersion
from catalogue.queries import description_jobs, drafting_bases, drafting_rights
from catalogue.queries.description_jobs import UploadPage
from catalogue.queries.drafting_bases import Base
from catalogue.queries.placing import Positions
from catalogue.services.receiving import Choice

_KEY = re.compile(r"[1-9][0-9]{0,8}|0")
CLEAN = "khong-van-de"


@dataclass(frozen=True, slots=True)
class Shown:
    """One description of an upload beside what it would change.

    `recognised` tells whether the file itself says which position is meant; `draft_id` is set
    once it was written; `stale` is what was printed before the other side was last changed.
    """

    number: int
    file_name: str
    read: Description
    annotations: Annotations
    version: PositionVersion | None
    recognised: bool
    options: Sequence[PositionVersion]
    base: Base | None
    changes: list[Change]
    proposals: list[Proposal]
    draft_id: int | None
    stale: bool

    @property
    def blocking(self) -> list[Problem]:
        return [problem for problem in self.read.problems if problem.blocks]

    @property
    def closed(self) -> bool:
        """Tell whether its draft was sent for appraisal, so that nothing may be written to it."""
        state = self.base.state if self.base else None
        return state is not None and state not in BEING_WRITTEN

    @property
    def writable(self) -> bool:
        settled = self.draft_id is None and self.version is not None
        return settled and not self.blocking and not self.closed

    @property
    def clean(self) -> bool:
        asks = self.read.problems or self.likely or self.stale
        return self.writable and self.recognised and not asks and not self.idle

    @property
    def idle(self) -> bool:
        """Tell whether nothing would come of writing it but a draft like what is there."""
        return bool(self.base) and not self.changes and not self.annotations.comments

    @property
    def likely(self) -> list[Proposal]:
        """List what a person has to say of: tasks that go on from others by likeness alone."""
        return [each for each in self.proposals if not each.sure]

    @property
    def sections(self) -> list[tuple[Section, list[Change]]]:
        return by_section(self.changes)

    @property
    def token(self) -> str:
        return self.base.token if self.base else ""


def context(session: Session, job: UploadPage, viewer: Viewer) -> dict[str, Any]:
    """Prepare one page of the descriptions that were read, and the files that were refused."""
    received, written = description_jobs.found(session, job.job_id)
    paging = asked.paging(len(received.descriptions))
    wanted = range(len(received.descriptions))[paging.offset : paging.offset + asked.ROWS_A_PAGE]
    shown = _Shelf(session, job, viewer).all(received, wanted, written)
    return {
        "shown": shown,
        "files": received.files,
        "paging": paging,
        "written": written,
        "may_write": drafting_rights.may_draft(session, viewer, job.claim.unit_id),
        "chosen": _chosen_numbers(shown),
    }


def choices(form: MultiDict[str, str]) -> list[Choice]:
    """Read which descriptions were chosen; raises Invalid where nothing was."""
    found = [
        Choice(
            number=int(number),
            position_version_id=_figure(form.get(f"vi-tri-{number}", "")),
            seen=form.get(f"thay-{number}", ""),
            agreed=frozenset(map(_figure, form.getlist(f"tiep-{number}"))),
        )
        for number in form.getlist("ghi")
        if _KEY.fullmatch(number)
    ]
    if not found:
        message = "Chưa chọn bản nào: hãy đánh dấu «Đưa vào bản soạn» ở ít nhất một bản."
        raise Invalid(message)
    return found


class _Shelf:
    """Lays descriptions beside what is there, with one statement for all of them."""

    def __init__(self, session: Session, job: UploadPage, viewer: Viewer) -> None:
        self._session, self._unit_id, self._day = session, job.claim.unit_id, viewer.on
        self._positions = Positions(session, job.claim.agency_id)

    def all(
        self, received: Received, wanted: Sequence[int], written: Mapping[int, int]
    ) -> list[Shown]:
        placed = {number: self._place(number, received) for number in wanted}
        positions = {version.position_id for version, _ in placed.values() if version}
        bases = drafting_bases.of_positions(self._session, positions, self._unit_id, self._day)
        return [
            self._shown(number, received, *placed[number], bases, written.get(number))
            for number in wanted
        ]

    def _place(
        self, number: int, received: Received
    ) -> tuple[PositionVersion | None, Sequence[PositionVersion]]:
        """Give the position that was chosen or recognised, and those to choose from."""
        _, read = received.descriptions[number]
        origin = received.origin_of(number)
        found = self._positions.of(read, origin.position_id if origin else None)
        options = found if len(found) == 1 else found or self._positions.near(read.name)
        chosen = self._positions.get(asked.key(f"vi-tri-{number}", label="Vị trí"))
        if chosen is None and len(found) == 1:
            chosen = found[0]
        return chosen, options

    def _shown(
        self,
        number: int,
        received: Received,
        version: PositionVersion | None,
        options: Sequence[PositionVersion],
        bases: Mapping[int, Base],
        draft_id: int | None,
    ) -> Shown:
        file, (_, read) = received.file_of(number), received.descriptions[number]
        base = bases.get(version.position_id) if version else None
        former = base.record if base else Description(read.name)
        proposals = propose(read, former)
        changes = compare(former, carried(read, proposals)) if version else []
        return Shown(
            number=number,
            file_name=file.name,
            read=read,
            annotations=file.annotations,
            version=version,
            recognised=len(options) == 1,
            options=options,
            base=base,
            changes=changes,
            proposals=proposals if version else [],
            draft_id=draft_id,
            stale=base is not None and base.is_newer_than(received.origin_of(number)),
        )


def _chosen_numbers(shown: Sequence[Shown]) -> set[int]:
    """Give those ticked beforehand: all that raise no question, or the only one there is."""
    asked_for = asked.text("chon", label="Chọn") == CLEAN
    if asked_for or len(shown) == 1:
        return {each.number for each in shown if each.clean}
    return set()


def _figure(text: str) -> int:
    if not _KEY.fullmatch(text):
        message = "Trang đã cũ: hãy mở lại trang rồi chọn lại."
        raise Invalid(message)
    return int(text)
