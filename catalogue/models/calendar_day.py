"""Days whose standard hours differ from their weekday's, each with its source."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from catalogue.domain.words import DayKind
from catalogue.models.base import Base, Name, word


class CalendarDay(Base):
    """One holiday, compensatory, swapped or made-up day."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[DayKind] = mapped_column(word(DayKind))
    source: Mapped[Name]
