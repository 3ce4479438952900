"""Table ``appointment``: what stands in an advisor's calendar (预约)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Code, Name, Versioned, recorded
from advisorcrm.terms import AppointmentKind


class Appointment(Versioned, Base):
    """One arranged time with a client or without one (R29); cancelled, never deleted.

    ``from_log_id`` is the conversation it was agreed in, ``done_log_id`` the one it led to.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        Index("ix_appointment_advisor_id_starts_at", "advisor_id", "starts_at"),
        Index("ix_appointment_client_id_starts_at", "client_id", "starts_at"),
        Index("ix_appointment_from_log_id", "from_log_id"),
        Index("ix_appointment_done_log_id", "done_log_id"),
        recorded(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    advisor_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"))
    kind: Mapped[AppointmentKind]
    way: Mapped[Code | None]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    is_at_branch: Mapped[bool] = mapped_column(default=True)
    place: Mapped[Name] = mapped_column(default="")
    title: Mapped[Name] = mapped_column(default="")
    from_log_id: Mapped[int | None] = mapped_column(ForeignKey("contact_log.id"))
    done_log_id: Mapped[int | None] = mapped_column(ForeignKey("contact_log.id"))
    done_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[Name] = mapped_column(default="")
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": Versioned.version}

    @property
    def is_open(self) -> bool:
        """Still to come: neither done nor cancelled."""
        return self.done_at is None and self.cancelled_at is None
