"""Tables ``tier_rule`` and ``tier_decision``: who belongs to which 客户类型 (R72)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Code, Money, Name, Versioned, appended, recorded


class TierRule(Versioned, Base):
    """From which assets, or which commission of twelve months, a client is of a type."""

    __tablename__ = "tier_rule"
    __table_args__ = recorded()

    id: Mapped[int] = mapped_column(primary_key=True)
    tier: Mapped[Code] = mapped_column(unique=True)
    assets_from_fen: Mapped[Money | None]
    commission_from_fen: Mapped[Money | None]
    contact_every_days: Mapped[int | None]

    __mapper_args__ = {"version_id_col": Versioned.version}


class TierDecision(Base):
    """What a person decided about one proposal; the same proposal is not made again at once."""

    __tablename__ = "tier_decision"
    __table_args__ = (Index("ix_tier_decision_client_id", "client_id"), appended())

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    old_tier: Mapped[Code | None]
    proposed_tier: Mapped[Code]
    is_accepted: Mapped[bool]
    reason: Mapped[Name] = mapped_column(default="")
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
