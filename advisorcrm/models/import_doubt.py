"""Table ``import_doubt``: rows of imports that wait for a person to decide."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Code, Long, Name, Versioned, recorded


class ImportDoubt(Versioned, Base):
    """One undecided row with its cleaned values (JSON) and the client it may mean."""

    __tablename__ = "import_doubt"
    __table_args__ = (
        Index("ix_import_doubt_batch_id", "batch_id"),
        Index("ix_import_doubt_client_id", "client_id"),
        recorded(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"))
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"))
    sheet: Mapped[Name] = mapped_column(default="")
    row: Mapped[int]
    name: Mapped[Name]
    reason: Mapped[Long]
    content: Mapped[str]
    decision: Mapped[Code | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    __mapper_args__ = {"version_id_col": Versioned.version}
