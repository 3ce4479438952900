"""Engines for the two databases: an encrypted SQLite file, or PostgreSQL.

What differs between the two lies here and in ``history`` and ``search_index``; no service
knows which one it talks to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, FromClause, Insert, create_engine, event, insert
from sqlalchemy.dialects import sqlite
from sqlalchemy.pool import QueuePool
from sqlalchemy.schema import CreateTable
from sqlalchemy.types import TypeEngine

from advisorcrm.allocator import give_back
from advisorcrm.models import Base

READ_CACHE_KIB = 4_096
"""Page cache of the reading connection: the pages every search begins with (decision 027)."""
SCAN_CACHE_KIB = 2_048
"""Of the connection for long reads: they pass by every page once and find none again."""
WRITE_CACHE_KIB = 16_384
CHECK_CACHE_KIB = 65_536
"""While the file is checked: every row is looked for in every index, with little it takes 4 times
as long (100,000 clients, 23 s instead of 6)."""
EXPORT_CACHE_KIB = 40_960
"""While a list is exported: its order leads all over the file."""
BUSY_MS = 5_000


_MODES = {"rw": "mode=rw", "ro": "mode=ro", "immutable": "mode=ro&immutable=1"}


def connect_file(
    path: Path, key: bytes, *, cache_kib: int = WRITE_CACHE_KIB, mode: str = "rw"
) -> Any:
    """A connection to the encrypted file that is there; a lost one is never made anew.

    The first read fails when the key is wrong. ``mode="ro"`` changes no byte even then;
    ``mode="immutable"`` needs no log and sees none.
    """
    connection = _open_file(path, mode)
    try:
        _unlock(connection, key)
        _prepare_file(connection, cache_kib, keeps_log=mode != "immutable")
    except BaseException:
        # An open handle would keep the file from being moved away and a copy put in its place.
        connection.close()
        raise
    return connection


def try_key(path: Path, key: bytes, *, mode: str = "ro") -> None:
    """Read the head of the file, and nothing else: fails when the key is wrong. Changes no byte."""
    connection = _open_file(path, mode)
    try:
        _unlock(connection, key)
        connection.execute("PRAGMA schema_version").close()
    finally:
        connection.close()


def _open_file(path: Path, mode: str) -> Any:
    from sqlcipher3 import dbapi2

    return dbapi2.connect(
        f"{path.absolute().as_uri()}?{_MODES[mode]}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_MS / 1000,
    )


def _unlock(connection: Any, key: bytes) -> None:
    # SQLCipher writes warnings to the standard error stream unless told before the key.
    for pragma in ("cipher_log_level = NONE", f"key = \"x'{key.hex()}'\""):
        connection.execute(f"PRAGMA {pragma}").close()


def _prepare_file(connection: Any, cache_kib: int, *, keeps_log: bool) -> None:
    for pragma in (
        f"cache_size = -{cache_kib}",
        "temp_store = MEMORY",
        "foreign_keys = ON",
        # Without it REPLACE removes a row behind the back of the triggers.
        "recursive_triggers = ON",
        "journal_mode = WAL" if keeps_log else "query_only = ON",
        "synchronous = FULL",
        f"busy_timeout = {BUSY_MS}",
        "cell_size_check = ON",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


class _Place:
    """Where an engine connects to: the file, or before it is known an empty database in memory."""

    def __init__(self, cache_kib: int) -> None:
        self._cache_kib = cache_kib
        self._file: tuple[Path, bytes, str] | None = None

    def go_to(self, path: Path, key: bytes, mode: str) -> None:
        """From now on it is the file."""
        self._file = path, key, mode

    def connect(self) -> Any:
        """A new connection."""
        if self._file is None:
            return _in_memory()
        path, key, mode = self._file
        return connect_file(path, key, cache_kib=self._cache_kib, mode=mode)


_rehearsed: list[tuple[Engine, _Place]] = []
"""The reading engine that knows the first statements already, until a file takes it."""


def rehearsing_engine() -> Engine:
    """A reading engine over empty tables in memory; the next file that is opened takes it over.

    What is asked here need not be compiled again after the sign-in. Nothing of a branch is in it.
    """
    if not _rehearsed:
        _rehearsed.append(_engine(read_only=True))
    return _rehearsed[0][0]


def scanning_engine(path: Path, key: bytes, *, mode: str = "rw") -> Engine:
    """An engine over the encrypted file that reads what is long, and keeps little of it."""
    engine, place = _engine(read_only=True, cache_kib=SCAN_CACHE_KIB)
    place.go_to(path, key, mode)
    return engine


@contextmanager
def much_cache(connection: Connection, kib: int = CHECK_CACHE_KIB) -> Iterator[None]:
    """Much room for pages in the file's connection for as long as it lasts, then as before.

    A server looks after its own.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    usual = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size = -{kib}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {usual}")
        connection.exec_driver_sql("PRAGMA shrink_memory")
        give_back()


def file_engine(path: Path, key: bytes, *, read_only: bool, mode: str = "rw") -> Engine:
    """An engine over the encrypted file; a transaction begins deferred or immediate."""
    engine, place = _rehearsed.pop() if read_only and _rehearsed else _engine(read_only=read_only)
    engine.dispose()  # the empty tables of the rehearsal go
    place.go_to(path, key, mode)
    return engine


def _in_memory() -> Any:
    """Empty tables without triggers and indexes."""
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False)
    for table in Base.metadata.sorted_tables:
        connection.execute(str(CreateTable(table).compile(dialect=sqlite.dialect())))
    return connection


def _engine(*, read_only: bool, cache_kib: int = 0) -> tuple[Engine, _Place]:
    from sqlcipher3 import dbapi2

    place = _Place(cache_kib or (READ_CACHE_KIB if read_only else WRITE_CACHE_KIB))
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=place.connect,
        poolclass=QueuePool,
        pool_size=1,  # one thread reads and one writes; every connection has a cache of its own
        max_overflow=4,
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: Any) -> None:
        # Who, why if they say, and the number of the action.
        acting: list[Any] = ["", "", None]
        record.info["acting"] = acting
        connection.create_function("acting_user", 0, lambda: acting[0])
        connection.create_function("acting_reason", 0, lambda: acting[1])
        connection.create_function("acting_set", 0, lambda: acting[2])
        if read_only:
            connection.execute("PRAGMA query_only = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        if read_only:
            # Deferred, it touches no page and cannot fail: straight to the driver.
            connection.connection.dbapi_connection.execute("BEGIN")
        else:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine, place


def server_engine(url: str, *, read_only: bool) -> Engine:
    """An engine over the branch's PostgreSQL server."""
    # psycopg takes its time to load: only where there is a server.
    from advisorcrm.db.server_connection import READING_S, WRITING_S, ServerConnection

    engine = create_engine(
        url,
        pool_size=2,
        max_overflow=2,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={
            "connect_timeout": 5,
            "application_name": "advisorcrm",
            # Compiling a question of the day would take the server longer than answering it.
            "options": f"-c lock_timeout={BUSY_MS} -c jit=off",
        },
    )

    @event.listens_for(engine, "do_connect")
    def connect(
        _dialect: Dialect, _record: Any, given: tuple[Any, ...], named: dict[str, Any]
    ) -> ServerConnection:
        connection = ServerConnection.connect(*given, **named)
        connection.patience = READING_S if read_only else WRITING_S
        return connection

    if read_only:
        return engine.execution_options(postgresql_readonly=True)
    return engine


def insert_rows(
    connection: Connection, table: FromClause, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Store rows that have the same fields; one that is empty in all of them is left out.

    For the file the values of a column are converted together and equal ones once: cell by cell
    that takes as long as storing them, history and all.
    """
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    columns = {name: given for name, given in columns.items() if given.count(None) < len(given)}
    if connection.dialect.name == "postgresql" or len(rows) < _MANY:
        values = zip(*columns.values(), strict=True)
        connection.execute(
            _insert_into(table), [dict(zip(columns, row, strict=True)) for row in values]
        )
        return
    converted = [
        _converted(table.c[name].type, given, connection.dialect) for name, given in columns.items()
    ]
    places = ", ".join("?" * len(columns))
    # The names are the schema's own.
    sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608
    connection.exec_driver_sql(sql, list(zip(*converted, strict=True)))


_MANY = 20


@cache
def _insert_into(table: FromClause) -> Insert:
    return insert(table)  # type: ignore[arg-type]


def _converted(kind: TypeEngine[Any], values: list[Any], dialect: Dialect) -> Iterable[Any]:
    convert = kind.dialect_impl(dialect).bind_processor(dialect)
    return values if convert is None else map(_Once(convert).__getitem__, values)


class _Once(dict[Any, Any]):
    """Values converted when they first come up."""

    def __init__(self, convert: Callable[[Any], Any]) -> None:
        super().__init__()
        self._convert = convert

    def __missing__(self, value: Any) -> Any:
        converted = self[value] = self._convert(value)
        return converted
