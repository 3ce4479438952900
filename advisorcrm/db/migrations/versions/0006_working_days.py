"""The branch's own table of holidays and weekends worked.

Filled with every notice the program knows; later notices are entered or imported by the branch.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from advisorcrm.rules.workdays import holiday_names, shipped_table

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_SOURCE = "国务院通知"


def upgrade() -> None:
    """Make both tables and enter the years with a notice."""
    years = op.create_table(
        "working_year",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("is_official", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_year")),
        sa.UniqueConstraint("year", name=op.f("uq_working_year_year")),
        info={"recorded": True, "frozen": False},
    )
    days = op.create_table(
        "working_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_day")),
        sa.UniqueConstraint("day_on", name=op.f("uq_working_day_day_on")),
        info={"recorded": True, "frozen": False},
    )
    known, names = shipped_table(), holiday_names()
    op.bulk_insert(
        years,
        [{"year": year, "is_official": True, "source": _SOURCE} for year in sorted(known.years)],
    )
    op.bulk_insert(
        days,
        [
            {"day_on": on, "kind": kind.value, "name": names.get(on, "")}
            for on, kind in sorted(known.exceptions.items())
        ],
    )
