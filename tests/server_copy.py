"""A copy of the template on PostgreSQL that a test puts back as it found it.

Making and dropping a database takes the server longer than most tests run. So the next test gets
the same one again when nothing of its structure was changed and every row is as in the template;
else it is dropped and a new one is made.
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Engine

from advisorcrm.db.database import Database, open_server
from advisorcrm.services.workplace.desk import server_url
from tests.kept_statements import room_for_statements

MOST_TESTS = 100
MOST_GROWTH = 4_000_000
"""What has served so many tests or grown by so many bytes is not put back."""

_STRUCTURE = """
SELECT sum(hashtextextended(kind || id || ':' || version, 0)) FROM (
    SELECT 'class' AS kind, oid::text AS id, xmin::text AS version
        FROM pg_class WHERE oid >= 16384
    UNION ALL SELECT 'column', attrelid || '.' || attnum, xmin::text
        FROM pg_attribute WHERE attrelid >= 16384
    UNION ALL SELECT 'function', oid::text, xmin::text FROM pg_proc WHERE oid >= 16384
    UNION ALL SELECT 'type', oid::text, xmin::text FROM pg_type WHERE oid >= 16384
    UNION ALL SELECT 'trigger', oid::text, xmin::text FROM pg_trigger
    UNION ALL SELECT 'constraint', oid::text, xmin::text FROM pg_constraint
    UNION ALL SELECT 'policy', oid::text, xmin::text FROM pg_policy
    UNION ALL SELECT 'schema', oid::text, xmin::text FROM pg_namespace
    UNION ALL SELECT 'extension', oid::text, xmin::text FROM pg_extension
    UNION ALL SELECT 'setting', setdatabase || '.' || setrole, xmin::text FROM pg_db_role_setting
    UNION ALL SELECT 'database', oid::text, xmin::text
        FROM pg_database WHERE datname = current_database()
) AS everything"""
"""One figure for all that DDL can change: a row of a catalogue that was changed has a new xmin."""
_SIZE = "SELECT sum(pg_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND oid >= 16384"
_TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND oid >= 16384 ORDER BY relname"
_STATE = "SELECT {name}, count(*), sum(hashtextextended(ctid::text || xmin::text, 0)) FROM {table}"
_COLUMNS = (
    "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
    " AND NOT attisdropped AND attgenerated = ''"
)
_SEQUENCES = (
    "SELECT quote_ident(sequencename), coalesce(last_value, start_value), last_value IS NOT NULL"
    " FROM pg_sequences"
)


class ServerCopy:
    """A database made from the template, and the program's connections to it."""

    def __init__(self, url: str) -> None:
        self._keeper = psycopg.connect(url, autocommit=True)
        # Put back without the triggers: what the tests change is no history of the branch.
        self._keeper.execute("SET session_replication_role = replica")
        self._keeper.execute("SET lock_timeout = '2s'")
        opened = open_server(server_url(url), "test")
        self._engines = (opened.reading_engine, opened.writing_engine)
        for engine in self._engines:
            engine._compiled_cache = room_for_statements()
        self._uses = 0
        self._look()

    def _look(self) -> None:
        """Remember how everything is before the first test."""
        self._tables = [name for (name,) in self._keeper.execute(_TABLES)]
        self._state_of_all = sql.SQL(" UNION ALL ").join(
            sql.SQL(_STATE).format(name=sql.Literal(name), table=sql.Identifier(name))
            for name in self._tables
        )
        self._states = self._ask_states()
        self._rows = {
            name: self._copied(name) for name, (count, _) in self._states.items() if count
        }
        self._counters = sql.SQL("SELECT ") + sql.SQL(", ").join(
            sql.SQL("setval({}, {}, {})").format(*map(sql.Literal, row))
            for row in self._keeper.execute(_SEQUENCES)
        )
        self._structure, self._size = self._ask(_STRUCTURE), self._ask(_SIZE)

    def database(self) -> Database:
        """A door of its own for a test."""
        self._uses += 1
        return Database(*self._engines, label="test", path=None, key=None)

    def put_back(self) -> bool:
        """Make every row and counter what it was; False when a new copy must be made."""
        if self._uses >= MOST_TESTS or any(map(_is_used, self._engines)):
            return False
        try:
            is_kept = self._ask(_STRUCTURE) == self._structure
            if not is_kept or self._ask(_SIZE) > self._size + MOST_GROWTH:
                return False
            self._put_rows_back()
        except psycopg.Error:
            return False
        return True

    def close(self) -> None:
        """Let go of the database, so that it can be dropped."""
        for engine in self._engines:
            engine.dispose()
        self._keeper.close()

    def _put_rows_back(self) -> None:
        now = self._ask_states()
        changed = [name for name in self._tables if now[name] != self._states[name]]
        with self._keeper.transaction():
            for name in changed:
                self._keeper.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
                if name in self._rows:
                    with self._keeper.cursor().copy(self._copy(name, "FROM STDIN")) as copy:
                        copy.write(self._rows[name])
            self._keeper.execute(self._counters, prepare=True)
        if self._rows.keys() & set(changed):
            self._states = self._ask_states()

    def _ask(self, question: str) -> Any:
        row = self._keeper.execute(question, prepare=True).fetchone()
        assert row is not None
        return row[0]

    def _ask_states(self) -> dict[str, tuple[int, Any]]:
        answer = self._keeper.execute(self._state_of_all, prepare=True)
        return {name: (count, state) for name, count, state in answer}

    def _copied(self, name: str) -> bytes:
        with self._keeper.cursor().copy(self._copy(name, "TO STDOUT")) as copy:
            return b"".join(bytes(block) for block in copy)

    def _copy(self, name: str, way: str) -> sql.Composed:
        columns = [sql.Identifier(one) for (one,) in self._keeper.execute(_COLUMNS, (f'"{name}"',))]
        return sql.SQL("COPY {} ({}) {} (FORMAT binary)").format(
            sql.Identifier(name), sql.SQL(", ").join(columns), sql.SQL(way)  # type: ignore[arg-type]
        )  # fmt: skip


def _is_used(engine: Engine) -> bool:
    checked_out: int = engine.pool.checkedout()  # type: ignore[attr-defined]
    return checked_out > 0
