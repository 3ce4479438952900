"""One client at a seat: what two desks arrange in the same moment is stopped by the database.

Where a seat is held twice already, the older stay ends on the day on which the later one began.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

END_OLDER = """
UPDATE seat_use SET left_on = (
    SELECT max(later.entered_on) FROM seat_use AS later
    WHERE later.seat_id = seat_use.seat_id AND later.left_on IS NULL AND later.id > seat_use.id
), version = version + 1
WHERE left_on IS NULL AND EXISTS (
    SELECT 1 FROM seat_use AS later
    WHERE later.seat_id = seat_use.seat_id AND later.left_on IS NULL AND later.id > seat_use.id
)
"""


def upgrade() -> None:
    """End doubled stays, then make the index."""
    op.execute(END_OLDER)
    op.create_index(
        "uq_seat_use_seat_id_present",
        "seat_use",
        ["seat_id"],
        unique=True,
        sqlite_where=sa.text("left_on IS NULL"),
        postgresql_where=sa.text("left_on IS NULL"),
    )
