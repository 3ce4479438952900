"""What a test leaves behind on the server is gone before the next, or the database is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text

from advisorcrm.db.database import Database
from advisorcrm.services.branch.users import find_actor
from tests.conftest import Server, _drop, _new_copy, rows
from tests.factories import make_client
from tests.server_copy import ServerCopy

TABLES = "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND oid >= 16384 ORDER BY 1"
COUNTERS = "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1"


@pytest.fixture
def copy(server: Server, server_template: str) -> Iterator[ServerCopy]:
    name, made = _new_copy(server, server_template)
    yield made
    _drop(server, name, made)


def everything(database: Database) -> list[Any]:
    tables = [name for (name,) in rows(database, TABLES)]
    assert "client" in tables
    contents = [rows(database, f"SELECT t::text FROM {name} AS t ORDER BY 1") for name in tables]
    return [contents, rows(database, COUNTERS)]


def execute(database: Database, statement: str) -> None:
    database.write(lambda session, _actor: session.execute(text(statement)))


def test_rows_and_counters_are_as_in_the_template_again(copy: ServerCopy) -> None:
    database = copy.database()
    before = everything(database)
    for _test in range(2):
        database.write(lambda s, _a: make_client(s, find_actor(s, "LSL0042"), name="甲"))
        execute(database, "UPDATE branch SET name = '别处'")
        assert everything(database) != before
        assert copy.put_back()
        assert everything(database) == before


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE client ADD COLUMN shoe_size integer",
        "ALTER TABLE client DISABLE TRIGGER USER",
        "CREATE TABLE stranger (id integer)",
        "DROP INDEX ix_client_advisor_id_assets_fen",
        "CREATE FUNCTION stranger() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "GRANT SELECT ON client TO PUBLIC",
    ],
)
def test_a_changed_structure_is_not_put_back(copy: ServerCopy, statement: str) -> None:
    execute(copy.database(), statement)
    assert not copy.put_back()


def test_a_transaction_left_open_is_not_put_back(copy: ServerCopy) -> None:
    with copy.database().writing_engine.connect() as connection:
        connection.execute(text("UPDATE branch SET name = '别处'"))
        assert not copy.put_back()
