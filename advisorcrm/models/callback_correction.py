"""Table ``callback_correction``: what was put right in the record of a finished return call."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Codes, Long, recorded
from advisorcrm.terms import CallbackGrade, CallbackOutcome


class CallbackCorrection(Base):
    """Hangs under the record it corrects; neither is changed afterwards (R223).

    Answers that it puts right count instead of the recorded ones; what is None stays.
    """

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
    outcome: Mapped[CallbackOutcome | None]
    service_grade: Mapped[CallbackGrade | None]
    product_grade: Mapped[CallbackGrade | None]
    scores: Mapped[Codes | None]
    declined_scores: Mapped[bool | None]
    is_identity_verified: Mapped[bool | None]
    are_changes_confirmed: Mapped[bool | None]
    was_acted_for: Mapped[bool | None]
    was_risk_disclosed: Mapped[bool | None]
    has_full_mandate: Mapped[bool | None]
    created_at: Mapped[datetime]
