"""The story of a day: told, with unplanned work and work of several days, judged by the head."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from plays import AT, TODAY, Play
from sqlalchemy import select

from catalogue.domain import diary_sheet as read_sheets
from catalogue.domain.diary import LineDraft
from catalogue.domain.judging import Verdict
from catalogue.domain.pending import PendingDraft
from catalogue.domain.roles import Viewer
from catalogue.domain.upload import DiaryClaim
from catalogue.domain.words import Role, WorkPlace
from catalogue.domain.work_items import WorkDraft
from catalogue.importers import diary_sheet
from catalogue.models import Assignment, LogLine
from catalogue.queries import diary_people
from catalogue.queries.tasks import OwnTask, own_tasks
from catalogue.services import (
    beginning_work,
    files,
    jobs,
    judging_work,
    logging_work,
    pending_lines,
)
from catalogue.services.judging_work import Said

FILE_NAME = "nhat-ky-thang-4.csv"


class StoryOfADay(Play):
    """One of the staff writes, the head judges."""

    @property
    def moments(self) -> Sequence[Callable[[], None]]:
        return (self.tell, self.ask, self.judge, self.bring)

    def tell(self) -> None:
        """Write what was done today under the first tasks that leave a product."""
        drafts = [
            LineDraft(
                task.task_version_id,
                minutes,
                product=task.product,
                quantity=1,
                place=WorkPlace.OFFICE,
            )
            for task, minutes in zip(self._tasks(), (180, 120, 90), strict=False)
        ]
        logging_work.save_sheet(self.session, drafts, day=TODAY, today=TODAY, by=self._who(), at=AT)

    def ask(self) -> None:
        """Tell work that no task is for; the head gives work that takes several days."""
        content = "Đón tiếp đoàn kiểm tra của Trung ương, chuẩn bị hội trường và tài liệu"
        told = PendingDraft(self._seat(), 60, content, product="Bảng phân công phục vụ")
        line = pending_lines.tell(self.session, told, day=TODAY, today=TODAY, by=self._who(), at=AT)
        self.places["pending"] = line.id
        first = self._tasks()[0]
        given = WorkDraft(
            first.task_version_id,
            "Báo cáo sơ kết sáu tháng đầu năm",
            "Báo cáo trình Ban Thường vụ",
            1,
            TODAY + timedelta(days=9),
        )
        work = beginning_work.assign(self.session, self._seat(), given, viewer=self._head(), at=AT)
        self.places["work"] = work.id

    def judge(self) -> None:
        """Ask for one line of an earlier day to be mended."""
        said = Said(Verdict.CORRECTION, "Ghi rõ số, ngày của văn bản đã ban hành.")
        judging_work.judge_line(self.session, self._earlier_line(), said, self._head(), at=AT)

    def bring(self) -> None:
        """Send a month that was kept in a spreadsheet; it waits to be looked at."""
        content = self._sheet().encode("utf-8-sig")
        claim, by = DiaryClaim(self._who(), None, FILE_NAME), self._who()
        file = files.store(self.session, FILE_NAME, "text/csv", content, by=by, at=AT)
        job = jobs.ask(self.session, file, claim, by=by, at=AT)
        jobs.take(self.session, at=AT)
        aliases = diary_people.aliases(self.session)
        found = diary_sheet.read(content, FILE_NAME, aliases=aliases)
        jobs.ready(self.session, job.id, read_sheets.as_json([found]), last=AT, at=AT)
        self.places["diary_job"] = job.id

    def _sheet(self) -> str:
        rows = [
            (TODAY - timedelta(days=1), self._tasks()[0].text, "7,5"),
            (TODAY - timedelta(days=2), self._tasks()[1].text, "7:30"),
            (TODAY - timedelta(days=5), "Trực đón đoàn công tác", "90p"),
        ]
        lines = [f"{day:%d/%m/%Y};{work};{hours};Một văn bản" for day, work, hours in rows]
        return "\n".join(["Ngày;Nhiệm vụ;Thời gian;Sản phẩm", *lines])

    def _tasks(self, day: date = TODAY) -> list[OwnTask]:
        found = own_tasks(self.session, self._who(), day)
        return [task for task in found if task.product and not task.is_study]

    def _earlier_line(self) -> int:
        query = (
            select(LogLine.id)
            .where(LogLine.assignment_id == self._seat(), LogLine.current)
            .where(LogLine.day < TODAY, LogLine.verdict.is_(None))
            .order_by(LogLine.day.desc(), LogLine.id)
        )
        return self.session.scalars(query.limit(1)).one()

    def _seat(self) -> int:
        held = select(Assignment.id).where(
            Assignment.person_id == self._who(), Assignment.holds_on(TODAY)
        )
        return self.session.scalars(held.order_by(Assignment.id).limit(1)).one()

    def _who(self) -> int:
        return self.people["canbo"]

    def _head(self) -> Viewer:
        reach = frozenset((self.unit().id,))
        return Viewer(self.people["thutruong"], 0, "thutruong", {Role.HEAD: reach}, TODAY)
