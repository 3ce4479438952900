"""Table ``reminder``: what a person was told of, once each (fault 36)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Name, partial_index
from advisorcrm.terms import DueKind, ReminderState

CLAIM = ("user_id", "kind", "subject_id", "due_on", "clock", "step")
"""What makes a reminder the same one: told once, by whichever computer is first."""


class Reminder(Base):
    """The claim to tell one person of one thing at one of its dates: a line of the centre.

    Derived from what is due, like a draft from a form: not in the change history.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint(*CLAIM),
        Index("ix_reminder_user_id_claimed_at", "user_id", "claimed_at"),
        partial_index(
            "ix_reminder_user_id_snoozed_until",
            "user_id",
            "snoozed_until",
            where="snoozed_until IS NOT NULL",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[DueKind]
    subject_id: Mapped[int]
    due_on: Mapped[date]
    clock: Mapped[str] = mapped_column(String(5), default="")
    step: Mapped[int] = mapped_column(default=0)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"))
    name: Mapped[Name] = mapped_column(default="")
    detail: Mapped[Name] = mapped_column(default="")
    state: Mapped[ReminderState]
    is_bundled: Mapped[bool] = mapped_column(default=False, server_default=false())
    claimed_at: Mapped[datetime]
    snoozed_until: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
