"""The whole client file.

Revision 0002: consent, suitability, households, rooms, attachments, own fields, sources,
completeness, tiers, duplicates, allocation, products, saved views, requests about personal data;
what imports did and what they left undecided; reasons in the change history and a hash chain
over the access log.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new tables, then add to the old ones."""
    op.create_table(
        "client_room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_room")),
        sa.UniqueConstraint("name", name=op.f("uq_client_room_name")),
        info={"recorded": True, "frozen": False},
    )
    op.create_table(
        "completeness_weight",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tier", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completeness_weight")),
        sa.UniqueConstraint("tier", "item", name=op.f("uq_completeness_weight_tier_item")),
        info={"recorded": True, "frozen": False},
    )
    op.create_table(
        "household",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("note", sa.String(length=32000), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
        info={"recorded": True, "frozen": False},
    )
    op.create_table(
        "own_field",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("label_en", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("explain", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_field")),
        sa.UniqueConstraint("label", name=op.f("uq_own_field_label")),
        sa.UniqueConstraint("name", name=op.f("uq_own_field_name")),
        info={"recorded": True, "frozen": False},
    )
    op.create_table(
        "product",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("risk", sa.String(length=20), nullable=True),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("code", name=op.f("uq_product_code")),
        info={"recorded": True, "frozen": False},
    )
    op.create_table(
        "suitability_match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("product_risk", sa.String(length=20), nullable=False),
        sa.Column("is_match", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suitability_match")),
        sa.UniqueConstraint(
            "level", "product_risk", name=op.f("uq_suitability_match_level_product_risk")
        ),
        info={"recorded": True, "frozen": False},
    )
    op.create_table(
        "tier_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tier", sa.String(length=40), nullable=False),
        sa.Column("assets_from_fen", sa.BigInteger(), nullable=True),
        sa.Column("commission_from_fen", sa.BigInteger(), nullable=True),
        sa.Column("contact_every_days", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tier_rule")),
        sa.UniqueConstraint("tier", name=op.f("uq_tier_rule_tier")),
        info={"recorded": True, "frozen": False},
    )
    op.create_table(
        "completeness_snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.Column("client_count", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_completeness_snapshot_user_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completeness_snapshot")),
        info={"append_only": True},
    )
    op.create_table(
        "compliance_parameter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=120), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_accepted", sa.Boolean(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user.id"], name=op.f("fk_compliance_parameter_decided_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"],
            ["user.id"],
            name=op.f("fk_compliance_parameter_proposed_by_id_user"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_compliance_parameter")),
        info={"recorded": True, "frozen": False},
    )
    op.create_index("ix_compliance_parameter_name", "compliance_parameter", ["name"], unique=False)
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=120), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_handover_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sa.UniqueConstraint("uuid", name=op.f("uq_handover_uuid")),
        info={"recorded": True, "frozen": False},
    )
    op.create_table(
        "import_scheme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("layout", sa.String(length=64), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_import_scheme_user_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_scheme")),
        info={"recorded": True, "frozen": False},
    )
    op.create_index("ix_import_scheme_layout", "import_scheme", ["layout"], unique=False)
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("page", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_saved_view_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("uuid", name=op.f("uq_saved_view_uuid")),
        info={"recorded": True, "frozen": False},
    )
    op.create_index("ix_saved_view_user_id", "saved_view", ["user_id"], unique=False)
    op.create_table(
        "seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_room_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["client_room_id"], ["client_room.id"], name=op.f("fk_seat_client_room_id_client_room")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint("client_room_id", "label", name=op.f("uq_seat_client_room_id_label")),
        info={"recorded": True, "frozen": False},
    )
    op.create_table(
        "client_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_client_account_client_id_client")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_account")),
        sa.UniqueConstraint("account", name=op.f("uq_client_account_account")),
        info={"recorded": True, "frozen": False},
    )
    op.create_index("ix_client_account_client_id", "client_account", ["client_id"], unique=False)
    op.create_table(
        "client_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=120), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("moved", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["kept_id"], ["client.id"], name=op.f("fk_client_merge_kept_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["merged_id"], ["client.id"], name=op.f("fk_client_merge_merged_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["user.id"], name=op.f("fk_client_merge_undone_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_client_merge_user_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_merge")),
        info={"recorded": True, "frozen": False},
    )
    op.create_index("ix_client_merge_kept_id", "client_merge", ["kept_id"], unique=False)
    op.create_index("ix_client_merge_merged_id", "client_merge", ["merged_id"], unique=False)
    op.create_table(
        "completeness_snapshot_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("advisor_id", sa.Integer(), nullable=True),
        sa.Column("client_group_id", sa.Integer(), nullable=True),
        sa.Column("tier", sa.String(length=40), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("missing", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["advisor_id"], ["user.id"], name=op.f("fk_completeness_snapshot_row_advisor_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["client_group_id"],
            ["client_group.id"],
            name=op.f("fk_completeness_snapshot_row_client_group_id_client_group"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_completeness_snapshot_row_client_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["completeness_snapshot.id"],
            name=op.f("fk_completeness_snapshot_row_snapshot_id_completeness_snapshot"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completeness_snapshot_row")),
        info={"append_only": True},
    )
    op.create_index(
        "ix_completeness_snapshot_row_snapshot_id",
        "completeness_snapshot_row",
        ["snapshot_id"],
        unique=False,
    )
    op.create_table(
        "counter_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("matter", sa.String(length=120), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("notified_way", sa.String(length=40), nullable=True),
        sa.Column("renewed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_counter_notice_client_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_counter_notice_user_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counter_notice")),
        info={"recorded": True, "frozen": False},
    )
    op.create_index("ix_counter_notice_client_id", "counter_notice", ["client_id"], unique=False)
    op.create_table(
        "duplicate_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=120), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["first_id"], ["client.id"], name=op.f("fk_duplicate_decision_first_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["client.id"], name=op.f("fk_duplicate_decision_second_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_duplicate_decision_user_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_decision")),
        sa.UniqueConstraint(
            "first_id", "second_id", name=op.f("uq_duplicate_decision_first_id_second_id")
        ),
        info={"recorded": True, "frozen": False},
    )
    op.create_table(
        "handover_client",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("from_advisor_id", sa.Integer(), nullable=True),
        sa.Column("to_advisor_id", sa.Integer(), nullable=False),
        sa.Column("first_contact_due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_handover_client_client_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["from_advisor_id"], ["user.id"], name=op.f("fk_handover_client_from_advisor_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handover.id"], name=op.f("fk_handover_client_handover_id_handover")
        ),
        sa.ForeignKeyConstraint(
            ["to_advisor_id"], ["user.id"], name=op.f("fk_handover_client_to_advisor_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_client")),
        info={"append_only": True},
    )
    op.create_index("ix_handover_client_client_id", "handover_client", ["client_id"], unique=False)
    op.create_index(
        "ix_handover_client_to_advisor_id",
        "handover_client",
        ["to_advisor_id", "first_contact_due_on"],
        unique=False,
    )
    op.create_table(
        "import_doubt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("sheet", sa.String(length=120), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=32000), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_import_doubt_batch_id_import_batch")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_import_doubt_client_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user.id"], name=op.f("fk_import_doubt_decided_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_doubt")),
        info={"recorded": True, "frozen": False},
    )
    op.create_index("ix_import_doubt_batch_id", "import_doubt", ["batch_id"], unique=False)
    op.create_index("ix_import_doubt_client_id", "import_doubt", ["client_id"], unique=False)
    op.create_table(
        "import_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("fields", sa.String(), nullable=True),
        sa.Column("old", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_import_row_batch_id_import_batch")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_import_row_client_id_client")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row")),
        info={"append_only": True},
    )
    op.create_index("ix_import_row_batch_id", "import_row", ["batch_id"], unique=False)
    op.create_index("ix_import_row_client_id", "import_row", ["client_id"], unique=False)
    op.create_table(
        "own_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("own_field_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(length=32000), nullable=False),
        sa.Column("sort_key", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_own_value_client_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["own_field_id"], ["own_field.id"], name=op.f("fk_own_value_own_field_id_own_field")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_value")),
        sa.UniqueConstraint(
            "client_id", "own_field_id", name=op.f("uq_own_value_client_id_own_field_id")
        ),
        info={"recorded": True, "frozen": False},
    )
    op.create_index(
        "ix_own_value_own_field_id_sort_key",
        "own_value",
        ["own_field_id", "sort_key"],
        unique=False,
    )
    op.create_table(
        "privacy_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=True),
        sa.Column("note", sa.String(length=32000), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(length=32000), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["user.id"], name=op.f("fk_privacy_request_answered_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_privacy_request_client_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_privacy_request_user_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_request")),
        info={"recorded": True, "frozen": False},
    )
    op.create_index("ix_privacy_request_client_id", "privacy_request", ["client_id"], unique=False)
    op.create_table(
        "product_sale",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("sold_on", sa.Date(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("is_match", sa.Boolean(), nullable=True),
        sa.Column("match_reason", sa.String(length=120), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_product_sale_client_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_product_sale_product_id_product")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_product_sale_user_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_sale")),
        sa.UniqueConstraint("uuid", name=op.f("uq_product_sale_uuid")),
        info={"recorded": True, "frozen": False},
    )
    op.create_index("ix_product_sale_client_id", "product_sale", ["client_id"], unique=False)
    op.create_index(
        "ix_product_sale_product_id_sold_on",
        "product_sale",
        ["product_id", "sold_on"],
        unique=False,
    )
    op.create_table(
        "relation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("other_client_id", sa.Integer(), nullable=True),
        sa.Column("other_name", sa.String(length=120), nullable=False),
        sa.Column("other_phone", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("decides", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_relation_client_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["other_client_id"], ["client.id"], name=op.f("fk_relation_other_client_id_client")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relation")),
        sa.UniqueConstraint("uuid", name=op.f("uq_relation_uuid")),
        info={"recorded": True, "frozen": False},
    )
    op.create_index("ix_relation_client_id", "relation", ["client_id"], unique=False)
    op.create_index("ix_relation_other_client_id", "relation", ["other_client_id"], unique=False)
    op.create_table(
        "seat_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("pass_no", sa.String(length=120), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("meets_conditions", sa.Boolean(), nullable=False),
        sa.Column("transition_since", sa.Date(), nullable=True),
        sa.Column("transition_ends_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=32000), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_seat_use_client_id_client")
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_seat_use_seat_id_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_use")),
        info={"recorded": True, "frozen": False},
    )
    op.create_index("ix_seat_use_client_id", "seat_use", ["client_id"], unique=False)
    op.create_index("ix_seat_use_seat_id", "seat_use", ["seat_id"], unique=False)
    op.create_table(
        "tier_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("old_tier", sa.String(length=40), nullable=True),
        sa.Column("proposed_tier", sa.String(length=40), nullable=False),
        sa.Column("is_accepted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=120), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_tier_decision_client_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_tier_decision_user_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tier_decision")),
        info={"append_only": True},
    )
    op.create_index("ix_tier_decision_client_id", "tier_decision", ["client_id"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("contact_log_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_attachment_client_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["contact_log_id"],
            ["contact_log.id"],
            name=op.f("fk_attachment_contact_log_id_contact_log"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_attachment_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("uuid", name=op.f("uq_attachment_uuid")),
        info={"recorded": True, "frozen": False},
    )
    op.create_index("ix_attachment_client_id", "attachment", ["client_id"], unique=False)
    op.create_index("ix_attachment_contact_log_id", "attachment", ["contact_log_id"], unique=False)
    op.create_table(
        "attachment_content",
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachment.id"],
            name=op.f("fk_attachment_content_attachment_id_attachment"),
        ),
        sa.PrimaryKeyConstraint("attachment_id", name=op.f("pk_attachment_content")),
        info={"append_only": True},
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(length=120), nullable=False),
        sa.Column("wording", sa.String(length=32000), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_consent_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_consent_client_id_client")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_consent_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("uuid", name=op.f("uq_consent_uuid")),
        info={"recorded": True, "frozen": True},
    )
    op.create_index(
        "ix_consent_client_id_channel_purpose",
        "consent",
        ["client_id", "channel", "purpose"],
        unique=False,
    )
    op.create_table(
        "field_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.Column("contact_log_id", sa.Integer(), nullable=True),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachment.id"],
            name=op.f("fk_field_source_attachment_id_attachment"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_field_source_client_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["contact_log_id"],
            ["contact_log.id"],
            name=op.f("fk_field_source_contact_log_id_contact_log"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_field_source_user_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_source")),
        info={"append_only": True},
    )
    op.create_index(
        "ix_field_source_client_id_field", "field_source", ["client_id", "field"], unique=False
    )
    op.create_table(
        "risk_test",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("tested_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("is_lowest", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("investor_kind", sa.String(length=20), nullable=True),
        sa.Column("questionnaire", sa.String(length=120), nullable=False),
        sa.Column("tester", sa.String(length=120), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_risk_test_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_risk_test_client_id_client")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_risk_test_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_test")),
        sa.UniqueConstraint("uuid", name=op.f("uq_risk_test_uuid")),
        info={"recorded": True, "frozen": True},
    )
    op.create_index(
        "ix_risk_test_client_id_tested_on", "risk_test", ["client_id", "tested_on"], unique=False
    )
    with op.batch_alter_table("access_log", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("hash", sa.String(length=64), server_default=sa.text("''"), nullable=False)
        )
    with op.batch_alter_table("change_history", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("why", sa.String(length=120), server_default=sa.text("''"), nullable=False)
        )
    with op.batch_alter_table("client", schema=None) as batch_op:
        batch_op.add_column(sa.Column("commission_year_fen", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("commission_attitude", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("investor_kind", sa.String(length=20), nullable=True))
        batch_op.add_column(
            sa.Column("is_lowest_risk", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("family", sa.String(length=120), server_default=sa.text("''"), nullable=False)
        )
        batch_op.add_column(
            sa.Column(
                "education", sa.String(length=120), server_default=sa.text("''"), nullable=False
            )
        )
        batch_op.add_column(
            sa.Column(
                "employer", sa.String(length=120), server_default=sa.text("''"), nullable=False
            )
        )
        batch_op.add_column(sa.Column("invests_since", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("household_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("is_household_head", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("tags", sa.String(), nullable=True))
        batch_op.add_column(
            sa.Column("is_restricted", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.create_index("ix_client_household_id", ["household_id"], unique=False)
        batch_op.create_index("ix_client_merged_into_id", ["merged_into_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_client_household_id_household"), "household", ["household_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_client_merged_into_id_client"), "client", ["merged_into_id"], ["id"]
        )
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.add_column(sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("undone_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_import_batch_undone_by_id_user"), "user", ["undone_by_id"], ["id"]
        )
