"""The chain of the access log: each row's hash closes over the row and the hash before it.

The triggers let nobody change or take out a row. Who works round them (a database tool with the
key in hand) breaks the chain at that place, and ``verify`` names it. What a chain cannot tell is
that its newest rows were cut off; that shows against a verified copy, which knows how far the
log had come (docs/decisions/021).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, text

from advisorcrm.db.engines import connect_file
from advisorcrm.models import AccessLog

_WRITING_LOG = 7_305_002
"""Advisory lock of a server: one writer of the log at a time."""
_CHUNK = 2_000


class ChainRow(NamedTuple):
    """What of a row is sealed, in this order."""

    at: datetime
    user_id: int
    kind: str  # the code, as stored
    client_id: int | None
    subject: str
    purpose: str
    was_masked: bool
    client_count: int


@dataclass(frozen=True, slots=True)
class ChainState:
    """How far the log has come, and the first row that does not fit, if any."""

    entries: int
    last_id: int
    last_hash: str
    broken_id: int | None = None


def seal(before: str, row: ChainRow) -> str:
    """The hash of a row that follows the one with the hash ``before``."""
    at = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    cells: Sequence[Any] = (before, at, *row[1:])
    written = json.dumps(cells, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def last_hash(connection: Connection) -> str:
    """The hash the next row follows, with every other writer kept waiting until the commit."""
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK, {"key": _WRITING_LOG})
    return connection.scalar(_LAST) or ""


def check_chain(connection: Connection) -> ChainState:
    """Walk the whole log in the order of writing, a few rows in memory at a time."""
    entries, last_id, before = 0, 0, ""
    with closing(_walk(connection)) as walk:
        for key, found, row in walk:
            if found != seal(before, row):
                return ChainState(entries, last_id, before, broken_id=key)
            entries, last_id, before = entries + 1, key, found
    return ChainState(entries, last_id, before)


def cut_off_since(connection: Connection, copy: ChainState) -> bool:
    """Whether the log no longer holds the row that was its newest when the copy was made."""
    if not copy.entries:
        return False
    found = connection.scalar(select(_TABLE.hash).where(_TABLE.id == copy.last_id))
    return bool(found != copy.last_hash)


def tail_of_file(path: Path, key: bytes) -> ChainState | None:
    """How far the log had come in a copy; None for one without a chain or with another key."""
    from sqlcipher3 import dbapi2

    try:
        # Nobody writes to a copy any more: no log beside it, no lock.
        with closing(connect_file(path, key, mode="immutable")) as connection:
            count = connection.execute("SELECT count(*) FROM access_log").fetchone()[0]
            tail = connection.execute(
                "SELECT id, hash FROM access_log ORDER BY id DESC LIMIT 1"
            ).fetchone()
    except dbapi2.DatabaseError:
        return None
    return ChainState(count, *tail) if tail and tail[1] else None


def seal_all(connection: Connection) -> None:
    """Chain the rows that were written before there was a chain (migration; triggers off)."""
    before, sealed = "", []
    for key, _found, row in _walk(connection):
        before = seal(before, row)
        sealed.append({"key": key, "sealed": before})
    if sealed:
        connection.execute(_SEAL, sealed)


def _walk(connection: Connection) -> Generator[tuple[int, str, ChainRow]]:
    with connection.execute(_ROWS) as rows:
        for key, found, *cells in rows:
            row = ChainRow._make(cells)
            yield key, found, row._replace(kind=str(row.kind))


_TABLE = AccessLog.__table__.c
_LOCK = text("SELECT pg_advisory_xact_lock(:key)")
_LAST = select(_TABLE.hash).order_by(_TABLE.id.desc()).limit(1)
_ROWS = (
    select(
        _TABLE.id,
        _TABLE.hash,
        _TABLE.at,
        _TABLE.user_id,
        _TABLE.kind,
        _TABLE.client_id,
        _TABLE.subject,
        _TABLE.purpose,
        _TABLE.was_masked,
        _TABLE.client_count,
    )
    .order_by(_TABLE.id)
    .execution_options(yield_per=_CHUNK)
)
_SEAL = text("UPDATE access_log SET hash = :sealed WHERE id = :key")
