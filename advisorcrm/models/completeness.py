"""Tables of completeness: the branch's weights, and snapshots of a day (R3, R6)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Code, Codes, Name, Versioned, appended, recorded


class CompletenessWeight(Versioned, Base):
    """What one item counts for clients of one type; an empty tier is everybody else."""

    __tablename__ = "completeness_weight"
    __table_args__ = (UniqueConstraint("tier", "item"), recorded())

    id: Mapped[int] = mapped_column(primary_key=True)
    tier: Mapped[Code] = mapped_column(default="")
    item: Mapped[str] = mapped_column(String(60))
    weight: Mapped[int]

    __mapper_args__ = {"version_id_col": Versioned.version}


class CompletenessSnapshot(Base):
    """How complete the files were on one day (R6); kept as it was taken."""

    __tablename__ = "completeness_snapshot"
    __table_args__ = appended()

    id: Mapped[int] = mapped_column(primary_key=True)
    taken_on: Mapped[date]
    taken_at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    note: Mapped[Name] = mapped_column(default="")
    client_count: Mapped[int]
    percent: Mapped[int]


class CompletenessSnapshotRow(Base):
    """One client in a snapshot: whose, how complete, what was missing."""

    __tablename__ = "completeness_snapshot_row"
    __table_args__ = (
        Index("ix_completeness_snapshot_row_snapshot_id", "snapshot_id"),
        appended(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("completeness_snapshot.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    advisor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    client_group_id: Mapped[int | None] = mapped_column(ForeignKey("client_group.id"))
    tier: Mapped[Code | None]
    percent: Mapped[int]
    missing: Mapped[Codes | None]
