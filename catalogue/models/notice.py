"""What the program told people by itself, and how they want to be told."""

from datetime import date, time

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.domain.notices import Channel, NoticeKind
from catalogue.models.base import Base, Key, Moment, Name, Short, word


class Notice(Base):
    """One thing told to one person; of one subject and day it is told once."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("person_id", "kind", "about_day", "about_key"),
        Index("ix_notice_person_id", "person_id", "id"),
    )

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[NoticeKind] = mapped_column(word(NoticeKind))
    about_day: Mapped[date]
    about_key: Mapped[int] = mapped_column(default=0)
    text: Mapped[Name]
    path: Mapped[Short]
    made_at: Mapped[Moment]
    read_at: Mapped[Moment | None]


class NoticeDelivery(Base):
    """One notice given to one channel outside the program; the same is not sent twice."""

    __tablename__ = "notice_delivery"

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    channel: Mapped[Channel] = mapped_column(word(Channel), primary_key=True)
    sent_at: Mapped[Moment]


class NoticeSetting(Base):
    """A channel that a person turned off, or on again."""

    __tablename__ = "notice_setting"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    channel: Mapped[Channel] = mapped_column(word(Channel), primary_key=True)
    wanted: Mapped[bool]


class QuietTime(Base):
    """When a person wants nothing to ring."""

    __tablename__ = "quiet_time"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    begin: Mapped[time]
    end: Mapped[time]


class PushSubscription(Base):
    """A device that takes notices, with the keys that its browser made."""

    __tablename__ = "push_subscription"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    endpoint: Mapped[Name] = mapped_column(unique=True)
    p256dh: Mapped[Short]
    auth: Mapped[Short]
    added_at: Mapped[Moment]
