"""Change history by triggers: who, when, why, old and new, for every table of record.

Triggers see bulk and raw statements too. They are generated from the columns the database has
at that moment, so that a migration can drop and recreate them around a rebuild (a batch rebuild
would lose them without a word). Nothing of record can be deleted, and a frozen or appended row
cannot change.
"""

# Names of tables and columns come from the schema itself, never from people.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from types import TracebackType

from sqlalchemy import Connection, Table, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from advisorcrm.models import Base

UNRECORDED = frozenset({"version", "updated_at", "last_contact_at"})
"""Counters and derived columns: what they say stands elsewhere."""

MAY_MOVE = frozenset({"client_id"})
"""The one column of a frozen row that may change: when two files of one client are merged."""


class because:  # noqa: N801 - read as a word: ``with because(session, why):``
    """Say why the changes inside are made; the history keeps it with each of them.

    What was changed before keeps its own reason, and afterwards the earlier one holds again. A
    call without ``with`` holds for the rest of the transaction.
    """

    def __init__(self, session: Session, why: str) -> None:
        session.flush()  # what was changed before was not changed for this reason
        self._session = session
        self._before: str = session.info.get(_WHY, "")
        _say_why(session, why)

    def __enter__(self) -> None:
        """The reason is told already."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write what was changed for this reason, then take it back."""
        if isinstance(error, DBAPIError):
            return  # the transaction is over: nothing more can be said in it
        if error is None:
            self._session.flush()
        _say_why(self._session, self._before)


_WHY = "acting_reason"


def _say_why(session: Session, why: str) -> None:
    session.info[_WHY] = why
    if session.get_bind().dialect.name == "postgresql":
        session.execute(
            text("SELECT set_config('advisorcrm.acting_reason', :why, true)"), {"why": why}
        )
    else:
        session.connection().info["acting"][1] = why


def recreate_triggers(connection: Connection) -> None:
    """Drop all triggers and make them anew for the tables and columns there are now."""
    drop_triggers(connection)
    if connection.dialect.name == "postgresql":
        connection.execute(text(_pg_record(with_sets=_has_sets(connection))))
        connection.execute(text(_PG_REFUSE))
    for statement in expected_triggers(connection).values():
        connection.exec_driver_sql(statement)


def _has_sets(connection: Connection) -> bool:
    """Whether the history keeps changes of one action together: not before migration 0003."""
    columns = inspect(connection).get_columns("change_history")
    return any(column["name"] == "change_set" for column in columns)


def drop_triggers(connection: Connection) -> None:
    """Drop every trigger of ours."""
    for name, table in _present(connection).items():
        on = f' ON "{table}"' if connection.dialect.name == "postgresql" else ""
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"{on}')


def missing_triggers(connection: Connection) -> set[str]:
    """Names of triggers that ought to be there and do not do their work; empty is healthy.

    One that was switched off, or that does something else under its name, is missing as well.
    """
    expected = expected_triggers(connection)
    if connection.dialect.name == "postgresql":
        at_work = connection.scalars(
            text("SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D' AND NOT tgisinternal")
        )
        return set(expected) - set(at_work)
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    there = {name: sql for name, sql in rows}
    return {name for name, sql in expected.items() if there.get(name) != sql}


def expected_triggers(connection: Connection) -> dict[str, str]:
    """Trigger name to the statement that makes it, for the tables that exist."""
    inspector = inspect(connection)
    present = set(inspector.get_table_names())
    is_server = connection.dialect.name == "postgresql"
    make = _postgresql if is_server else partial(_sqlite, with_sets=_has_sets(connection))
    triggers: dict[str, str] = {}
    for table in Base.metadata.sorted_tables:
        if table.name in present and (table.info.get("recorded") or table.info.get("append_only")):
            columns = [column["name"] for column in inspector.get_columns(table.name)]
            triggers.update(make(table, columns))
    return triggers


def _present(connection: Connection) -> dict[str, str]:
    if connection.dialect.name == "postgresql":
        rows = connection.execute(
            text(
                "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
                "WHERE NOT tgisinternal AND (tgname LIKE 'record\\_%' OR tgname LIKE 'keep\\_%')"
            )
        )
    else:
        rows = connection.execute(
            text("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        )
    return {name: table for name, table in rows if name.startswith(("record_", "keep_"))}


def _guarded(table: Table) -> Iterable[tuple[str, str]]:
    """Which operations on a table are refused: (operation, kind of refusal)."""
    if table.info.get("append_only"):
        yield "UPDATE", "all"
    elif table.info.get("frozen"):
        yield "UPDATE", "content"
    yield "DELETE", "all"


_SET = ", acting_set()"
_SQLITE_NOW = "strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'"


# --- SQLite ---------------------------------------------------------------------------------


def _sqlite(table: Table, columns: list[str], *, with_sets: bool) -> dict[str, str]:
    name = table.name
    triggers = {}
    for operation, what in _guarded(table):
        kept = [column for column in columns if column not in MAY_MOVE]
        when = "" if what == "all" else f" WHEN {_differs(kept)}"
        triggers[f"keep_{name}_{operation.lower()}"] = (
            f'CREATE TRIGGER "keep_{name}_{operation.lower()}" '
            f'BEFORE {operation} ON "{name}"{when}\n'
            f"BEGIN SELECT raise(ABORT, 'a row of {name} is kept as it is'); END"
        )
    if table.info.get("recorded"):
        recorded = [column for column in columns if column not in UNRECORDED and column != "id"]
        for operation, make in (("insert", _sqlite_insert), ("update", _sqlite_update)):
            made = make(name, recorded)
            if not with_sets:
                made = made.replace(", change_set", "").replace(_SET, "")
            triggers[f"record_{name}_{operation}"] = made
    return triggers


def _differs(columns: list[str]) -> str:
    return " OR ".join(f'old."{column}" IS NOT new."{column}"' for column in columns)


def _sqlite_insert(name: str, columns: list[str]) -> str:
    pairs = ", ".join(f"'{column}', new.\"{column}\"" for column in columns)
    # json_patch drops what is null: a new file is mostly empty cells.
    return f"""CREATE TRIGGER "record_{name}_insert" AFTER INSERT ON "{name}"
BEGIN INSERT INTO change_history
(at, actor, table_name, row_id, operation, old, new, why, change_set)
VALUES ({_SQLITE_NOW}, acting_user(), '{name}', new.id, 'insert', NULL,
json_patch('{{}}', json_object({pairs})), acting_reason(){_SET}); END"""


def _sqlite_update(name: str, columns: list[str]) -> str:
    first, *others = columns
    cells = f'SELECT \'{first}\' AS field, old."{first}" AS was, new."{first}" AS now'
    cells += "".join(
        f' UNION ALL SELECT \'{column}\', old."{column}", new."{column}"' for column in others
    )
    return f"""CREATE TRIGGER "record_{name}_update" AFTER UPDATE ON "{name}"
WHEN {_differs(columns)}
BEGIN INSERT INTO change_history
(at, actor, table_name, row_id, operation, old, new, why, change_set)
SELECT {_SQLITE_NOW}, acting_user(), '{name}', new.id, 'update',
json_group_object(field, was), json_group_object(field, now), acting_reason(){_SET}
FROM ({cells}) WHERE was IS NOT now; END"""


# --- PostgreSQL -----------------------------------------------------------------------------


def _postgresql(table: Table, columns: list[str]) -> dict[str, str]:
    name = table.name
    triggers = {}
    for operation, what in _guarded(table):
        kept = [column for column in columns if column not in MAY_MOVE]
        rows = ", ".join(f'OLD."{column}"' for column in kept)
        when = (
            ""
            if what == "all"
            else f" WHEN (({rows}) IS DISTINCT FROM ({rows.replace('OLD', 'NEW')}))"
        )
        triggers[f"keep_{name}_{operation.lower()}"] = (
            f'CREATE TRIGGER "keep_{name}_{operation.lower()}" BEFORE {operation} ON "{name}" '
            f"FOR EACH ROW{when} EXECUTE FUNCTION refuse_change()"
        )
    triggers[f"keep_{name}_truncate"] = (
        f'CREATE TRIGGER "keep_{name}_truncate" BEFORE TRUNCATE ON "{name}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    if table.info.get("recorded"):
        triggers[f"record_{name}"] = (
            f'CREATE TRIGGER "record_{name}" AFTER INSERT OR UPDATE ON "{name}" '
            "FOR EACH ROW EXECUTE FUNCTION record_change()"
        )
    return triggers


_UNRECORDED_ARRAY = ", ".join(f"'{name}'" for name in sorted(UNRECORDED | {"id"}))

_PG_SET = ", nullif(current_setting('advisorcrm.acting_set', true), '')::bigint"


def _pg_record(*, with_sets: bool) -> str:
    return f"""CREATE OR REPLACE FUNCTION record_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  after jsonb := to_jsonb(NEW) - ARRAY[{_UNRECORDED_ARRAY}];
  before jsonb;
  old_part jsonb;
  new_part jsonb;
BEGIN
  IF TG_OP = 'INSERT' THEN
    new_part := jsonb_strip_nulls(after);
  ELSE
    before := to_jsonb(OLD) - ARRAY[{_UNRECORDED_ARRAY}];
    SELECT jsonb_object_agg(key, before -> key), jsonb_object_agg(key, value)
      INTO old_part, new_part FROM jsonb_each(after) WHERE value IS DISTINCT FROM before -> key;
    IF new_part IS NULL THEN RETURN NULL; END IF;
  END IF;
  INSERT INTO change_history
    (at, actor, table_name, row_id, operation, old, new, why{", change_set" if with_sets else ""})
  VALUES (clock_timestamp(), coalesce(current_setting('advisorcrm.acting_user', true), ''),
          TG_TABLE_NAME, NEW.id, lower(TG_OP), old_part::text, new_part::text,
          coalesce(current_setting('advisorcrm.acting_reason', true), '')
          {_PG_SET if with_sets else ""});
  RETURN NULL;
END $$"""


_PG_REFUSE = """CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a row of % is kept as it is', TG_TABLE_NAME; END $$"""
