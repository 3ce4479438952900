"""What an import did to each client, kept so that the whole batch can be taken back (R246)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from advisorcrm.db.engines import insert_rows
from advisorcrm.imports.import_plan import PlannedRow
from advisorcrm.imports.stored_values import POINTS, write_values
from advisorcrm.models import Client, ImportRow
from advisorcrm.services.clients.own_columns import read_values
from advisorcrm.services.files.own_values import is_own
from advisorcrm.terms import ImportResult

_CHUNK = 10_000
_COLUMNS = frozenset(column.name for column in Client.__table__.columns)
"""What a record says besides these is about the numbers and addresses."""

Values = Mapping[int, Mapping[str, Any]]
"""Client to field to value."""


def keep_new(
    session: Session, batch_id: int, rows: Sequence[PlannedRow], ids: Sequence[int]
) -> None:
    """Note which clients the batch has entered, each with how many numbers and addresses."""
    _insert(
        session,
        (
            _noted(batch_id, client_id, row, old=str(len(row.record.get(POINTS, ()))))
            for row, client_id in zip(rows, ids, strict=True)
        ),
    )


def keep_updated(
    session: Session, batch_id: int, rows: Sequence[PlannedRow], before: Values
) -> None:
    """Note which fields the batch has changed, from what to what."""
    _insert(session, (_updated(batch_id, row, before) for row in rows))


def values_before(session: Session, rows: Sequence[PlannedRow]) -> Values:
    """What the fields to be changed hold now; read before the import writes."""
    names = sorted({name for row in rows for name in row.record} & _COLUMNS)
    columns = [getattr(Client, name) for name in names]
    found: dict[int, Mapping[str, Any]] = {}
    for start in range(0, len(rows), _CHUNK):
        ids = [row.client_id for row in rows[start : start + _CHUNK]]
        statement = select(Client.id, *columns).where(Client.id.in_(ids))
        for values in session.execute(statement).mappings():
            found[values["id"]] = {str(name): value for name, value in values.items()}
        _add_own(session, found, rows[start : start + _CHUNK])
    return found


def _add_own(
    session: Session, found: dict[int, Mapping[str, Any]], rows: Sequence[PlannedRow]
) -> None:
    """What own fields hold of clients whose rows bring some."""
    bringing = {row.client_id or 0: row for row in rows if any(map(is_own, row.record))}
    held = read_values(session, list(bringing)) if bringing else {}
    for key, row in bringing.items():
        own = {name: held.get(key, {}).get(name, "") for name in row.record if is_own(name)}
        found[key] = {**found[key], **own}


def _updated(batch_id: int, row: PlannedRow, before: Values) -> dict[str, Any]:
    client_id = row.client_id or 0
    old = before[client_id]
    changes = {name: [old[name], value] for name, value in row.record.items() if name in old}
    if POINTS in row.record:
        changes[POINTS] = row.record[POINTS]
    return _noted(batch_id, client_id, row, old=write_values(changes))


def _noted(batch_id: int, client_id: int, row: PlannedRow, *, old: str) -> dict[str, Any]:
    return {
        "batch_id": batch_id,
        "client_id": client_id,
        "row": row.row,
        "result": row.result,
        "fields": None if row.result is ImportResult.NEW else tuple(row.record),
        "old": old,
    }


def _insert(session: Session, rows: Iterable[Mapping[str, Any]]) -> None:
    noted = list(rows)
    for start in range(0, len(noted), _CHUNK):
        insert_rows(session.connection(), ImportRow.__table__, noted[start : start + _CHUNK])
