"""Putting descriptions that came as Word files into drafts, each as it was compared and agreed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from catalogue.domain import drafting as contents, received as uploads
from catalogue.domain.description import Description, Section
from catalogue.domain.drafting import FIELDS, Content, loggable
from catalogue.domain.errors import Conflict, NotAllowed
from catalogue.domain.going_on import carried, propose
from catalogue.domain.reviewing import JobState
from catalogue.domain.roles import Viewer
from catalogue.domain.upload import DescriptionClaim
from catalogue.models import DescriptionDraft, DraftAuthor, Job, PositionVersion
from catalogue.queries import description_jobs, drafting_bases, drafting_rights
from catalogue.queries.drafting_bases import Base
from catalogue.queries.followed import former_tasks
from catalogue.queries.placing import Positions
from catalogue.services import auditing, draft_comments, drafting, jobs
from catalogue.services.draft_sizes import Weigh, refuse_unsendable
from catalogue.services.drafting import Place


@dataclass(frozen=True, slots=True)
class Choice:
    """One description to be written: for which position, against what it was compared.

    `agreed` are the tasks of which a person let stand that they go on from a likely one.
    """

    number: int
    position_version_id: int
    seen: str
    agreed: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one choice; without a draft, nothing of it was written."""

    number: int
    draft_id: int | None
    words: str


def write(
    session: Session,
    job_id: int,
    choices: Sequence[Choice],
    *,
    weigh: Weigh,
    by: Viewer,
    at: datetime,
) -> list[Outcome]:
    """Write the chosen descriptions of an upload into drafts, beginning those that are missing.

    One whose draft changed since the comparison was drawn is refused by itself, and so is one
    that no form of the editor could send back. The upload is done once all of it was written.
    """
    writer = _Writer(session, _open_job(session, job_id, by), weigh, by, at)
    outcomes = [writer.write(choice) for choice in choices]
    writer.finish([each for each in outcomes if each.draft_id is not None])
    return outcomes


def finish(session: Session, job_id: int, *, by: Viewer, at: datetime) -> None:
    """Leave out what was not written: the upload is done, or put aside where nothing was."""
    job = jobs.locked(session, job_id)
    if job.state is not JobState.READY or not description_jobs.written(job.found or {}):
        jobs.discard(session, job_id, by=by.person_id, at=at)
        return
    job.state, job.ended_at = JobState.DONE, at
    auditing.record(
        session, "job.finished", job.given["file_name"], by=by.person_id, at=at, job=job.id
    )


def _open_job(session: Session, job_id: int, by: Viewer) -> Job:
    job = jobs.locked(session, job_id)
    if job.state is not JobState.READY:
        message = f"Tệp này {job.state.label.lower()} nên không ghi được. Chưa có gì thay đổi."
        raise Conflict(message)
    if not drafting_rights.may_draft(session, by, job.given["unit_id"]):
        message = (
            "Bạn không được giao soạn bản mô tả này: bản riêng do cán bộ tổ chức của đơn vị soạn, "
            "bản chung do cán bộ tổ chức cấp tỉnh soạn. Chưa có gì được ghi."
        )
        raise NotAllowed(message)
    return job


class _Writer:
    """Writes descriptions of one upload, one after another."""

    def __init__(self, session: Session, job: Job, weigh: Weigh, by: Viewer, at: datetime) -> None:
        self._session, self._job, self._weigh, self._by, self._at = session, job, weigh, by, at
        self._claim = DescriptionClaim.from_json(job.given)
        self._received = uploads.from_json(job.found or {})
        self._positions = Positions(session, self._claim.agency_id)

    def write(self, choice: Choice) -> Outcome:
        try:
            return self._written(choice)
        except Conflict as refusal:
            words = f"Bản mô tả thứ {choice.number + 1}: {refusal}"
            return Outcome(choice.number, None, words)

    def finish(self, written: Collection[Outcome]) -> None:
        """Note which descriptions went to which drafts."""
        if not written:
            return
        job, found = self._job, self._job.found or {}
        drafts = found.get("written", {}) | {str(each.number): each.draft_id for each in written}
        job.found = found | {"written": drafts}
        if len(drafts) == len(self._received.descriptions):
            job.state, job.ended_at = JobState.DONE, self._at
        auditing.record(
            self._session,
            "descriptions.received",
            self._claim.file_name,
            by=self._by.person_id,
            at=self._at,
            job=job.id,
            drafts=[each.draft_id for each in written],
        )
        self._session.flush()

    def _written(self, choice: Choice) -> Outcome:
        read, version = self._read(choice), self._position(choice)
        base = drafting_bases.of_positions(
            self._session, [version.position_id], self._claim.unit_id, self._by.on
        ).get(version.position_id)
        draft = self._draft(base)
        seen = drafting_bases.of_draft(draft).token if draft else base.token if base else ""
        if seen != choice.seen:
            raise _changed()
        record = _agreed(read, base, choice)
        draft, words = self._put(record, draft, version, base)
        self._write_down_sender(draft)
        said = draft_comments.write(
            self._session,
            draft,
            self._received.file_of(choice.number).annotations.comments,
            alone=self._received.is_alone(choice.number),
            by=self._by.person_id,
            at=self._at,
        )
        more = f" Đã ghi {said} ý kiến của tệp vào bản soạn." if said else ""
        return Outcome(choice.number, draft.id, f"«{read.name}»: {words}{more}")

    def _read(self, choice: Choice) -> Description:
        if choice.number >= len(self._received.descriptions):
            message = "tệp không có bản mô tả này. Hãy mở lại trang rồi chọn lại."
            raise Conflict(message)
        if choice.number in description_jobs.written(self._job.found or {}):
            message = "đã được ghi từ trước."
            raise Conflict(message)
        _, read = self._received.descriptions[choice.number]
        if any(problem.blocks for problem in read.problems):
            message = "tệp có chỗ phải sửa trước, nên chưa ghi được."
            raise Conflict(message)
        return read

    def _position(self, choice: Choice) -> PositionVersion:
        version = self._positions.get(choice.position_version_id)
        if version is None:
            message = (
                "vị trí đã chọn không còn trong danh mục đang có hiệu lực. Hãy mở lại trang rồi "
                "chọn vị trí khác."
            )
            raise Conflict(message)
        return version

    def _draft(self, base: Base | None) -> DescriptionDraft | None:
        """Take the open draft as it now stands; nobody changes it until we are done."""
        if base is None or base.draft_id is None:
            return None
        return drafting.open_to_write(self._session, base.draft_id)

    def _put(
        self,
        record: Description,
        draft: DescriptionDraft | None,
        version: PositionVersion,
        base: Base | None,
    ) -> tuple[DescriptionDraft, str]:
        session, by, at = self._session, self._by.person_id, self._at
        if draft is None:
            based_on = base.description_id if base else None
            self._refuse_unsendable(Content(record), version, based_on)
            place = Place(version.id, self._claim.unit_id)
            begun = drafting.begin(session, place, Content(record), based_on=based_on, by=by, at=at)
            if begun.content != contents.as_json(Content(record)):
                raise _changed()
            return begun, "đã mở bản soạn mới."
        present = contents.from_json(draft.content)
        different = _different(present.description, record)
        if not different:
            return draft, "không có gì khác với bản soạn; không có gì thay đổi."
        claimed = {former for each in loggable(record) for former in each.goes_on_from}
        retired = {task: why for task, why in present.retired.items() if task not in claimed}
        seen = {section: draft.revisions[section.value] for section in different}
        content = Content(record, retired)
        self._refuse_unsendable(content, version, draft.based_on_id)
        drafting.save(session, draft.id, content, seen, by=by, at=at)
        return draft, "đã ghi vào bản soạn."

    def _refuse_unsendable(
        self, content: Content, version: PositionVersion, based_on: int | None
    ) -> None:
        place = version.position_id, self._claim.unit_id
        former = former_tasks(self._session, *place, self._by.on, based_on)
        refuse_unsendable(content, former, self._weigh)

    def _write_down_sender(self, draft: DescriptionDraft) -> None:
        """Who sent the file wrote what it says, whoever put it in the draft: neither judges it."""
        sender, at = self._job.asked_by_id, self._job.asked_at
        if self._session.get(DraftAuthor, (draft.id, sender)) is None:
            drafting.write_down_author(self._session, draft.id, None, by=sender, at=at)


def _agreed(read: Description, base: Base | None, choice: Choice) -> Description:
    """Let tasks go on from former ones where that is sure, or was let stand."""
    read = replace(read, problems=())
    former = base.record if base else Description(read.name)
    stand = [each for each in propose(read, former) if each.sure or each.number in choice.agreed]
    return carried(read, stand)


def _different(present: Description, record: Description) -> list[Section]:
    return [
        section
        for section, names in FIELDS.items()
        if any(getattr(present, name) != getattr(record, name) for name in names)
    ]


def _changed() -> Conflict:
    message = (
        "bản đang có đã đổi sau khi bạn mở bảng so sánh. Bản này chưa được ghi; hãy xem lại bảng "
        "so sánh mới rồi chọn lại."
    )
    return Conflict(message)
