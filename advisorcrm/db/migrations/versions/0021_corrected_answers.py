"""A correction of a return call may put the answers right that reports count (R223, R242)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_TERMS = ("outcome", "service_grade", "product_grade")
_ANSWERS = (
    "declined_scores", "is_identity_verified", "are_changes_confirmed", "was_acted_for",
    "was_risk_disclosed", "has_full_mandate",
)  # fmt: skip


def upgrade() -> None:
    """Corrections so far were words alone: they change no answer."""
    for name in _TERMS:
        op.add_column("callback_correction", sa.Column(name, sa.String(length=20), nullable=True))
    op.add_column("callback_correction", sa.Column("scores", sa.String(), nullable=True))
    for name in _ANSWERS:
        op.add_column("callback_correction", sa.Column(name, sa.Boolean(), nullable=True))
