"""What a database is asked, word for word, also where the program goes past SQLAlchemy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event


@contextmanager
def statements_of(engine: Engine) -> Iterator[list[str]]:
    """Every statement in its order; a file's have their values in them.

    A file is read by the one connection that its engine keeps.
    """
    heard: list[str] = []
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
        raw.set_trace_callback(heard.append)
        try:
            yield heard
        finally:
            raw.set_trace_callback(None)
        return

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        heard.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield heard
    finally:
        event.remove(engine, "before_cursor_execute", note)
