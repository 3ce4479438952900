"""Tasks of the people of the branch: own, given, recurring.

Revision 0004: table ``task``.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("note", sa.String(length=32000), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.Time(), nullable=True),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("is_important", sa.Boolean(), nullable=False),
        sa.Column("move_count", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("creator_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("offered_to_id", sa.Integer(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_by_id", sa.Integer(), nullable=True),
        sa.Column("return_reason", sa.String(length=120), nullable=False),
        sa.Column("repeats", sa.String(length=20), nullable=True),
        sa.Column("repeats_from_on", sa.Date(), nullable=True),
        sa.Column("repeats_on_workdays", sa.Boolean(), nullable=False),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("result", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        *_keys(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("uuid", name=op.f("uq_task_uuid")),
        sa.UniqueConstraint("follows_id", name=op.f("uq_task_follows_id")),
        info={"recorded": True, "frozen": False},
    )
    for columns in _INDEXES:
        op.create_index(f"ix_task_{'_'.join(columns)}", "task", list(columns))


_INDEXES = (
    ("owner_id", "closed_at", "due_on"),
    ("offered_to_id", "closed_at"),
    ("creator_id", "closed_at"),
    ("closed_at", "due_on"),
    ("client_id",),
    ("source", "source_id"),
)


def _keys() -> list[sa.ForeignKeyConstraint]:
    people = ("creator_id", "owner_id", "offered_to_id", "returned_by_id", "closed_by_id")
    targets = dict.fromkeys(people, "user") | {"client_id": "client", "follows_id": "task"}
    return [
        sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_task_{name}_{table}"))
        for name, table in targets.items()
    ]
