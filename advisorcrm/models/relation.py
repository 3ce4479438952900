"""Table ``relation``: who is what to a client: kin, introducer, who decides."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Code, Name, Versioned, recorded


class Relation(Versioned, Base):
    """The other is (``kind``) of the client; the other is a client too or only a name."""

    __tablename__ = "relation"
    __table_args__ = (
        Index("ix_relation_client_id", "client_id"),
        Index("ix_relation_other_client_id", "other_client_id"),
        recorded(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    other_client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"))
    other_name: Mapped[Name] = mapped_column(default="")
    other_phone: Mapped[Name] = mapped_column(default="")
    kind: Mapped[Code]
    decides: Mapped[bool] = mapped_column(default=False)
    note: Mapped[Name] = mapped_column(default="")
    archived_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": Versioned.version}
