"""Table ``consent``: what clients agreed to be sent, by which way (R117, 2.7, 2.8)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Long, Name, recorded
from advisorcrm.terms import Channel, ConsentState, Purpose


class Consent(Base):
    """One answer of a client for one channel and purpose; the newest counts, none is changed."""

    __tablename__ = "consent"
    __table_args__ = (
        Index("ix_consent_client_id_channel_purpose", "client_id", "channel", "purpose"),
        recorded(frozen=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    channel: Mapped[Channel]
    purpose: Mapped[Purpose]
    state: Mapped[ConsentState]
    answered_at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    how: Mapped[Name] = mapped_column(default="")
    wording: Mapped[Long] = mapped_column(default="")
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    created_at: Mapped[datetime]
