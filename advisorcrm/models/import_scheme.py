"""Table ``import_scheme``: which column of a layout is which field, and the rule for each."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Name, Versioned, recorded


class ImportScheme(Versioned, Base):
    """One saved mapping, found again by the headings of a file of the same layout."""

    __tablename__ = "import_scheme"
    __table_args__ = (Index("ix_import_scheme_layout", "layout"), recorded())

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    name: Mapped[Name]
    layout: Mapped[str] = mapped_column(String(64))
    content: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    saved_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": Versioned.version}
