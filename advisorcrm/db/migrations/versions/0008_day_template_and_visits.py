"""The day's template with its checklists, rounds of the client rooms, suggestions put aside."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "day_slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("label_en", sa.String(length=120), nullable=False),
        sa.Column("begins_at", sa.Time(), nullable=False),
        sa.Column("ends_at", sa.Time(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_slot")),
        info={"recorded": True, "frozen": False},
    )
    op.create_table(
        "checklist_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day_slot_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("label_en", sa.String(length=120), nullable=False),
        sa.Column("is_room_round", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["day_slot_id"], ["day_slot.id"], name=op.f("fk_checklist_item_day_slot_id_day_slot")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_item")),
        info={"recorded": True, "frozen": False},
    )
    op.create_index("ix_checklist_item_day_slot_id", "checklist_item", ["day_slot_id"])
    op.create_table(
        "checklist_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("marked_on", sa.Date(), nullable=False),
        sa.Column("checklist_item_id", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["checklist_item_id"],
            ["checklist_item.id"],
            name=op.f("fk_checklist_mark_checklist_item_id_checklist_item"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_checklist_mark_user_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_mark")),
        sa.UniqueConstraint(
            "user_id",
            "marked_on",
            "checklist_item_id",
            name=op.f("uq_checklist_mark_user_id_marked_on_checklist_item_id"),
        ),
        info={"recorded": True, "frozen": False},
    )
    op.create_table(
        "room_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("client_room_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_network_fine", sa.Boolean(), nullable=False),
        sa.Column("is_environment_fine", sa.Boolean(), nullable=False),
        sa.Column("is_equipment_fine", sa.Boolean(), nullable=False),
        sa.Column("finding", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_room_id"],
            ["client_room.id"],
            name=op.f("fk_room_round_client_room_id_client_room"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_room_round_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_round")),
        sa.UniqueConstraint("uuid", name=op.f("uq_room_round_uuid")),
        info={"recorded": True, "frozen": True},
    )
    op.create_index("ix_room_round_made_at", "room_round", ["made_at"])
    op.create_index("ix_room_round_user_id_made_at", "room_round", ["user_id", "made_at"])
    op.create_table(
        "visit_skip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("skipped_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_visit_skip_client_id_client")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_visit_skip_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_skip")),
        info={"append_only": True},
    )
    op.create_index(
        "ix_visit_skip_user_id_skipped_on", "visit_skip", ["user_id", "skipped_on", "client_id"]
    )
