"""A line of text on a duty that is done: who did it, what is to be known of it (R21, R51, R52)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has written one so far."""
    op.add_column(
        "duty_done",
        sa.Column("note", sa.String(length=120), server_default=sa.text("''"), nullable=False),
    )
