"""Care for clients: records, gifts, greetings, festivals; birthdays found through indexes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, then the indexes of the client table."""
    _care_tables()
    _gifts()
    op.create_index("ix_client_birthday_advisor_id", "client", ["birthday", "advisor_id"])
    op.create_index("ix_client_birthday_month_day", "client", ["birthday_month_day"])
    op.create_index("ix_client_lunar_month_lunar_day", "client", ["lunar_month", "lunar_day"])


def _care_tables() -> None:
    op.create_table(
        "care_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("occasion", sa.String(length=120), nullable=False),
        sa.Column("occasion_on", sa.Date(), nullable=True),
        sa.Column("content", sa.String(length=32000), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_care_record_client_id_client")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_care_record_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_record")),
        sa.UniqueConstraint("uuid", name=op.f("uq_care_record_uuid")),
        info={"recorded": True, "frozen": False},
    )
    op.create_index("ix_care_record_client_id_done_at", "care_record", ["client_id", "done_at"])
    op.create_index("ix_care_record_kind_occasion_on", "care_record", ["kind", "occasion_on"])
    op.create_table(
        "greeting_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("content", sa.String(length=32000), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_greeting_template_user_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_greeting_template")),
        info={"recorded": True, "frozen": False},
    )
    op.create_table(
        "festival",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("calendar", sa.String(length=20), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_festival")),
        sa.UniqueConstraint("name", name=op.f("uq_festival_name")),
        info={"recorded": True, "frozen": False},
    )


def _gifts() -> None:
    op.create_table(
        "gift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("item", sa.String(length=120), nullable=False),
        sa.Column("value_fen", sa.BigInteger(), nullable=False),
        sa.Column("occasion", sa.String(length=120), nullable=False),
        sa.Column("over_limit_reason", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_note", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_gift_client_id_client")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_gift_user_id_user")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user.id"], name=op.f("fk_gift_decided_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gift")),
        sa.UniqueConstraint("uuid", name=op.f("uq_gift_uuid")),
        info={"recorded": True, "frozen": False},
    )
    op.create_index("ix_gift_client_id_given_on", "gift", ["client_id", "given_on"])
    op.create_index("ix_gift_state", "gift", ["state"])
