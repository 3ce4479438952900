"""Table ``user``: the people of the branch who sign in, and the client groups they look after."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Column, ForeignKey, Integer, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from advisorcrm.models.base import Base, Name, Versioned, recorded
from advisorcrm.terms import Role


class ClientGroup(Base):
    """A group of clients (客户组) that advisors look after."""

    __tablename__ = "client_group"
    __table_args__ = recorded()

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Name] = mapped_column(unique=True)
    archived_at: Mapped[datetime | None]
    """When it was taken back with the import that had made it; who names it again revives it."""


user_client_group = Table(
    "user_client_group",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", ForeignKey("user.id"), nullable=False),
    Column("client_group_id", ForeignKey("client_group.id"), nullable=False),
    UniqueConstraint("user_id", "client_group_id"),
    **recorded(),
)


class User(Versioned, Base):
    """One person with a number (工号), a role and client groups."""

    __tablename__ = "user"
    __table_args__ = recorded()

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_no: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[Name]
    role: Mapped[Role]
    is_active: Mapped[bool] = mapped_column(default=True)
    since_on: Mapped[date | None]
    """From when on duties of week and month count; what fell before is not owed."""

    groups: Mapped[list[ClientGroup]] = relationship(
        secondary=user_client_group, lazy="raise", order_by=ClientGroup.id
    )

    __mapper_args__ = {"version_id_col": Versioned.version}
