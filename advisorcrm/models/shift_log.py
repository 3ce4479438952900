"""Tables ``shift_log``, ``shift_memo``, ``shift_swap``: the shift and what is left (R232-R237)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Code, Long, Name, Versioned, recorded


class ShiftLog(Versioned, Base):
    """One shift of one person (值班日志): planned, begun, closed; then its words stay."""

    __tablename__ = "shift_log"
    __table_args__ = (
        UniqueConstraint("user_id", "shift_on", "shift"),
        Index("ix_shift_log_shift_on", "shift_on"),
        recorded(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    shift_on: Mapped[date]
    shift: Mapped[Code]
    started_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    content: Mapped[Long] = mapped_column(default="")
    archived_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": Versioned.version}


class ShiftMemo(Versioned, Base):
    """One matter of a shift (备忘录): open ones go from shift to shift until they are settled."""

    __tablename__ = "shift_memo"
    __table_args__ = (
        Index("ix_shift_memo_shift_log_id", "shift_log_id"),
        Index("ix_shift_memo_held_by_id", "held_by_id"),
        Index("ix_shift_memo_settled_at", "settled_at"),
        recorded(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    shift_log_id: Mapped[int] = mapped_column(ForeignKey("shift_log.id"))
    held_by_id: Mapped[int] = mapped_column(ForeignKey("shift_log.id"))
    happened_at: Mapped[datetime]
    person: Mapped[Name] = mapped_column(default="")
    description: Mapped[Long]
    category: Mapped[Code | None]
    forwarded_to: Mapped[Name] = mapped_column(default="")
    is_urgent: Mapped[bool] = mapped_column(default=False)
    accepted_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    outcome: Mapped[Name] = mapped_column(default="")

    __mapper_args__ = {"version_id_col": Versioned.version}


class ShiftSwap(Versioned, Base):
    """A wish to give a shift to somebody else, maybe for another one, and the answer (R237)."""

    __tablename__ = "shift_swap"
    __table_args__ = (Index("ix_shift_swap_shift_log_id", "shift_log_id"), recorded())

    id: Mapped[int] = mapped_column(primary_key=True)
    shift_log_id: Mapped[int] = mapped_column(ForeignKey("shift_log.id"))
    other_shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift_log.id"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    to_user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    asked_at: Mapped[datetime]
    reason: Mapped[Name] = mapped_column(default="")
    needs_manager: Mapped[bool] = mapped_column(default=False)
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    is_accepted: Mapped[bool | None]

    __mapper_args__ = {"version_id_col": Versioned.version}
