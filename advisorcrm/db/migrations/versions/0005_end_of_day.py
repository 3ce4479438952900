"""The end of the day: shifts and their memos, work logs, events with their guests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "day_closing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("closing_on", sa.Date(), nullable=False),
        sa.Column("summary", sa.String(length=32000), nullable=False),
        sa.Column("acceptance", sa.String(length=32000), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_day_closing_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_closing")),
        sa.UniqueConstraint(
            "user_id", "closing_on", name=op.f("uq_day_closing_user_id_closing_on")
        ),
        info={"recorded": True, "frozen": False},
    )
    op.create_index("ix_day_closing_closing_on", "day_closing", ["closing_on"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("material", sa.String(length=32000), nullable=False),
        sa.Column("is_prepared", sa.Boolean(), nullable=False),
        sa.Column("summary", sa.String(length=32000), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["host_id"], ["user.id"], name=op.f("fk_event_host_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        info={"recorded": True, "frozen": False},
    )
    op.create_index("ix_event_starts_at", "event", ["starts_at"], unique=False)
    op.create_table(
        "shift_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("shift_on", sa.Date(), nullable=False),
        sa.Column("shift", sa.String(length=40), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content", sa.String(length=32000), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_shift_log_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_log")),
        sa.UniqueConstraint(
            "user_id", "shift_on", "shift", name=op.f("uq_shift_log_user_id_shift_on_shift")
        ),
        info={"recorded": True, "frozen": False},
    )
    op.create_index("ix_shift_log_shift_on", "shift_log", ["shift_on"], unique=False)
    op.create_table(
        "day_matter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day_closing_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=32000), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(length=32000), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["user.id"], name=op.f("fk_day_matter_answered_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["day_closing_id"],
            ["day_closing.id"],
            name=op.f("fk_day_matter_day_closing_id_day_closing"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_matter")),
        info={"recorded": True, "frozen": False},
    )
    op.create_index("ix_day_matter_answered_at", "day_matter", ["answered_at"], unique=False)
    op.create_index("ix_day_matter_day_closing_id", "day_matter", ["day_closing_id"], unique=False)
    op.create_table(
        "day_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day_closing_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("text", sa.String(length=120), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["day_closing_id"],
            ["day_closing.id"],
            name=op.f("fk_day_plan_day_closing_id_day_closing"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_day_plan_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_plan")),
        info={"recorded": True, "frozen": False},
    )
    op.create_index("ix_day_plan_day_closing_id", "day_plan", ["day_closing_id"], unique=False)
    op.create_index("ix_day_plan_user_id_due_on", "day_plan", ["user_id", "due_on"], unique=False)
    op.create_table(
        "event_guest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("has_come", sa.Boolean(), nullable=True),
        sa.Column("feedback", sa.String(length=32000), nullable=False),
        sa.Column("gift", sa.String(length=120), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_event_guest_client_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_guest_event_id_event")
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["user.id"], name=op.f("fk_event_guest_invited_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_guest")),
        sa.UniqueConstraint(
            "event_id", "client_id", name=op.f("uq_event_guest_event_id_client_id")
        ),
        info={"recorded": True, "frozen": False},
    )
    op.create_index("ix_event_guest_client_id", "event_guest", ["client_id"], unique=False)
    op.create_table(
        "shift_memo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shift_log_id", sa.Integer(), nullable=False),
        sa.Column("held_by_id", sa.Integer(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(length=120), nullable=False),
        sa.Column("description", sa.String(length=32000), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("forwarded_to", sa.String(length=120), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["held_by_id"], ["shift_log.id"], name=op.f("fk_shift_memo_held_by_id_shift_log")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["user.id"], name=op.f("fk_shift_memo_settled_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["shift_log_id"], ["shift_log.id"], name=op.f("fk_shift_memo_shift_log_id_shift_log")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_memo")),
        info={"recorded": True, "frozen": False},
    )
    op.create_index("ix_shift_memo_held_by_id", "shift_memo", ["held_by_id"], unique=False)
    op.create_index("ix_shift_memo_settled_at", "shift_memo", ["settled_at"], unique=False)
    op.create_index("ix_shift_memo_shift_log_id", "shift_memo", ["shift_log_id"], unique=False)
    op.create_table(
        "shift_swap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shift_log_id", sa.Integer(), nullable=False),
        sa.Column("other_shift_id", sa.Integer(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("to_user_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=120), nullable=False),
        sa.Column("needs_manager", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("is_accepted", sa.Boolean(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["user.id"], name=op.f("fk_shift_swap_answered_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user.id"], name=op.f("fk_shift_swap_asked_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["other_shift_id"],
            ["shift_log.id"],
            name=op.f("fk_shift_swap_other_shift_id_shift_log"),
        ),
        sa.ForeignKeyConstraint(
            ["shift_log_id"], ["shift_log.id"], name=op.f("fk_shift_swap_shift_log_id_shift_log")
        ),
        sa.ForeignKeyConstraint(
            ["to_user_id"], ["user.id"], name=op.f("fk_shift_swap_to_user_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_swap")),
        info={"recorded": True, "frozen": False},
    )
    op.create_index("ix_shift_swap_shift_log_id", "shift_swap", ["shift_log_id"], unique=False)
