"""Table ``client_account``: further 资金账号 of a client beside the main one."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Name, Versioned, recorded


class ClientAccount(Versioned, Base):
    """One more account, for instance of a file that was merged into this one."""

    __tablename__ = "client_account"
    __table_args__ = (Index("ix_client_account_client_id", "client_id"), recorded())

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    account: Mapped[str] = mapped_column(String(40), unique=True)
    note: Mapped[Name] = mapped_column(default="")
    opened_on: Mapped[date | None]
    archived_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": Versioned.version}
