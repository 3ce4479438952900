"""Table ``change_history``: every insert and update of a table of record, written by triggers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base


class ChangeHistory(Base):
    """Who changed what when and why, with the old and the new values as JSON.

    What one action changed has one ``change_set``; rows older than migration 0003 have none.
    """

    __tablename__ = "change_history"
    __table_args__ = (
        Index("ix_change_history_table_name_row_id", "table_name", "row_id"),
        {"info": {"append_only": True}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(40))
    table_name: Mapped[str] = mapped_column(String(40))
    row_id: Mapped[int]
    operation: Mapped[str] = mapped_column(String(6))
    old: Mapped[str | None]
    new: Mapped[str | None]
    why: Mapped[str] = mapped_column(String(120), default="", server_default=text("''"))
    change_set: Mapped[int | None] = mapped_column(BigInteger)
