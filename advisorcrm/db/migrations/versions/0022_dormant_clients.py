"""The list of tags offers sleeping accounts, left out of the yearly sample of calls (2.5a)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_LIST, _CODE = "tag", "dormant"


def upgrade() -> None:
    """Behind the tags a branch has; a database without lists is filled later."""
    entry = sa.table(
        "code_list",
        *(sa.column(name) for name in ("list_name", "code", "label", "label_en", "position",
                                       "is_retired", "version")),
    )  # fmt: skip
    bind = op.get_bind()
    tags = sa.select(sa.func.max(entry.c.position)).where(entry.c.list_name == _LIST)
    last = bind.execute(tags).scalar()
    if last is None or bind.execute(tags.where(entry.c.code == _CODE)).scalar() is not None:
        return
    op.bulk_insert(
        entry,
        [{"list_name": _LIST, "code": _CODE, "label": "休眠或中止交易", "label_en": "Dormant or suspended",
          "position": last + 1, "is_retired": False, "version": 1}],
    )  # fmt: skip
