"""Table ``compliance_parameter``: changes of figures that rules prescribe, by two persons."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Name, Versioned, recorded


class ComplianceParameter(Versioned, Base):
    """One proposed value; in force once a second person has accepted it."""

    __tablename__ = "compliance_parameter"
    __table_args__ = (Index("ix_compliance_parameter_name", "name"), recorded())

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    value: Mapped[str] = mapped_column(String(200))
    reason: Mapped[Name] = mapped_column(default="")
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    proposed_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]
    is_accepted: Mapped[bool | None]

    __mapper_args__ = {"version_id_col": Versioned.version}
