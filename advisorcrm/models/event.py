"""Tables ``event``, ``event_guest``: what the branch invites to, and who came (R45, R111, R261)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Code, Long, Name, Versioned, recorded
from advisorcrm.terms import Channel, GuestAnswer


class Event(Versioned, Base):
    """One event (盘后交流, 座谈会, 接待日, 活动): when, where, prepared or not, what came out."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_starts_at", "starts_at"), recorded())

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Code]
    title: Mapped[Name]
    starts_at: Mapped[datetime]
    place: Mapped[Name] = mapped_column(default="")
    host_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    material: Mapped[Long] = mapped_column(default="")
    is_prepared: Mapped[bool] = mapped_column(default=False)
    summary: Mapped[Long] = mapped_column(default="")
    held_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": Versioned.version}


class EventGuest(Versioned, Base):
    """One guest: a client, or by name a visitor who is none; answer, attendance, words, gift."""

    __tablename__ = "event_guest"
    __table_args__ = (
        UniqueConstraint("event_id", "client_id"),
        Index("ix_event_guest_client_id", "client_id"),
        recorded(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"))
    name: Mapped[Name] = mapped_column(default="")
    channel: Mapped[Channel | None]
    invited_at: Mapped[datetime | None]
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    answer: Mapped[GuestAnswer]
    has_come: Mapped[bool | None]
    feedback: Mapped[Long] = mapped_column(default="")
    gift: Mapped[Name] = mapped_column(default="")
    archived_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": Versioned.version}
