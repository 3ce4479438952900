"""Table ``setting``: choices of the branch (``user_id`` empty) and of single persons."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, recorded


class Setting(Base):
    """One changed setting; what is not here has its default."""

    __tablename__ = "setting"
    __table_args__ = (UniqueConstraint("user_id", "name"), recorded())

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    name: Mapped[str] = mapped_column(String(60))
    value: Mapped[str]
