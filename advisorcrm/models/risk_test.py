"""Table ``risk_test``: the suitability tests of a client, one row each (2.4)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Name, recorded
from advisorcrm.terms import InvestorKind, RiskLevel


class RiskTest(Base):
    """One test: level, score, when and until when; the file shows the newest."""

    __tablename__ = "risk_test"
    __table_args__ = (
        Index("ix_risk_test_client_id_tested_on", "client_id", "tested_on"),
        recorded(frozen=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    tested_on: Mapped[date]
    expires_on: Mapped[date]
    level: Mapped[RiskLevel]
    is_lowest: Mapped[bool] = mapped_column(default=False)
    score: Mapped[int | None]
    investor_kind: Mapped[InvestorKind | None]
    questionnaire: Mapped[Name] = mapped_column(default="")
    tester: Mapped[Name] = mapped_column(default="")
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime]
