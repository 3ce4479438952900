"""A client group made by an import goes with it when the import is taken back (R246)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Groups so far stand."""
    op.add_column(
        "client_group", sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True)
    )
