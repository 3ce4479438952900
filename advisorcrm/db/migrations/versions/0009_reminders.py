"""Reminders: who was told of what, once each; indexes for what is due."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

HAS_STEP = sa.text("next_on IS NOT NULL")


def upgrade() -> None:
    """Make the table, then the indexes by which the dates are found."""
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("clock", sa.String(length=5), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("detail", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("is_bundled", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_reminder_client_id_client")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_reminder_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "user_id", "kind", "subject_id", "due_on", "clock", "step",
            name=op.f("uq_reminder_user_id_kind_subject_id_due_on_clock_step"),
        ),
    )  # fmt: skip
    for name, table, columns in (
        ("ix_reminder_user_id_claimed_at", "reminder", ["user_id", "claimed_at"]),
        ("ix_client_advisor_id_risk_expires_on", "client", ["advisor_id", "risk_expires_on"]),
        ("ix_client_advisor_id_id_expires_on", "client", ["advisor_id", "id_expires_on"]),
        ("ix_client_opened_on", "client", ["opened_on"]),
        ("ix_seat_use_transition_ends_on", "seat_use", ["transition_ends_on"]),
    ):
        op.create_index(name, table, columns)
    op.create_index(
        "ix_contact_log_author_id_next_on", "contact_log", ["author_id", "next_on"],
        sqlite_where=HAS_STEP, postgresql_where=HAS_STEP,
    )  # fmt: skip
