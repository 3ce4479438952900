"""Duties of week and month that are done, and from when on a person's duties count."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; the people of a running branch owe nothing from before this step."""
    op.create_table(
        "duty_done",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("period_on", sa.Date(), nullable=False),
        sa.Column("done_by_id", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_duty_done_user_id_user")),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["user.id"], name=op.f("fk_duty_done_done_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_done")),
        sa.UniqueConstraint(
            "user_id", "kind", "period_on", name=op.f("uq_duty_done_user_id_kind_period_on")
        ),
        info={"recorded": True, "frozen": False},
    )
    op.add_column("user", sa.Column("since_on", sa.Date(), nullable=True))
    user = sa.table("user", sa.column("since_on"))
    op.execute(user.update().values(since_on=sa.func.current_date()))
