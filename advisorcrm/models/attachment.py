"""Tables ``attachment`` and ``attachment_content``: files kept with a client's file."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Code, Name, Versioned, appended, recorded


class Attachment(Versioned, Base):
    """A contract, recording or screenshot: what it is, how large, and its hash."""

    __tablename__ = "attachment"
    __table_args__ = (
        Index("ix_attachment_client_id", "client_id"),
        Index("ix_attachment_contact_log_id", "contact_log_id"),
        recorded(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    contact_log_id: Mapped[int | None] = mapped_column(ForeignKey("contact_log.id"))
    kind: Mapped[Code]
    file_name: Mapped[Name]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    note: Mapped[Name] = mapped_column(default="")
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": Versioned.version}


class AttachmentContent(Base):
    """The bytes, apart from what lists read; encrypted as the whole database is."""

    __tablename__ = "attachment_content"
    __table_args__ = appended()

    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
