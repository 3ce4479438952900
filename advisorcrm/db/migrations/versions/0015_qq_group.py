"""The list of tags offers the members of an advisor's QQ group (R30); one of that code stays."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_LIST, _CODE = "tag", "qq_group"


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
        [{"list_name": _LIST, "code": _CODE, "label": "QQ群成员", "label_en": "In the QQ group",
          "position": last + 1, "is_retired": False, "version": 1}],
    )  # fmt: skip
