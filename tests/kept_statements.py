"""Statements that are compiled once a run, not once a test."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.util import LRUCache

from advisorcrm.db import engines

MOST = 5_000


def room_for_statements() -> Any:
    """A cache of compiled statements that holds those of all tests."""
    return LRUCache(MOST)


def keep_statements() -> None:
    """Every encrypted file is asked in what was compiled for the files before it.

    As in the program, that opens one file and compiles each statement once: the way a statement
    is written depends on the dialect, never on the file.
    """
    make = engines._engine
    model, _place = make(read_only=True)
    model.connect().close()
    model.dispose()
    statements = room_for_statements()

    def make_knowing(*, read_only: bool, cache_kib: int = 0) -> Any:
        made: tuple[Engine, Any] = make(read_only=read_only, cache_kib=cache_kib)
        made[0].dialect = made[0].pool._dialect = model.dialect
        made[0]._compiled_cache = statements
        return made

    engines._engine = make_knowing
