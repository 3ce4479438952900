"""What was looked at at the day's end and needs nothing, and how much was left open."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and add the column."""
    op.create_table(
        "day_skip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("skip_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=120), nullable=False),
        sa.Column("skipped_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_day_skip_client_id_client")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_day_skip_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_skip")),
        sa.UniqueConstraint(
            "user_id",
            "skip_on",
            "kind",
            "client_id",
            name=op.f("uq_day_skip_user_id_skip_on_kind_client_id"),
        ),
        info={"recorded": True, "frozen": False},
    )
    op.add_column(
        "day_closing", sa.Column("open_count", sa.Integer(), server_default="0", nullable=False)
    )
