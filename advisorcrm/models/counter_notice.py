"""Table ``counter_notice``: clients to be told to renew their data at the counter (R5, R17)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Code, Name, Versioned, recorded


class CounterNotice(Versioned, Base):
    """What a client is to renew, when told and by which way, when done at the counter."""

    __tablename__ = "counter_notice"
    __table_args__ = (Index("ix_counter_notice_client_id", "client_id"), recorded())

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    matter: Mapped[Name]
    noted_at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    notified_on: Mapped[date | None]
    notified_way: Mapped[Code | None]
    renewed_on: Mapped[date | None]

    __mapper_args__ = {"version_id_col": Versioned.version}
