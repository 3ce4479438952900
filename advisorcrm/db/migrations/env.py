"""Alembic's entry: runs the steps on the connection that ``db.upgrade`` has prepared."""

from __future__ import annotations

from typing import Any

from alembic import context
from sqlalchemy import Connection

from advisorcrm.db.history import drop_triggers, recreate_triggers
from advisorcrm.models import Base

NOT_OURS = ("client_gram",)
"""The search index and its shadow tables are made by ``db.search_index``."""


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """Leave the search index out of comparisons."""
    return not (kind == "table" and name is not None and name.startswith(NOT_OURS))


def run(connection: Connection) -> None:
    """All steps in one transaction, triggers off before and on after."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_name=include_name,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        drop_triggers(connection)
        context.run_migrations()
        recreate_triggers(connection)


run(context.config.attributes["connection"])
