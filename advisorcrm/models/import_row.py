"""Table ``import_row``: what an import did to which client, so that the batch can be undone."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Codes, appended
from advisorcrm.terms import ImportResult


class ImportRow(Base):
    """One row of a file that went in: new client or changed fields with what they were."""

    __tablename__ = "import_row"
    __table_args__ = (
        Index("ix_import_row_batch_id", "batch_id"),
        Index("ix_import_row_client_id", "client_id"),
        appended(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    row: Mapped[int]
    result: Mapped[ImportResult]
    fields: Mapped[Codes | None]
    old: Mapped[str | None]
