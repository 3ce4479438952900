"""Table ``suitability_match``: which client level may be offered which product grade (2.4b)."""

from __future__ import annotations

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Versioned, recorded
from advisorcrm.terms import ProductRisk


class SuitabilityMatch(Versioned, Base):
    """One cell of the matrix; ``level`` is C1 to C5 or ``C1-lowest`` (最低类别)."""

    __tablename__ = "suitability_match"
    __table_args__ = (UniqueConstraint("level", "product_risk"), recorded())

    id: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[str] = mapped_column(String(20))
    product_risk: Mapped[ProductRisk]
    is_match: Mapped[bool]

    __mapper_args__ = {"version_id_col": Versioned.version}
