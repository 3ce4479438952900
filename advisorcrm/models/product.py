"""Tables ``product`` and ``product_sale``: what was sold to whom (R11)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Code, Money, Name, Versioned, recorded
from advisorcrm.terms import ProductRisk


class Product(Versioned, Base):
    """A fund or wealth product the branch sells."""

    __tablename__ = "product"
    __table_args__ = recorded()

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[Name]
    kind: Mapped[Code]
    risk: Mapped[ProductRisk | None]
    is_retired: Mapped[bool] = mapped_column(default=False)

    __mapper_args__ = {"version_id_col": Versioned.version}


class ProductSale(Versioned, Base):
    """One sale, with what the suitability check said on that day."""

    __tablename__ = "product_sale"
    __table_args__ = (
        Index("ix_product_sale_client_id", "client_id"),
        Index("ix_product_sale_product_id_sold_on", "product_id", "sold_on"),
        recorded(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    sold_on: Mapped[date]
    amount_fen: Mapped[Money]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    is_match: Mapped[bool | None]
    match_reason: Mapped[Name] = mapped_column(default="")
    note: Mapped[Name] = mapped_column(default="")
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": Versioned.version}
