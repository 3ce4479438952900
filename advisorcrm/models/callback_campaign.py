"""Table ``callback_campaign``: one round of return calls, its plan and its closing report."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Code, Long, Money, Name, Versioned, recorded


class CallbackCampaign(Versioned, Base):
    """Whom the branch calls back, why, from when and within how many days (R219, R220)."""

    __tablename__ = "callback_campaign"
    __table_args__ = (Index("ix_callback_campaign_starts_on", "starts_on"), recorded())

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    name: Mapped[Name]
    kind: Mapped[Code]
    purpose: Mapped[Name] = mapped_column(default="")
    audience: Mapped[Name] = mapped_column(default="")
    way: Mapped[Code]
    place: Mapped[Name] = mapped_column(default="")
    budget_fen: Mapped[Money | None]
    starts_on: Mapped[date]
    days: Mapped[int]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    main_content: Mapped[Long] = mapped_column(default="")
    product_view: Mapped[Long] = mapped_column(default="")
    service_view: Mapped[Long] = mapped_column(default="")
    measures: Mapped[Long] = mapped_column(default="")
    problems: Mapped[Long] = mapped_column(default="")
    note: Mapped[Long] = mapped_column(default="")
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": Versioned.version}
