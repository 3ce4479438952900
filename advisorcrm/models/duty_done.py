"""Table ``duty_done``: weekly and monthly duties that somebody has seen to (R21, R51, R52, R93)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Name, recorded
from advisorcrm.terms import DueKind


class DutyDone(Base):
    """One duty of one person in one week or month; taken back by ``archived_at``."""

    __tablename__ = "duty_done"
    __table_args__ = (UniqueConstraint("user_id", "kind", "period_on"), recorded())

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[DueKind]
    period_on: Mapped[date]
    """The Monday of the week, or the first of the month, in which the duty falls."""
    done_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    done_at: Mapped[datetime]
    note: Mapped[Name] = mapped_column(default="", server_default=text("''"))
    """Who did it, if not who recorded it, and what is to be known of it."""
    archived_at: Mapped[datetime | None]
