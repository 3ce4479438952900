"""Table ``callback_script``: what a caller may say at each turn of a call (R225, R243)."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Code, Long, Name, Versioned, recorded
from advisorcrm.terms import ScriptPart


class CallbackScript(Versioned, Base):
    """One passage for one kind of call, or for every kind; retired, never deleted."""

    __tablename__ = "callback_script"
    __table_args__ = (Index("ix_callback_script_part", "part"), recorded())

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Code | None]
    part: Mapped[ScriptPart]
    title: Mapped[Name]
    words: Mapped[Long]
    position: Mapped[int]
    is_retired: Mapped[bool] = mapped_column(default=False)

    __mapper_args__ = {"version_id_col": Versioned.version}
