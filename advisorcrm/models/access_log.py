"""Table ``access_log``: who saw, printed or exported client data without changing it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Name
from advisorcrm.terms import AccessKind


class AccessLog(Base):
    """One view, reveal, print or export; appended, never changed (R16, R148).

    ``hash`` closes over the row and the hash before it, so that a row taken out or rewritten
    behind the program's back is noticed (fault: tampering).
    """

    __tablename__ = "access_log"
    __table_args__ = (
        Index("ix_access_log_client_id_at", "client_id", "at"),
        {"info": {"append_only": True}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[AccessKind]
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"))
    subject: Mapped[Name] = mapped_column(default="")
    purpose: Mapped[Name] = mapped_column(default="")
    was_masked: Mapped[bool] = mapped_column(default=True)
    client_count: Mapped[int] = mapped_column(default=0)
    hash: Mapped[str] = mapped_column(String(64), default="", server_default=text("''"))
