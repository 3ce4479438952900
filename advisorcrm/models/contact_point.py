"""Table ``contact_point``: telephone numbers and addresses by which a client is reached (R4)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Name, Versioned, recorded
from advisorcrm.terms import PointKind, Validity


class ContactPoint(Versioned, Base):
    """One number or address, with proof that it works and when that was found out."""

    __tablename__ = "contact_point"
    __table_args__ = (
        Index("ix_contact_point_client_id", "client_id"),
        Index("ix_contact_point_value", "value"),
        recorded(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    kind: Mapped[PointKind]
    value: Mapped[str] = mapped_column(String(200))
    validity: Mapped[Validity] = mapped_column(default=Validity.UNVERIFIED)
    verified_on: Mapped[date | None]
    position: Mapped[int] = mapped_column(default=0)
    note: Mapped[Name] = mapped_column(default="")
    archived_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": Versioned.version}
