"""Return calls: campaigns, call lists with their records, and the library of scripts.

A branch that has its kinds of callbacks already gets the one for anniversaries and promotions.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and offer the new kind."""
    op.create_table(
        "callback_campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=120), nullable=False),
        sa.Column("audience", sa.String(length=120), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("budget_fen", sa.BigInteger(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("main_content", sa.String(length=32000), nullable=False),
        sa.Column("product_view", sa.String(length=32000), nullable=False),
        sa.Column("service_view", sa.String(length=32000), nullable=False),
        sa.Column("measures", sa.String(length=32000), nullable=False),
        sa.Column("problems", sa.String(length=32000), nullable=False),
        sa.Column("note", sa.String(length=32000), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_callback_campaign_user_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callback_campaign")),
        sa.UniqueConstraint("uuid", name=op.f("uq_callback_campaign_uuid")),
        info={"recorded": True, "frozen": False},
    )
    op.create_index(
        "ix_callback_campaign_starts_on", "callback_campaign", ["starts_on"], unique=False
    )
    op.create_table(
        "callback_script",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("words", sa.String(length=32000), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callback_script")),
        info={"recorded": True, "frozen": False},
    )
    op.create_index("ix_callback_script_part", "callback_script", ["part"], unique=False)
    op.create_table(
        "callback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("callback_campaign_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("caller_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("appointed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("spoken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("way", sa.String(length=40), nullable=True),
        sa.Column("content", sa.String(length=32000), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("service_grade", sa.String(length=20), nullable=True),
        sa.Column("product_grade", sa.String(length=20), nullable=True),
        sa.Column("scores", sa.String(), nullable=True),
        sa.Column("declined_scores", sa.Boolean(), nullable=False),
        sa.Column("is_identity_verified", sa.Boolean(), nullable=True),
        sa.Column("are_changes_confirmed", sa.Boolean(), nullable=True),
        sa.Column("was_acted_for", sa.Boolean(), nullable=True),
        sa.Column("was_risk_disclosed", sa.Boolean(), nullable=True),
        sa.Column("has_full_mandate", sa.Boolean(), nullable=True),
        sa.Column("wishes", sa.String(length=32000), nullable=False),
        sa.Column("measures", sa.String(length=32000), nullable=False),
        sa.Column("contact_log_id", sa.Integer(), nullable=True),
        sa.Column("follow_up", sa.String(length=120), nullable=False),
        sa.Column("followed_up_on", sa.Date(), nullable=True),
        sa.Column("followed_up_by_id", sa.Integer(), nullable=True),
        sa.Column("follow_up_note", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["callback_campaign_id"],
            ["callback_campaign.id"],
            name=op.f("fk_callback_callback_campaign_id_callback_campaign"),
        ),
        sa.ForeignKeyConstraint(
            ["caller_id"], ["user.id"], name=op.f("fk_callback_caller_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_callback_client_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["contact_log_id"],
            ["contact_log.id"],
            name=op.f("fk_callback_contact_log_id_contact_log"),
        ),
        sa.ForeignKeyConstraint(
            ["followed_up_by_id"], ["user.id"], name=op.f("fk_callback_followed_up_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callback")),
        info={"recorded": True, "frozen": False},
    )
    op.create_index(
        "ix_callback_callback_campaign_id", "callback", ["callback_campaign_id"], unique=False
    )
    op.create_index("ix_callback_client_id", "callback", ["client_id"], unique=False)
    op.create_index("ix_callback_spoken_at", "callback", ["spoken_at"], unique=False)
    op.create_index("ix_callback_state_due_on", "callback", ["state", "due_on"], unique=False)
    _offer_promotion()


def _offer_promotion() -> None:
    entry = sa.table(
        "code_list",
        *(sa.column(name) for name in ("list_name", "code", "label", "label_en", "position",
                                       "is_retired", "version")),
    )  # fmt: skip
    known = op.get_bind().execute(
        sa.select(sa.func.max(entry.c.position)).where(entry.c.list_name == "callback_kind")
    )
    last = known.scalar()
    if last is not None:
        op.bulk_insert(
            entry,
            [{"list_name": "callback_kind", "code": "promotion", "label": "店庆/促销专项",
              "label_en": "Anniversary or promotion", "position": last + 1,
              "is_retired": False, "version": 1}],
        )  # fmt: skip
