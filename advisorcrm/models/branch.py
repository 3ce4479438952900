"""Table ``branch``: the one branch this database belongs to."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Long, Name, Versioned, recorded


class Branch(Versioned, Base):
    """The branch as it is printed on forms (R68)."""

    __tablename__ = "branch"
    __table_args__ = recorded()

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Name]
    company: Mapped[Name] = mapped_column(default="")
    code: Mapped[Name] = mapped_column(default="")
    short_name: Mapped[Name] = mapped_column(default="")
    address: Mapped[Name] = mapped_column(default="")
    postcode: Mapped[Name] = mapped_column(default="")
    phone: Mapped[Name] = mapped_column(default="")
    complaint_phone: Mapped[Name] = mapped_column(default="")
    national_phone: Mapped[Name] = mapped_column(default="")
    manager_name: Mapped[Name] = mapped_column(default="")
    business_hours: Mapped[Name] = mapped_column(default="")
    form_footer: Mapped[Long] = mapped_column(default="")
    next_client_no: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": Versioned.version}
