"""Table ``draft``: what somebody has typed and not yet saved."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base


class Draft(Base):
    """One unsaved form of one person; gone when it is saved or discarded."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("user_id", "form", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    form: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(120), default="")
    content: Mapped[str]
    saved_at: Mapped[datetime]
