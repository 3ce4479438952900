"""Table ``visit_skip``: clients whom an advisor does not visit on a day, and why (R33, R34)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Code, Name, appended


class VisitSkip(Base):
    """A suggestion put aside for one day (换一批); the next day it may come again."""

    __tablename__ = "visit_skip"
    __table_args__ = (
        Index("ix_visit_skip_user_id_skipped_on", "user_id", "skipped_on", "client_id"),
        appended(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    skipped_on: Mapped[date]
    reason: Mapped[Code]
    note: Mapped[Name] = mapped_column(default="")
    created_at: Mapped[datetime]
