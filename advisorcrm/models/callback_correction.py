"""Table ``callback_correction``: what was put right in the record of a finished return call."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Long, recorded


class CallbackCorrection(Base):
    """Hangs under the record it corrects; neither is changed afterwards (R223)."""

    __tablename__ = "callback_correction"
    __table_args__ = (
        Index("ix_callback_correction_callback_id", "callback_id"),
        Index("ix_callback_correction_client_id", "client_id"),
        recorded(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    callback_id: Mapped[int] = mapped_column(ForeignKey("callback.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    content: Mapped[Long]
    created_at: Mapped[datetime]
