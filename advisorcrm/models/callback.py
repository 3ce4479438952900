"""Table ``callback``: one client to be called back, and what was said (回访记录)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Code, Codes, Long, Name, Versioned, recorded
from advisorcrm.terms import CallbackGrade, CallbackOutcome, CallbackState


class Callback(Versioned, Base):
    """One line of a call list with its clock (R224), its record (R223) and what follows."""

    __tablename__ = "callback"
    __table_args__ = (
        Index("ix_callback_callback_campaign_id", "callback_campaign_id"),
        Index("ix_callback_client_id", "client_id"),
        Index("ix_callback_state_due_on", "state", "due_on"),
        Index("ix_callback_spoken_at", "spoken_at"),
        recorded(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    callback_campaign_id: Mapped[int] = mapped_column(ForeignKey("callback_campaign.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    caller_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    state: Mapped[CallbackState] = mapped_column(default=CallbackState.OPEN)
    due_on: Mapped[date]
    tries: Mapped[int] = mapped_column(default=0)
    last_try_at: Mapped[datetime | None]
    appointed_at: Mapped[datetime | None]
    spoken_at: Mapped[datetime | None]
    way: Mapped[Code | None]
    content: Mapped[Long] = mapped_column(default="")
    outcome: Mapped[CallbackOutcome | None]
    service_grade: Mapped[CallbackGrade | None]
    product_grade: Mapped[CallbackGrade | None]
    scores: Mapped[Codes | None]
    declined_scores: Mapped[bool] = mapped_column(default=False)
    is_identity_verified: Mapped[bool | None]
    are_changes_confirmed: Mapped[bool | None]
    was_acted_for: Mapped[bool | None]
    was_risk_disclosed: Mapped[bool | None]
    has_full_mandate: Mapped[bool | None]
    wishes: Mapped[Long] = mapped_column(default="")
    measures: Mapped[Long] = mapped_column(default="")
    contact_log_id: Mapped[int | None] = mapped_column(ForeignKey("contact_log.id"))
    follow_up: Mapped[Name] = mapped_column(default="")
    followed_up_on: Mapped[date | None]
    followed_up_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    follow_up_note: Mapped[Name] = mapped_column(default="")
    created_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": Versioned.version}
