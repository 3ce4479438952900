"""Tables ``working_day``, ``working_year``: the branch's holidays and weekends worked."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from advisorcrm.models.base import Base, Name, TermText, Versioned, recorded
from advisorcrm.rules.workdays import DayKind


class WorkingYear(Versioned, Base):
    """A year whose notice of the State Council has been entered; others are estimated."""

    __tablename__ = "working_year"
    __table_args__ = recorded()

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(unique=True)
    is_official: Mapped[bool] = mapped_column(default=True)
    source: Mapped[Name] = mapped_column(default="")
    entered_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": Versioned.version}


class WorkingDay(Versioned, Base):
    """One day that is not what its day of the week says; taken back, it says the plain kind."""

    __tablename__ = "working_day"
    __table_args__ = recorded()

    id: Mapped[int] = mapped_column(primary_key=True)
    day_on: Mapped[date] = mapped_column(unique=True)
    kind: Mapped[DayKind] = mapped_column(TermText(DayKind))
    name: Mapped[Name] = mapped_column(default="")

    __mapper_args__ = {"version_id_col": Versioned.version}
