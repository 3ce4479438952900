"""The records that hang on a file, and their way to the file it is merged into and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, Table, func, select, update
from sqlalchemy.orm import Session

from advisorcrm.models import Base, Client, ContactPoint, EventGuest, OwnValue, Relation

STAY = frozenset(
    {"access_log", "client_search", "completeness_snapshot_row", "field_source",
     "handover_client", "import_row", "tier_decision", "visit_skip", "day_skip"}
)  # fmt: skip
"""Logs that cannot change and what is derived: readers of a file ask for its merged ids too."""

Moved = Mapping[str, Sequence[int]]
"""Table, or table and column (``relation.other_client_id``), to ids of its rows."""


def count_records(session: Session, client_id: int) -> dict[str, int]:
    """How many rows of each kind hang on a file, without empty kinds."""
    counts = {}
    for table in _tables():
        count = session.scalar(
            select(func.count()).select_from(table).where(table.c.client_id == client_id)
        )
        if count:
            counts[table.name] = count
    return counts


def move_records(session: Session, merged_id: int, kept_id: int, *, now: datetime) -> Moved:
    """Hang everything of one file on the other; returns what moved, to take it back.

    Files that had gone into the merged one belong to the one that stays as well.
    """
    session.flush()  # the moves go past the objects, which are read anew afterwards
    moved = _drop_twins(session, merged_id, kept_id, now)
    for table in _tables():
        rows = select(table.c.id).where(table.c.client_id == merged_id)
        if table.name == OwnValue.__tablename__:
            rows = rows.where(table.c.own_field_id.not_in(_own_fields(kept_id)))
        if table.name == EventGuest.__tablename__:
            rows = rows.where(table.c.event_id.not_in(_events(kept_id)))
        ids = list(session.scalars(rows))
        if ids:
            moved[table.name] = ids
            _set(session, table, "client_id", ids, kept_id)
    for table, column in (
        (_table(Relation), "other_client_id"),
        (_table(Client), "merged_into_id"),
    ):
        ids = list(session.scalars(select(table.c.id).where(table.c[column] == merged_id)))
        if ids:
            moved[f"{table.name}.{column}"] = ids
            _set(session, table, column, ids, kept_id)
    return moved


def move_back(session: Session, moved: Moved, merged_id: int) -> None:
    """Hang what had moved on its own file again."""
    for name, ids in moved.items():
        table_name, _dot, column = name.partition(".")
        table = Base.metadata.tables[table_name]
        if column == "archived_at":
            _set(session, table, column, ids, None)
        else:
            _set(session, table, column or "client_id", ids, merged_id)


def _drop_twins(
    session: Session, merged_id: int, kept_id: int, now: datetime
) -> dict[str, list[int]]:
    """What both files have leaves the one: numbers, invitations, a relation between the two."""
    mine = select(ContactPoint.kind, ContactPoint.value).where(
        ContactPoint.client_id == kept_id, ContactPoint.archived_at.is_(None)
    )
    known = {(kind, value) for kind, value in session.execute(mine)}
    theirs = select(ContactPoint.id, ContactPoint.kind, ContactPoint.value).where(
        ContactPoint.client_id == merged_id, ContactPoint.archived_at.is_(None)
    )
    twins = [key for key, kind, value in session.execute(theirs) if (kind, value) in known]
    pair = (merged_id, kept_id)
    between = select(Relation.id).where(
        Relation.client_id.in_(pair),
        Relation.other_client_id.in_(pair),
        Relation.archived_at.is_(None),
    )
    invited = select(EventGuest.id).where(
        EventGuest.client_id == merged_id,
        EventGuest.event_id.in_(_events(kept_id)),
        EventGuest.archived_at.is_(None),
    )
    dropped = {
        "contact_point.archived_at": twins,
        "event_guest.archived_at": list(session.scalars(invited)),
        "relation.archived_at": list(session.scalars(between)),
    }
    for name, ids in dropped.items():
        table_name, _dot, column = name.partition(".")
        _set(session, Base.metadata.tables[table_name], column, ids, now)
    return {name: ids for name, ids in dropped.items() if ids}


def _own_fields(kept_id: int) -> Select[int]:
    return select(OwnValue.own_field_id).where(OwnValue.client_id == kept_id)


def _events(kept_id: int) -> Select[int]:
    return select(EventGuest.event_id).where(EventGuest.client_id == kept_id)


def _set(session: Session, table: Table, column: str, ids: Sequence[int], value: object) -> None:
    values: dict[str, object] = {column: value}
    if "version" in table.c:
        values["version"] = table.c.version + 1
    session.connection().execute(update(table).where(table.c.id.in_(ids)).values(values))
    session.expire_all()


def _tables() -> list[Table]:
    return [
        table
        for table in Base.metadata.sorted_tables
        if "client_id" in table.columns and table.name not in STAY
    ]


def _table(model: type[Base]) -> Table:
    return Base.metadata.tables[model.__tablename__]
