"""Table ``gift``: presents to clients, each approved by another person (R113, R120, 2.11)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Money, Name, TermText, Versioned, recorded
from advisorcrm.terms import GiftState


class Gift(Versioned, Base):
    """One present: what, of what value, for what, and who approved it."""

    __tablename__ = "gift"
    __table_args__ = (
        Index("ix_gift_client_id_given_on", "client_id", "given_on"),
        Index("ix_gift_state", "state"),
        recorded(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    given_on: Mapped[date]
    item: Mapped[Name]
    value_fen: Mapped[Money]
    occasion: Mapped[Name] = mapped_column(default="")
    over_limit_reason: Mapped[Name] = mapped_column(default="")
    state: Mapped[GiftState] = mapped_column(TermText(GiftState), default=GiftState.PENDING)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    registered_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]
    decision_note: Mapped[Name] = mapped_column(default="")

    __mapper_args__ = {"version_id_col": Versioned.version}
