"""One client's rows of the change history, read by index and joined to versions of the file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Integer, Table, bindparam, func, select, union_all
from sqlalchemy.orm import Session

from advisorcrm.models import Base, ChangeHistory, Client, ImportRow, User
from advisorcrm.services.histories.history_items import ITEMS, Item
from advisorcrm.services.histories.history_words import Words, field_label, stored_value

HIDDEN = frozenset(
    {"uuid", "created_at", "pinyin", "initials", "kind", "stage", "birthday_kept", "lunar_is_leap",
     "id_is_permanent", "is_lowest_risk", "is_household_head", "is_restricted"}
)  # fmt: skip
"""What a new file holds by itself is not told when it is made."""
_NEVER = frozenset({"uuid", "created_at", "pinyin", "initials"})
WARNED = frozenset({"is_restricted", "service_need"})
"""Fields that say what must not be done: told in amber, as consents are."""
_PLACES = {column.name: place for place, column in enumerate(Client.__table__.c)}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that one action changed; ``was`` and ``now`` are as stored, never shown."""

    id: int
    version: int
    at: datetime
    who: str
    why: str
    batch: int | None
    key: str
    label: str
    old: str
    new: str
    was: Any
    now: Any
    is_field: bool
    is_warning: bool

    @property
    def is_new_file(self) -> bool:
        """Whether the file began with it."""
        return self.version == 1


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row of the history with the number of its version."""

    id: int
    at: datetime
    who: str
    table: str
    row_id: int
    old: Mapping[str, Any]
    new: Mapping[str, Any]
    why: str
    version: int
    batch: int | None


def changes_of(session: Session, client: Client, words: Words) -> list[Change]:
    """All changes of a file, oldest first."""
    states: dict[tuple[str, int], dict[str, Any]] = {}
    newest: dict[str, tuple[str, Any]] = {}
    found: list[Change] = []
    for entry in _entries(session, client.id):
        if entry.table == "client":
            found += _fields(entry, words)
            continue
        item = ITEMS[entry.table]
        before = states.get((entry.table, entry.row_id), {})
        after = states[entry.table, entry.row_id] = {**before, **entry.new}
        change = _item(entry, item, words, before, after, newest)
        if change.old != change.new or change.was != change.now:
            found.append(change)
    return found


def _fields(entry: _Entry, words: Words) -> Iterator[Change]:
    is_new = not entry.old
    for name in sorted(entry.new, key=_PLACES.__getitem__):  # the databases keep no order
        now = entry.new[name]
        was = entry.old.get(name)
        if name in (HIDDEN if is_new else _NEVER) or was == now:
            continue
        yield Change(
            entry.id, entry.version, entry.at, entry.who, words.free(entry.why), entry.batch,
            name, field_label(name), words.field(name, was), words.field(name, now), was, now,
            is_field=True, is_warning=name in WARNED,
        )  # fmt: skip


def _item(
    entry: _Entry,
    item: Item,
    words: Words,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    newest: dict[str, tuple[str, Any]],
) -> Change:
    key = item.series(after) if item.series else f"{entry.table}.{entry.row_id}"
    old, was = _said(item, words, before)
    if item.series:
        old, was = newest.get(key, ("", None))
    new, now = _said(item, words, after)
    newest[key] = (new, now)
    return Change(
        entry.id, entry.version, entry.at, entry.who, words.free(entry.why), entry.batch,
        key, item.label(words, after), old, new, was, now,
        is_field=False, is_warning=item.is_consent,
    )  # fmt: skip


def _said(item: Item, words: Words, row: Mapping[str, Any]) -> tuple[str, Any]:
    """What a row says, and what it holds; one that is put away says nothing."""
    if not row or row.get("archived_at"):
        return "", None
    return item.text(words, row), dict(row)


def _entries(session: Session, client_id: int) -> Iterator[_Entry]:
    """The rows with their versions: what one action changed is one version."""
    batches = _batches(session, client_id)
    numbers: dict[Any, int] = {}
    for row in session.execute(_rows_of(), {"client": client_id}):
        # Older than change sets: what one person changed within a second.
        group = row.change_set or (row.actor, row.at.replace(microsecond=0), row.why)
        version = numbers.setdefault(group, len(numbers) + 1)
        yield _Entry(
            row.id, row.at, row.name, row.table_name, row.row_id,
            _decoded(row.table_name, row.old), _decoded(row.table_name, row.new), row.why,
            version, batches.get(row.change_set),
        )  # fmt: skip


def _decoded(table: str, written: str | None) -> dict[str, Any]:
    columns = Base.metadata.tables[table].c
    cells = json.loads(written or "{}")
    return {name: stored_value(table, name, raw) for name, raw in cells.items() if name in columns}


@cache
def _rows_of() -> Any:
    """Made once: putting twelve tables together takes as long as reading them."""
    client_id = bindparam("client", type_=Integer)
    ids = select(ChangeHistory.id).where(
        ChangeHistory.table_name == "client", ChangeHistory.row_id == client_id
    )
    hanging = [_ids_of(Base.metadata.tables[name], client_id) for name in ITEMS]
    return (
        select(
            ChangeHistory.id,
            ChangeHistory.at,
            ChangeHistory.actor,
            func.coalesce(User.name, ChangeHistory.actor).label("name"),
            ChangeHistory.table_name,
            ChangeHistory.row_id,
            ChangeHistory.old,
            ChangeHistory.new,
            ChangeHistory.why,
            ChangeHistory.change_set,
        )
        .outerjoin(User, User.employee_no == ChangeHistory.actor)
        .where(ChangeHistory.id.in_(union_all(ids, *hanging)))
        .order_by(ChangeHistory.id)
    )


def _ids_of(table: Table, client_id: BindParameter[int]) -> Any:
    return (
        select(ChangeHistory.id)
        .join(table, table.c.id == ChangeHistory.row_id)
        .where(ChangeHistory.table_name == table.name, table.c.client_id == client_id)
    )


def _batches(session: Session, client_id: int) -> dict[int, int]:
    """Which actions on this client were imports, by the batch they wrote at the same time."""
    batches = select(ImportRow.batch_id).where(ImportRow.client_id == client_id)
    rows: Iterable[Any] = session.execute(
        select(ChangeHistory.change_set, ChangeHistory.row_id).where(
            ChangeHistory.table_name == "import_batch",
            ChangeHistory.row_id.in_(batches),
            ChangeHistory.operation == "insert",
            ChangeHistory.change_set.is_not(None),
        )
    )
    return {row.change_set: row.row_id for row in rows}
