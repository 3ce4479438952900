"""Table ``code_list``: the lists a branch may extend, order and retire (vocabularies)."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Code, Name, Versioned, recorded


class CodeListEntry(Versioned, Base):
    """One choice of one list; retired when no longer offered, never deleted."""

    __tablename__ = "code_list"
    __table_args__ = (UniqueConstraint("list_name", "code"), recorded())

    id: Mapped[int] = mapped_column(primary_key=True)
    list_name: Mapped[Code]
    code: Mapped[Code]
    label: Mapped[Name]
    label_en: Mapped[Name] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    is_retired: Mapped[bool] = mapped_column(default=False)

    __mapper_args__ = {"version_id_col": Versioned.version}
