"""Table ``absence``: when an advisor is away, and who stands in (休假代管)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Name, Versioned, recorded


class Absence(Versioned, Base):
    """Days on which a person is away, both ends included, and who looks after the clients."""

    __tablename__ = "absence"
    __table_args__ = (Index("ix_absence_to_on", "to_on"), recorded())

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]
    stand_in_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    note: Mapped[Name] = mapped_column(default="")
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    entered_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": Versioned.version}
