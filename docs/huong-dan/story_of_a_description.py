"""The story of a job description: drafted, returned, mended, approved; another comes as a file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from plays import AT, TODAY, Play
from sqlalchemy import select

from catalogue.domain import drafting as contents, received
from catalogue.domain.approving import Approval, Verdict
from catalogue.domain.description import Description, Duty, Section, Task
from catalogue.domain.drafting import Content
from catalogue.domain.received import ReadFile, Received
from catalogue.domain.roles import Viewer
from catalogue.domain.upload import DescriptionClaim
from catalogue.domain.words import Role, TaskKind
from catalogue.exporters import description_document as printed
from catalogue.forms.drafts import weights
from catalogue.importers import description_annotations, description_document, recognising
from catalogue.models import DescriptionDraft, Position, PositionVersion
from catalogue.queries import drafts, printed_descriptions
from catalogue.queries.printed_descriptions import Printed
from catalogue.services import approving, drafting, files, jobs, receiving
from catalogue.services.drafting import Place
from catalogue.services.receiving import Choice

DRIVER, RECEPTIONIST = "Nhân viên lái xe", "Nhân viên lễ tân"
# whose drafts are only begun, so that the list of work has more than one
OTHERS = ("Nhân viên phục vụ", "Nhân viên bảo vệ")
FILE_NAME = "vi-du-nhan-vien-le-tan.docx"
# what the words of a task begin with, and so what sort of work it is
KINDS = {"Trực": TaskKind.DUTY, "Dự họp": TaskKind.MEETING}
VERDICT = Verdict(
    "Mục 2 cần nói rõ hơn; các mục khác đạt.",
    {Section.DUTIES: "Nhiệm vụ 2.2, việc 2: nên tách việc bảo dưỡng, sửa chữa và việc đăng kiểm."},
)


class StoryOfADescription(Play):
    """An officer of a unit drafts, an organiser appraises, the head of the unit approves."""

    @property
    def moments(self) -> Sequence[Callable[[], None]]:
        return (
            self.begin,
            self.complete,
            self.submit,
            self.send_back,
            self.approve,
            self.receive,
            self.put,
        )

    def begin(self) -> None:
        """Begin from what is in force; what it never said of its tasks is missing now."""
        for name in OTHERS:
            self._begun(name)
        draft = self._begun(DRIVER)
        self.places["description_draft"] = draft.id
        self.places["present"] = draft.based_on_id or 0

    def complete(self) -> None:
        """Say what sort of work leaves no product, and make one task of two."""
        self._save(Section.DUTIES, lambda each: replace(each, duties=tuple(_said(each.duties))))

    def submit(self) -> None:
        """Send it to the organiser."""
        self.places["submission"] = self._submit()

    def send_back(self) -> None:
        """Return it with a word on the section that is to be mended."""
        by = self._viewer("tochuctinh", Role.ORGANISER)
        approving.send_back(self.session, self.places["submission"], VERDICT, by, at=_later(2))

    def approve(self) -> None:
        """Mend it, send it again; it is appraised by one person and approved by another."""
        self._save(Section.DUTIES, lambda each: replace(each, duties=tuple(_split(each.duties))))
        key = self._submit()
        organiser, head = self._viewer("tochuctinh", Role.ORGANISER), self._head()
        note = "Đã tách việc như góp ý."
        submission = approving.appraise(self.session, key, note, organiser, at=_later(4))
        approval = Approval(submission.sha256, TODAY)
        approved = approving.approve(self.session, key, approval, head, at=_later(5))
        self.places["approved"] = approved.id

    def receive(self) -> None:
        """Upload what somebody wrote in Word; it waits to be compared field by field."""
        content, by = self._edited_file(), self.people["tochuc"]
        claim = DescriptionClaim(self.unit().id, self.unit().agency_id, FILE_NAME)
        file = files.store(self.session, FILE_NAME, recognising.DOCX, content, by=by, at=AT)
        job = jobs.ask(self.session, file, claim, by=by, at=AT)
        jobs.take(self.session, at=AT)
        read = description_document.read(content)
        beside = ReadFile(FILE_NAME, annotations=description_annotations.read(content))
        found = Received((beside,), tuple((0, each) for each in read))
        jobs.ready(self.session, job.id, received.as_json(found), last=AT, at=AT)
        self.places["description_job"] = job.id

    def put(self) -> None:
        """Put what was compared into a draft."""
        version, key, _ = self._present(RECEPTIONIST)
        choice = Choice(0, version.id, seen=f"ban-{key}")
        job, by = self.places["description_job"], self._officer()
        outcome, *_ = receiving.write(
            self.session, job, [choice], weigh=weights, by=by, at=_later(1)
        )
        if outcome.draft_id is None:
            raise LookupError(outcome.words)
        self.places["received_draft"] = outcome.draft_id

    def _begun(self, name: str) -> DescriptionDraft:
        """Begin a draft of the unit's own with what is in force for all units."""
        version, key, (record, _) = self._present(name)
        place, by = Place(version.id, self.unit().id), self.people["tochuc"]
        return drafting.begin(self.session, place, Content(record), based_on=key, by=by, at=AT)

    def _save(self, section: Section, edit: Callable[[Description], Description]) -> None:
        draft = self.session.get_one(DescriptionDraft, self.places["description_draft"])
        content = contents.from_json(draft.content)
        edited = replace(content, description=edit(content.description))
        seen = {section: draft.revisions[section.value]}
        drafting.save(self.session, draft.id, edited, seen, by=self.people["tochuc"], at=_later(1))

    def _submit(self) -> int:
        draft, by = self.places["description_draft"], self._officer()
        return approving.submit(self.session, draft, by, at=_later(1)).id

    def _edited_file(self) -> bytes:
        """Print what is in force for a position, and write in it as its holder would in Word."""
        _, _, (record, origin) = self._present(RECEPTIONIST)
        own = replace(origin, unit_id=self.unit().id)
        return printed.write([_in_word(record)], origins=[own])

    def _present(self, name: str) -> tuple[PositionVersion, int, Printed]:
        """Find a position, and what describes it in the unit: which version, and its words."""
        by, version = self._officer(), self._version(name)
        base = drafts.base(self.session, version.position_id, self.unit().id, by)
        found = base and printed_descriptions.version(self.session, base.description_id, by)
        if base is None or found is None:
            raise LookupError(name)
        return version, base.description_id, found

    def _version(self, name: str) -> PositionVersion:
        query = (
            select(PositionVersion)
            .join(Position, Position.id == PositionVersion.position_id)
            .where(Position.agency_id == self.unit().agency_id, PositionVersion.name == name)
        )
        return self.session.scalars(query).one()

    def _officer(self) -> Viewer:
        return self._viewer("tochuc", Role.UNIT_OFFICER)

    def _head(self) -> Viewer:
        return self._viewer("thutruong", Role.HEAD)

    def _viewer(self, who: str, role: Role) -> Viewer:
        reach = None if role is Role.ORGANISER else frozenset((self.unit().id,))
        return Viewer(self.people[who], 0, who, {role: reach}, TODAY)


def _said(duties: Sequence[Duty]) -> Iterator[Duty]:
    """Say which tasks leave no product behind, and make one of the two that are one."""
    for duty in duties:
        tasks = [replace(task, kind=_kind(task)) for task in duty.tasks]
        yield replace(duty, tasks=tuple(_merged(tasks) if duty.name == "Trực nhà xe" else tasks))


def _kind(task: Task) -> TaskKind | None:
    return next((kind for start, kind in KINDS.items() if task.text.startswith(start)), None)


def _merged(tasks: Sequence[Task]) -> list[Task]:
    former = tuple(each for task in tasks for each in task.goes_on_from)
    text = "Trực nhà xe trong và ngoài giờ theo lịch, sẵn sàng nhận lệnh điều xe"
    return [replace(tasks[0], text=text, goes_on_from=former)]


def _split(duties: Sequence[Duty]) -> Iterator[Duty]:
    """Split in two the task that was remarked on; both go on from it."""
    for duty in duties:
        tasks = [part for task in duty.tasks for part in _parts(task)]
        if len(tasks) == len(duty.tasks):
            yield duty
        else:
            criteria = tuple(task.criterion or "" for task in tasks)
            products = tuple(task.product or "" for task in tasks)
            yield replace(duty, tasks=tuple(tasks), criteria=criteria, products=products)


def _parts(task: Task) -> list[Task]:
    if not task.text.startswith("Đưa xe bảo dưỡng"):
        return [task]
    return [
        replace(task, text="Đưa xe bảo dưỡng, sửa chữa", product="Phiếu bảo dưỡng, sửa chữa"),
        replace(task, text="Đưa xe đi đăng kiểm", product="Giấy chứng nhận kiểm định"),
    ]


def _in_word(record: Description) -> Description:
    """Word the purpose and the first task otherwise, as a file that was edited would."""
    first, *others = record.duties
    task, *rest = first.tasks
    edited = replace(task, text=f"{task.text}, ghi sổ và báo ngay người được gặp")
    purpose = record.purpose.removesuffix(".") + ", chu đáo, đúng quy chế cơ quan."
    duties = (replace(first, tasks=(edited, *rest)), *others)
    return replace(record, purpose=purpose, duties=duties)


def _later(hours: int) -> datetime:
    return AT + timedelta(hours=hours)
