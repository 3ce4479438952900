"""Table ``field_source``: where a value of a file comes from (R78)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Name, appended
from advisorcrm.terms import ValueSource


class FieldSource(Base):
    """One statement about one field; the newest counts. Imports are told by ``import_row``."""

    __tablename__ = "field_source"
    __table_args__ = (Index("ix_field_source_client_id_field", "client_id", "field"), appended())

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    field: Mapped[str] = mapped_column(String(60))
    source: Mapped[ValueSource]
    note: Mapped[Name] = mapped_column(default="")
    contact_log_id: Mapped[int | None] = mapped_column(ForeignKey("contact_log.id"))
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
