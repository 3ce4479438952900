"""Tables ``own_field`` and ``own_value``: fields a branch adds to the client's file."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Code, Long, Name, Versioned, recorded
from advisorcrm.terms import OwnFieldKind


class OwnField(Versioned, Base):
    """One field of the branch; retired when no longer wanted, its values stay (R19)."""

    __tablename__ = "own_field"
    __table_args__ = recorded()

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Code] = mapped_column(unique=True)
    label: Mapped[Name] = mapped_column(unique=True)
    label_en: Mapped[Name] = mapped_column(default="")
    kind: Mapped[OwnFieldKind]
    explain: Mapped[Name] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    is_retired: Mapped[bool] = mapped_column(default=False)

    __mapper_args__ = {"version_id_col": Versioned.version}


class OwnValue(Versioned, Base):
    """What one client's file holds in one own field; ``sort_key`` orders by value."""

    __tablename__ = "own_value"
    __table_args__ = (
        UniqueConstraint("client_id", "own_field_id"),
        Index("ix_own_value_own_field_id_sort_key", "own_field_id", "sort_key"),
        recorded(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    own_field_id: Mapped[int] = mapped_column(ForeignKey("own_field.id"))
    value: Mapped[Long]
    sort_key: Mapped[str] = mapped_column(String(60))

    __mapper_args__ = {"version_id_col": Versioned.version}
