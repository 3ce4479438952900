"""The first schema.

Revision 0001: branch, people, code lists, clients and their contact points, contact logs,
drafts, settings, import batches, access log, change history and the search index.
"""

import sqlalchemy as sa
from alembic import op

from advisorcrm.db.search_index import create_search_index

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table of the first version."""
    op.create_table(
        "branch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("company", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=120), nullable=False),
        sa.Column("short_name", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=120), nullable=False),
        sa.Column("postcode", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=120), nullable=False),
        sa.Column("complaint_phone", sa.String(length=120), nullable=False),
        sa.Column("national_phone", sa.String(length=120), nullable=False),
        sa.Column("manager_name", sa.String(length=120), nullable=False),
        sa.Column("business_hours", sa.String(length=120), nullable=False),
        sa.Column("form_footer", sa.String(length=32000), nullable=False),
        sa.Column("next_client_no", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_branch")),
        info={"recorded": True, "frozen": False},
    )
    op.create_table(
        "change_history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("table_name", sa.String(length=40), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("operation", sa.String(length=6), nullable=False),
        sa.Column("old", sa.String(), nullable=True),
        sa.Column("new", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_history")),
        info={"append_only": True},
    )
    op.create_index(
        "ix_change_history_table_name_row_id",
        "change_history",
        ["table_name", "row_id"],
        unique=False,
    )
    op.create_table(
        "client_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_group")),
        sa.UniqueConstraint("name", name=op.f("uq_client_group_name")),
        info={"recorded": True, "frozen": False},
    )
    op.create_table(
        "code_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_name", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("label_en", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_list")),
        sa.UniqueConstraint("list_name", "code", name=op.f("uq_code_list_list_name_code")),
        info={"recorded": True, "frozen": False},
    )
    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employee_no", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("employee_no", name=op.f("uq_user_employee_no")),
        info={"recorded": True, "frozen": False},
    )
    op.create_table(
        "client",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("client_no", sa.String(length=40), nullable=False),
        sa.Column("account", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("alias", sa.String(length=120), nullable=False),
        sa.Column("pinyin", sa.String(length=120), nullable=False),
        sa.Column("initials", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("stage", sa.String(20), nullable=False),
        sa.Column("sex", sa.String(20), nullable=True),
        sa.Column("advisor_id", sa.Integer(), nullable=True),
        sa.Column("client_group_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=120), nullable=False),
        sa.Column("convenient_time", sa.String(length=120), nullable=False),
        sa.Column("contact_every_days", sa.Integer(), nullable=True),
        sa.Column("tier", sa.String(length=40), nullable=True),
        sa.Column("investment_preference", sa.String(length=120), nullable=False),
        sa.Column("trading_habit", sa.String(length=40), nullable=True),
        sa.Column("service_need", sa.String(length=40), nullable=True),
        sa.Column("wealth_content", sa.String(), nullable=True),
        sa.Column("wealth_way", sa.String(), nullable=True),
        sa.Column("trading_way", sa.String(), nullable=True),
        sa.Column("commission_ppm", sa.Integer(), nullable=True),
        sa.Column("assets_fen", sa.BigInteger(), nullable=True),
        sa.Column("risk_level", sa.String(20), nullable=True),
        sa.Column("risk_tested_on", sa.Date(), nullable=True),
        sa.Column("risk_expires_on", sa.Date(), nullable=True),
        sa.Column("id_document", sa.String(20), nullable=True),
        sa.Column("id_number", sa.String(length=40), nullable=True),
        sa.Column("id_expires_on", sa.Date(), nullable=True),
        sa.Column("id_is_permanent", sa.Boolean(), nullable=False),
        sa.Column("birthday", sa.Date(), nullable=True),
        sa.Column("birthday_month_day", sa.String(length=5), nullable=True),
        sa.Column("lunar_month", sa.Integer(), nullable=True),
        sa.Column("lunar_day", sa.Integer(), nullable=True),
        sa.Column("lunar_is_leap", sa.Boolean(), nullable=False),
        sa.Column("birthday_kept", sa.String(20), nullable=False),
        sa.Column("occupation", sa.String(length=120), nullable=False),
        sa.Column("hobbies", sa.String(length=120), nullable=False),
        sa.Column("personality", sa.String(length=120), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.String(length=32000), nullable=False),
        sa.Column("last_contact_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["advisor_id"], ["user.id"], name=op.f("fk_client_advisor_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["client_group_id"],
            ["client_group.id"],
            name=op.f("fk_client_client_group_id_client_group"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
        sa.UniqueConstraint("account", name=op.f("uq_client_account")),
        sa.UniqueConstraint("client_no", name=op.f("uq_client_client_no")),
        sa.UniqueConstraint("uuid", name=op.f("uq_client_uuid")),
        info={"recorded": True, "frozen": False},
    )
    op.create_index(
        "ix_client_advisor_id_assets_fen", "client", ["advisor_id", "assets_fen"], unique=False
    )
    op.create_index(
        "ix_client_advisor_id_last_contact_at",
        "client",
        ["advisor_id", "last_contact_at"],
        unique=False,
    )
    op.create_index("ix_client_assets_fen_id", "client", ["assets_fen", "id"], unique=False)
    op.create_index(
        "ix_client_last_contact_at_id", "client", ["last_contact_at", "id"], unique=False
    )
    op.create_index("ix_client_name", "client", ["name"], unique=False)
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_draft_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint(
            "user_id", "form", "subject", name=op.f("uq_draft_user_id_form_subject")
        ),
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("undecided", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_import_batch_user_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        info={"recorded": True, "frozen": False},
    )
    op.create_table(
        "setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_setting_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
        sa.UniqueConstraint("user_id", "name", name=op.f("uq_setting_user_id_name")),
        info={"recorded": True, "frozen": False},
    )
    op.create_table(
        "user_client_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("client_group_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_group_id"],
            ["client_group.id"],
            name=op.f("fk_user_client_group_client_group_id_client_group"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_user_client_group_user_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_client_group")),
        sa.UniqueConstraint(
            "user_id", "client_group_id", name=op.f("uq_user_client_group_user_id_client_group_id")
        ),
        info={"recorded": True, "frozen": False},
    )
    op.create_table(
        "access_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("purpose", sa.String(length=120), nullable=False),
        sa.Column("was_masked", sa.Boolean(), nullable=False),
        sa.Column("client_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_access_log_client_id_client")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_access_log_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_log")),
        info={"append_only": True},
    )
    op.create_index("ix_access_log_client_id_at", "access_log", ["client_id", "at"], unique=False)
    op.create_table(
        "client_search",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("names", sa.String(), nullable=False),
        sa.Column("pinyin", sa.String(), nullable=False),
        sa.Column("numbers", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_client_search_client_id_client")
        ),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_client_search")),
    )
    op.create_table(
        "contact_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("topics", sa.String(), nullable=True),
        sa.Column("contacted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("content", sa.String(length=32000), nullable=False),
        sa.Column("reaction", sa.String(20), nullable=True),
        sa.Column("is_advice", sa.Boolean(), nullable=False),
        sa.Column("basis", sa.String(length=120), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("next_at", sa.Time(), nullable=True),
        sa.Column("next_way", sa.String(length=40), nullable=True),
        sa.Column("next_note", sa.String(length=120), nullable=False),
        sa.Column("was_reminded_of_counter", sa.Boolean(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("correction_reason", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user.id"], name=op.f("fk_contact_log_author_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_contact_log_client_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["contact_log.id"], name=op.f("fk_contact_log_corrects_id_contact_log")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_log")),
        sa.UniqueConstraint("uuid", name=op.f("uq_contact_log_uuid")),
        info={"recorded": True, "frozen": True},
    )
    op.create_index(
        "ix_contact_log_author_id_contacted_at",
        "contact_log",
        ["author_id", "contacted_at"],
        unique=False,
    )
    op.create_index(
        "ix_contact_log_client_id_contacted_at",
        "contact_log",
        ["client_id", "contacted_at"],
        unique=False,
    )
    op.create_index(
        "ix_contact_log_contacted_at_id", "contact_log", ["contacted_at", "id"], unique=False
    )
    op.create_index("ix_contact_log_corrects_id", "contact_log", ["corrects_id"], unique=False)
    op.create_table(
        "contact_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("validity", sa.String(20), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_contact_point_client_id_client")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_point")),
        info={"recorded": True, "frozen": False},
    )
    op.create_index("ix_contact_point_client_id", "contact_point", ["client_id"], unique=False)
    op.create_index("ix_contact_point_value", "contact_point", ["value"], unique=False)

    create_search_index(op.get_bind())
