"""The duties that a new job description of a group of positions begins with."""

from sqlalchemy.orm import Mapped, mapped_column

from catalogue.domain.words import PositionGroup
from catalogue.models.base import Base, JsonList, Key, Name, word
from catalogue.models.validity import Dated


class DutyTemplate(Dated, Base):
    """One set of duties, with the source that words it; `group` is whom it is usually for."""

    __tablename__ = "duty_template"

    id: Mapped[Key]
    name: Mapped[Name]
    group: Mapped[PositionGroup] = mapped_column(word(PositionGroup))
    duties: Mapped[JsonList]
    basis: Mapped[Name]
