"""Tables ``handover`` and ``handover_client``: clients given to another advisor (R217, R218)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Name, Versioned, appended, recorded


class Handover(Versioned, Base):
    """One allocation of clients, by whom and why; it can be taken back as a whole."""

    __tablename__ = "handover"
    __table_args__ = recorded()

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    reason: Mapped[Name] = mapped_column(default="")
    undone_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": Versioned.version}


class HandoverClient(Base):
    """One client of an allocation: from whom, to whom, first contact due by when (R218)."""

    __tablename__ = "handover_client"
    __table_args__ = (
        Index("ix_handover_client_client_id", "client_id"),
        Index("ix_handover_client_to_advisor_id", "to_advisor_id", "first_contact_due_on"),
        appended(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    from_advisor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    to_advisor_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    first_contact_due_on: Mapped[date]
