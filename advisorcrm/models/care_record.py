"""Tables ``care_record``, ``greeting_template``, ``festival``: care for clients (R113, R245)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Long, Name, TermText, Versioned, recorded
from advisorcrm.terms import CareKind, CareWay, FestivalCalendar


class CareRecord(Versioned, Base):
    """One kindness to a client: a greeting sent or spoken, a help, an invitation."""

    __tablename__ = "care_record"
    __table_args__ = (
        Index("ix_care_record_client_id_done_at", "client_id", "done_at"),
        Index("ix_care_record_kind_occasion_on", "kind", "occasion_on"),
        recorded(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    kind: Mapped[CareKind] = mapped_column(TermText(CareKind))
    way: Mapped[CareWay] = mapped_column(TermText(CareWay))
    occasion: Mapped[Name] = mapped_column(default="")
    occasion_on: Mapped[date | None]
    content: Mapped[Long] = mapped_column(default="")
    done_at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    archived_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": Versioned.version}


class GreetingTemplate(Versioned, Base):
    """Words of a greeting with places for 称呼 and occasion; of the branch, or of one person."""

    __tablename__ = "greeting_template"
    __table_args__ = recorded()

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[CareKind] = mapped_column(TermText(CareKind))
    name: Mapped[Name]
    content: Mapped[Long]
    position: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": Versioned.version}


class Festival(Versioned, Base):
    """A holiday on which clients are greeted, by the solar or the lunar calendar."""

    __tablename__ = "festival"
    __table_args__ = recorded()

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Name] = mapped_column(unique=True)
    calendar: Mapped[FestivalCalendar] = mapped_column(TermText(FestivalCalendar))
    month: Mapped[int]
    day: Mapped[int]
    position: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": Versioned.version}
