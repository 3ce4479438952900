"""Tables ``day_closing``, ``day_plan``, ``day_matter``, ``day_skip``: the day reviewed (R47)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Long, Name, Versioned, recorded
from advisorcrm.terms import DayItemKind


class DayClosing(Versioned, Base):
    """One person's day (工作日志): what was done, how the news was taken; closed once."""

    __tablename__ = "day_closing"
    __table_args__ = (
        UniqueConstraint("user_id", "closing_on"),
        Index("ix_day_closing_closing_on", "closing_on"),
        recorded(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    closing_on: Mapped[date]
    summary: Mapped[Long] = mapped_column(default="")
    acceptance: Mapped[Long] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    open_count: Mapped[int] = mapped_column(default=0, server_default="0")

    __mapper_args__ = {"version_id_col": Versioned.version}


class DayPlan(Versioned, Base):
    """One line of the plan for the next working day (次日计划)."""

    __tablename__ = "day_plan"
    __table_args__ = (
        Index("ix_day_plan_day_closing_id", "day_closing_id"),
        Index("ix_day_plan_user_id_due_on", "user_id", "due_on"),
        recorded(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    day_closing_id: Mapped[int] = mapped_column(ForeignKey("day_closing.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    due_on: Mapped[date]
    text: Mapped[Name]
    done_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": Versioned.version}


class DayMatter(Versioned, Base):
    """One matter for the leader (上报事项) and what he answered."""

    __tablename__ = "day_matter"
    __table_args__ = (
        Index("ix_day_matter_day_closing_id", "day_closing_id"),
        Index("ix_day_matter_answered_at", "answered_at"),
        recorded(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    day_closing_id: Mapped[int] = mapped_column(ForeignKey("day_closing.id"))
    text: Mapped[Long]
    reported_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answer: Mapped[Long] = mapped_column(default="")
    archived_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": Versioned.version}


class DaySkip(Base):
    """Something of the day's end that was looked at and needs nothing (无变化, 未通话)."""

    __tablename__ = "day_skip"
    __table_args__ = (
        UniqueConstraint("user_id", "skip_on", "kind", "client_id"),
        recorded(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    skip_on: Mapped[date]
    kind: Mapped[DayItemKind]
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    reason: Mapped[Name]
    skipped_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]
