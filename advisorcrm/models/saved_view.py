"""Table ``saved_view``: a list as somebody wants to see it again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Name, Versioned, recorded


class SavedView(Versioned, Base):
    """Filter, columns and order (JSON) under a name; shared ones are the manager's."""

    __tablename__ = "saved_view"
    __table_args__ = (Index("ix_saved_view_user_id", "user_id"), recorded())

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    page: Mapped[str] = mapped_column(String(40))
    name: Mapped[Name]
    content: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    is_shared: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": Versioned.version}
