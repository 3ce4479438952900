"""Table ``household``: clients who belong together (家庭)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Long, Name, Versioned, recorded


class Household(Versioned, Base):
    """One household; its members name it in their files."""

    __tablename__ = "household"
    __table_args__ = recorded()

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Name]
    note: Mapped[Long] = mapped_column(default="")
    archived_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": Versioned.version}
