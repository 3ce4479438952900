"""Tables ``meeting`` with its items and attendees, and ``company_view`` (R23, R24, R48)."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, String, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Long, Name, Versioned, recorded
from advisorcrm.terms import MeetingItemKind, MeetingKind, Stance


class Meeting(Versioned, Base):
    """晨会 or 夕会 of one day; closed minutes (定稿) stay as they are."""

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("held_on", "kind"), recorded())

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[MeetingKind]
    held_on: Mapped[date]
    starts_at: Mapped[time | None] = mapped_column(Time)
    ends_at: Mapped[time | None] = mapped_column(Time)
    place: Mapped[Name] = mapped_column(default="")
    chair_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    recorder_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": Versioned.version}


class MeetingItem(Base):
    """What was said about one prescribed item of the minutes."""

    __tablename__ = "meeting_item"
    __table_args__ = (UniqueConstraint("meeting_id", "kind"), recorded())

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    kind: Mapped[MeetingItemKind]
    content: Mapped[Long] = mapped_column(default="")


class MeetingAttendee(Base):
    """Whether a person was there."""

    __tablename__ = "meeting_attendee"
    __table_args__ = (UniqueConstraint("meeting_id", "user_id"), recorded())

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    is_present: Mapped[bool]


class CompanyView(Versioned, Base):
    """What the company thinks of a stock or report (统一观点); ``is_push``: 重点推送.

    Pushes build on the rows with ``is_push`` that hold on their day.
    """

    __tablename__ = "company_view"
    __table_args__ = (
        Index("ix_company_view_holds_from_on_holds_until_on", "holds_from_on", "holds_until_on"),
        Index("ix_company_view_meeting_id", "meeting_id"),
        recorded(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    code: Mapped[str] = mapped_column(String(12), default="")
    subject: Mapped[Name]
    stance: Mapped[Stance]
    is_push: Mapped[bool] = mapped_column(default=False)
    source: Mapped[Name] = mapped_column(default="")
    points: Mapped[Long] = mapped_column(default="")
    holds_from_on: Mapped[date]
    holds_until_on: Mapped[date]
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdraw_reason: Mapped[Name] = mapped_column(default="")

    __mapper_args__ = {"version_id_col": Versioned.version}
