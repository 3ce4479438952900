"""Table ``task``: what somebody is to do by a day (R22, R47, R58, R238)."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, String, Time
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Long, Name, Versioned, recorded
from advisorcrm.terms import TaskKind, TaskRepeat, TaskSource, TaskState


class Task(Versioned, Base):
    """One thing to do; whoever answers for it is the owner until another has accepted it.

    ``closed_at`` is empty as long as it is to be done, today or on the day it was moved to.
    """

    __tablename__ = "task"
    __table_args__ = (
        Index("ix_task_owner_id_closed_at_due_on", "owner_id", "closed_at", "due_on"),
        Index("ix_task_offered_to_id_closed_at", "offered_to_id", "closed_at"),
        Index("ix_task_creator_id_closed_at", "creator_id", "closed_at"),
        Index("ix_task_closed_at_due_on", "closed_at", "due_on"),
        Index("ix_task_client_id", "client_id"),
        Index("ix_task_source_source_id", "source", "source_id"),
        recorded(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    kind: Mapped[TaskKind] = mapped_column(default=TaskKind.TASK)
    state: Mapped[TaskState] = mapped_column(default=TaskState.OPEN)
    title: Mapped[Name]
    note: Mapped[Long] = mapped_column(default="")
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"))

    due_on: Mapped[date]
    due_at: Mapped[time | None] = mapped_column(Time)
    is_urgent: Mapped[bool] = mapped_column(default=False)
    is_important: Mapped[bool] = mapped_column(default=False)
    move_count: Mapped[int] = mapped_column(default=0)

    source: Mapped[TaskSource] = mapped_column(default=TaskSource.BY_HAND)
    source_id: Mapped[int | None]

    creator_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    offered_to_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    accepted_at: Mapped[datetime | None]
    returned_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    return_reason: Mapped[Name] = mapped_column(default="")

    repeats: Mapped[TaskRepeat | None]
    repeats_from_on: Mapped[date | None]
    repeats_on_workdays: Mapped[bool] = mapped_column(default=False)
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"), unique=True)

    result: Mapped[Name] = mapped_column(default="")
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    __mapper_args__ = {"version_id_col": Versioned.version}
