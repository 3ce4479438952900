"""Every table about a client goes with a merge and comes back with its undoing, also a new one."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Index, String, Table, TypeDecorator, UniqueConstraint, func, select
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.db.database import Database
from advisorcrm.models import Base, Client
from advisorcrm.services.access_logs import list_client_accesses, record_access
from advisorcrm.services.clients.client_search import client_id_of_account, find_clients
from advisorcrm.services.merges.client_merges import MergeOrder, merge_clients, undo_merge
from advisorcrm.services.merges.merge_records import STAY
from advisorcrm.terms import AccessKind
from tests.conftest import NOW
from tests.factories import People, make_client, make_some_row

PLACES = {
    (table.name, column.name)
    for table in Base.metadata.sorted_tables
    for column in table.columns
    if any(key.column.table.name == "client" for key in column.foreign_keys)
}
ABOUT_PAIRS = {
    (name, column)
    for name, columns in {
        "client": ["merged_into_id"],
        "client_merge": ["kept_id", "merged_id"],
        "duplicate_decision": ["first_id", "second_id"],
    }.items()
    for column in columns
}
HANGING = sorted({place for place in PLACES - ABOUT_PAIRS if place[0] not in STAY})
MAY_BE_OF_BOTH_FILES = {"event_guest", "own_value"}
"""One a file by the table's own rule: what both have stays with the merged one."""
FURTHER: dict[str, dict[str, Any]] = {"seat_use": {"left_on": NOW.date()}}
"""Two people had the one seat one after the other."""
CHANGES_ANYWAY = {"version", "updated_at"}
DERIVED_OR_OF_ONE_DAY = {"client_search", "day_skip"}


def everything(database: Database) -> dict[str, list[dict[str, Any]]]:
    def read(session: Session, _actor: Actor) -> dict[str, list[dict[str, Any]]]:
        found = {}
        for name in sorted({name for name, _column in PLACES} - {"client_merge", "client_search"}):
            table = Base.metadata.tables[name]
            columns = [column for column in table.c if column.name not in CHANGES_ANYWAY]
            rows = session.execute(select(*columns).order_by(table.c.id)).mappings()
            found[name] = [dict(row) for row in rows]
        return found

    return database.read(read)


def pointing_at(found: dict[str, list[dict[str, Any]]], client: int) -> set[tuple[str, str]]:
    return {
        (table, column)
        for table, column in HANGING
        for row in found[table]
        if row[column] == client
    }


def fill(session: Session, files: tuple[int, int], third: int) -> None:
    """A row of either file in every table, and whatever those rows point at."""
    names = {name for name, _column in HANGING}
    needed = parents_of(names)
    for table in Base.metadata.sorted_tables:
        is_empty = session.scalar(select(func.count()).select_from(table)) == 0
        if table.name in needed - names and is_empty:
            make_some_row(session, table)
        for column in sorted(column for name, column in HANGING if name == table.name):
            for client in files:
                place = {"client_id": third, column: client}
                make_some_row(
                    session, table, **keys_of_its_own(table), **place, **FURTHER.get(table.name, {})
                )


def keys_of_its_own(table: Table) -> dict[str, str]:
    """Texts of which no two rows may have the same: uuids, accounts."""
    unique = [
        column
        for rule in (*table.constraints, *table.indexes)
        if isinstance(rule, UniqueConstraint) or (isinstance(rule, Index) and rule.unique)
        for column in rule.columns
        if isinstance(column.type, String) and not isinstance(column.type, TypeDecorator)
    ]
    return {column.name: str(uuid.uuid4())[: column.type.length] for column in unique}


def parents_of(names: set[str]) -> set[str]:
    found = {
        key.column.table.name
        for name in names
        for column in Base.metadata.tables[name].c
        for key in column.foreign_keys
        if not column.nullable
    }
    return names if found <= names else parents_of(names | found)


def test_every_table_about_a_client_is_known_to_the_merge() -> None:
    columns = {column for _table, column in HANGING}
    assert columns == {"client_id", "other_client_id"}, "a client by another name: merge_records"
    fixed = {name for name in STAY if Base.metadata.tables[name].info.get("append_only")}
    assert STAY - fixed == DERIVED_OR_OF_ONE_DAY


@pytest.mark.req("R146")
def test_whatever_hangs_on_a_file_moves_and_comes_back(database: Database, people: People) -> None:
    kept, merged, third = (
        database.write(lambda session, _actor: make_client(session, people.advisor, account=None))
        for _number in range(3)
    )
    database.write(lambda session, _actor: fill(session, (kept, merged), third))
    before = everything(database)
    assert pointing_at(before, merged) == set(HANGING)
    manager = database.acting_as(people.manager)
    merge = manager.write(
        partial(merge_clients, order=MergeOrder(kept, merged, reason="同一人"), now=NOW)
    )
    after = everything(database)
    left = {name for name, _column in pointing_at(after, merged)}
    assert left <= MAY_BE_OF_BOTH_FILES
    assert {name: len(rows) for name, rows in after.items()} == {
        name: len(rows) for name, rows in before.items()
    }
    manager.write(partial(undo_merge, merge_id=merge, now=NOW))
    assert everything(database) == before


def test_a_file_that_went_on_into_a_third_is_still_found_and_its_log_is_seen(
    database: Database, people: People
) -> None:
    def make(session: Session, _actor: Actor) -> list[tuple[int, str]]:
        made = [
            make_client(session, people.advisor, name=name) for name in ("样甲", "样乙", "样丙")
        ]
        return [(key, session.get_one(Client, key).client_no) for key in made]

    (first, number), (second, _other), (third, _last) = database.write(make)
    manager = database.acting_as(people.manager)
    seen = partial(record_access, kind=AccessKind.VIEW, client_id=first, subject="", purpose="")
    manager.write(partial(seen, now=NOW))
    for kept, merged in ((second, first), (third, second)):
        order = MergeOrder(kept, merged, reason="同一人")
        last = manager.write(partial(merge_clients, order=order, now=NOW))
    assert manager.read(partial(client_id_of_account, account=number)) == third
    found = manager.read(partial(find_clients, text=number))
    assert [client.id for client in found.clients] == [third]
    assert len(manager.read(partial(list_client_accesses, client_id=third))) == 1
    manager.write(partial(undo_merge, merge_id=last, now=NOW))
    assert manager.read(partial(client_id_of_account, account=number)) == second
