"""Table ``privacy_request``: what persons asked about their own data (2.7d)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Code, Long, Versioned, recorded
from advisorcrm.terms import PrivacyRequestKind


class PrivacyRequest(Versioned, Base):
    """One request: what, when, by which way, and what was done about it."""

    __tablename__ = "privacy_request"
    __table_args__ = (Index("ix_privacy_request_client_id", "client_id"), recorded())

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    kind: Mapped[PrivacyRequestKind]
    asked_on: Mapped[date]
    way: Mapped[Code | None]
    note: Mapped[Long] = mapped_column(default="")
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answer: Mapped[Long] = mapped_column(default="")

    __mapper_args__ = {"version_id_col": Versioned.version}
