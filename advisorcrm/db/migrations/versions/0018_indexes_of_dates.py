"""Indexes that answer the questions of the day by themselves: what is due, who was spoken with.

Each held the columns a question begins with; the rows were then read one by one only to leave
most of them out. Now the columns that decide stand in the index.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

WIDENED: tuple[tuple[str, list[str], list[str], str | None], ...] = (
    ("contact_log", ["client_id", "contacted_at"], ["corrects_id", "way"], None),
    (
        "contact_log", ["author_id", "next_on"], ["next_at"],
        "next_on IS NOT NULL AND corrects_id IS NULL",
    ),
    ("client", ["advisor_id", "risk_expires_on"], ["archived_at", "stage"], None),
    ("client", ["advisor_id", "id_expires_on"], ["archived_at", "stage"], None),
    ("client", ["birthday_month_day"], ["birthday", "advisor_id"], None),
    ("client", ["lunar_month", "lunar_day"], ["advisor_id"], None),
    ("reminder", ["user_id", "snoozed_until"], [], "snoozed_until IS NOT NULL"),
)  # fmt: skip
"""Table, columns of the index until now, columns that join them, rows it is about."""


RANKING = (
    "advisor_id", "archived_at", "stage", "tier", "assets_fen", "commission_year_fen",
    "contact_every_days", "created_at", "service_need", "is_restricted",
)  # fmt: skip
"""What ranks an advisor's clients for a visit."""


def upgrade() -> None:
    """Make the wider indexes, then drop those they stand for."""
    op.create_index("ix_client_visit_ranking", "client", RANKING)
    for table, columns, joining, rows in WIDENED:
        about = None if rows is None else sa.text(rows)
        op.create_index(
            "_".join(("ix", table, *columns, *joining)),
            table,
            [*columns, *joining],
            sqlite_where=about,
            postgresql_where=about,
        )
        if joining:
            op.drop_index("_".join(("ix", table, *columns)), table_name=table)
