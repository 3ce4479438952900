"""Changes of one action belong together; the access log becomes a chain.

Rows of the history that are older have no ``change_set``. Rows of the access log that are older
get their hashes here, in the order in which they were written.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from advisorcrm.db.access_chain import seal_all

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, then seal the log as it stands."""
    op.add_column("change_history", sa.Column("change_set", sa.BigInteger(), nullable=True))
    seal_all(op.get_bind())
