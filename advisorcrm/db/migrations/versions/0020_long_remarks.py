"""Remarks as long as they come: a server's column is held to no length any more (R71)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the length off; SQLite has never asked for it, so its table stays as it is."""
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("client", "remark", type_=sa.Text(), existing_nullable=False)
