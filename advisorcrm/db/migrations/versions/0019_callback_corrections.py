"""Corrections under the record of a finished return call (R223)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "callback_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("callback_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(length=32000), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["callback_id"],
            ["callback.id"],
            name=op.f("fk_callback_correction_callback_id_callback"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_callback_correction_client_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_callback_correction_user_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callback_correction")),
        sa.UniqueConstraint("uuid", name=op.f("uq_callback_correction_uuid")),
        info={"recorded": True, "frozen": False},
    )
    op.create_index("ix_callback_correction_callback_id", "callback_correction", ["callback_id"])
    op.create_index("ix_callback_correction_client_id", "callback_correction", ["client_id"])
