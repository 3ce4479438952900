"""Table ``contact_log``: one conversation with a client (沟通记录)."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, String, Time
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Code, Codes, Long, Name, partial_index, recorded
from advisorcrm.terms import Reaction


class ContactLog(Base):
    """What was said, when and how (R81); an entry never changes, a correction hangs under it."""

    __tablename__ = "contact_log"
    __table_args__ = (
        Index(
            "ix_contact_log_client_id_contacted_at_corrects_id_way",
            "client_id",
            "contacted_at",
            "corrects_id",
            "way",
        ),
        Index("ix_contact_log_author_id_contacted_at", "author_id", "contacted_at"),
        Index("ix_contact_log_contacted_at_id", "contacted_at", "id"),
        Index("ix_contact_log_corrects_id", "corrects_id"),
        partial_index(
            "ix_contact_log_author_id_next_on_next_at",
            "author_id",
            "next_on",
            "next_at",
            where="next_on IS NOT NULL AND corrects_id IS NULL",
        ),
        recorded(frozen=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    topics: Mapped[Codes | None]
    contacted_at: Mapped[datetime]
    way: Mapped[Code]
    minutes: Mapped[int | None]
    content: Mapped[Long]
    reaction: Mapped[Reaction | None]
    is_advice: Mapped[bool] = mapped_column(default=False)
    basis: Mapped[Name] = mapped_column(default="")
    next_on: Mapped[date | None]
    next_at: Mapped[time | None] = mapped_column(Time)
    next_way: Mapped[Code | None]
    next_note: Mapped[Name] = mapped_column(default="")
    was_reminded_of_counter: Mapped[bool] = mapped_column(default=False)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("contact_log.id"))
    correction_reason: Mapped[Name] = mapped_column(default="")
    created_at: Mapped[datetime]
