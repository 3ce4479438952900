"""Tables ``day_slot``, ``checklist_item``, ``checklist_mark``: the day's template (R53)."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Code, Name, Versioned, recorded


class DaySlot(Versioned, Base):
    """One part of every working day, or (without an end) a deadline that falls into it."""

    __tablename__ = "day_slot"
    __table_args__ = recorded()

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Code]
    label: Mapped[Name]
    label_en: Mapped[Name] = mapped_column(default="")
    begins_at: Mapped[time] = mapped_column(Time)
    ends_at: Mapped[time | None] = mapped_column(Time)
    archived_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": Versioned.version}


class ChecklistItem(Versioned, Base):
    """One thing to be done or looked at in a part of the day."""

    __tablename__ = "checklist_item"
    __table_args__ = (Index("ix_checklist_item_day_slot_id", "day_slot_id"), recorded())

    id: Mapped[int] = mapped_column(primary_key=True)
    day_slot_id: Mapped[int] = mapped_column(ForeignKey("day_slot.id"))
    label: Mapped[Name]
    label_en: Mapped[Name] = mapped_column(default="")
    is_room_round: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": Versioned.version}


class ChecklistMark(Versioned, Base):
    """One person's tick on one day; a tick that was taken back has no time."""

    __tablename__ = "checklist_mark"
    __table_args__ = (
        UniqueConstraint("user_id", "marked_on", "checklist_item_id"),
        recorded(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    marked_on: Mapped[date]
    checklist_item_id: Mapped[int] = mapped_column(ForeignKey("checklist_item.id"))
    done_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": Versioned.version}
