"""Tables of duplicates: verdicts on pairs, and merges that can be undone for 30 days."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Name, Versioned, recorded
from advisorcrm.terms import DuplicateVerdict


class DuplicateDecision(Versioned, Base):
    """Two files that look alike and were judged; the lower id stands first."""

    __tablename__ = "duplicate_decision"
    __table_args__ = (UniqueConstraint("first_id", "second_id"), recorded())

    id: Mapped[int] = mapped_column(primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    verdict: Mapped[DuplicateVerdict]
    reason: Mapped[Name] = mapped_column(default="")
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": Versioned.version}


class ClientMerge(Versioned, Base):
    """One merge: which file stays, what it was before, and which rows moved (JSON)."""

    __tablename__ = "client_merge"
    __table_args__ = (
        Index("ix_client_merge_kept_id", "kept_id"),
        Index("ix_client_merge_merged_id", "merged_id"),
        recorded(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    merged_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    reason: Mapped[Name]
    before: Mapped[str]
    moved: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    __mapper_args__ = {"version_id_col": Versioned.version}
