"""An office with a calendar, a diary and a closed month, in the words of the tests."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from catalogue.domain.diary import LineDraft
from catalogue.domain.hours import Month
from catalogue.domain.words import DayKind
from catalogue.models import CalendarDay, LogLine
from catalogue.queries import checks
from catalogue.services import closing_months
from tests.drafts import Office, make_office
from tests.making import AT, TODAY, make_line, task_versions

MARCH = Month(2024, 3)
DAY = date(2024, 3, 5)


@dataclass
class Diary:
    """The holder's diary of the office."""

    office: Office
    task: int

    @property
    def session(self) -> Session:
        return self.office.session

    @property
    def holder(self) -> int:
        return self.office.holder.id

    def log(self, minutes: int = 480, day: date = DAY) -> LogLine:
        (task, *_) = task_versions(self.session, self.office.present)
        return make_line(self.session, self.office.holder, task, day=day, minutes=minutes)

    def draft(self, minutes: int = 60) -> LineDraft:
        return LineDraft(self.task, minutes, product="Một văn bản")

    def close(self, month: Month = MARCH, *, acknowledged: bool = True) -> None:
        closing_months.close_unit(
            self.session,
            self.office.unit.id,
            month,
            acknowledged=acknowledged,
            today=TODAY,
            by=self.office.head.id,
            at=AT,
        )

    def broken(self) -> list[str]:
        """What no longer holds of the promises: sums that differ from their lines, mostly."""
        self.session.flush()
        return [check.promise for check in checks.run(self.session) if check.broken]


def make_diary(session: Session) -> Diary:
    session.add(CalendarDay(day=date(2024, 1, 1), kind=DayKind.HOLIDAY, source="Lịch nghỉ"))
    office = make_office(session)
    return Diary(office, task_versions(session, office.present)[0].id)
