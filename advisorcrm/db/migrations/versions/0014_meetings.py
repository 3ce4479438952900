"""Minutes of the branch's meetings, and what the company thinks of a stock or report.

Revision 0014: ``meeting`` with items and attendees, ``company_view``.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_RECORDED = {"recorded": True, "frozen": False}


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=True),
        sa.Column("ends_at", sa.Time(), nullable=True),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("chair_id", sa.Integer(), nullable=True),
        sa.Column("recorder_id", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        *_keys("meeting", chair_id="user", recorder_id="user", closed_by_id="user"),
        sa.UniqueConstraint("held_on", "kind", name=op.f("uq_meeting_held_on_kind")),
        info=_RECORDED,
    )
    op.create_table(
        "meeting_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("content", sa.String(length=32000), nullable=False),
        *_keys("meeting_item", meeting_id="meeting"),
        sa.UniqueConstraint("meeting_id", "kind", name=op.f("uq_meeting_item_meeting_id_kind")),
        info=_RECORDED,
    )
    op.create_table(
        "meeting_attendee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("is_present", sa.Boolean(), nullable=False),
        *_keys("meeting_attendee", meeting_id="meeting", user_id="user"),
        sa.UniqueConstraint(
            "meeting_id", "user_id", name=op.f("uq_meeting_attendee_meeting_id_user_id")
        ),
        info=_RECORDED,
    )
    _make_company_view()


def _make_company_view() -> None:
    op.create_table(
        "company_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("stance", sa.String(length=20), nullable=False),
        sa.Column("is_push", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("points", sa.String(length=32000), nullable=False),
        sa.Column("holds_from_on", sa.Date(), nullable=False),
        sa.Column("holds_until_on", sa.Date(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdraw_reason", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        *_keys("company_view", meeting_id="meeting", author_id="user"),
        sa.UniqueConstraint("uuid", name=op.f("uq_company_view_uuid")),
        info=_RECORDED,
    )
    op.create_index(
        "ix_company_view_holds_from_on_holds_until_on",
        "company_view",
        ["holds_from_on", "holds_until_on"],
    )
    op.create_index("ix_company_view_meeting_id", "company_view", ["meeting_id"])


def _keys(table: str, **targets: str) -> list[sa.Constraint]:
    keys: list[sa.Constraint] = [
        sa.ForeignKeyConstraint([name], [f"{target}.id"], name=op.f(f"fk_{table}_{name}_{target}"))
        for name, target in targets.items()
    ]
    return [*keys, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))]
