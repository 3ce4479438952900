"""Whom an import has entered and people have since worked with."""

from __future__ import annotations

from sqlalchemy import Select, String, Table, case, cast, func, select
from sqlalchemy.orm import Session

from advisorcrm.models import Base, ContactPoint, ImportRow
from advisorcrm.terms import ImportResult

_SAY_NOTHING = frozenset(
    {"access_log", "client_search", "contact_point", "import_row", "import_doubt", "own_value"}
)
"""Rows of these about a new client are the program's own, or are looked at apart; who
fills an own field saves the file with it."""


def touched_new_clients(session: Session, batch_id: int) -> frozenset[int]:
    """New clients of a batch about whom there is anything beyond what the file brought."""
    touched: set[int] = set()
    for table in _tables_about_clients():
        joined = _of_batch(batch_id).join(table, table.c.client_id == ImportRow.client_id)
        touched.update(session.scalars(joined.distinct()))
    touched.update(session.scalars(_points_differ(batch_id)))
    return frozenset(touched)


def _of_batch(batch_id: int) -> Select[int]:
    return select(ImportRow.client_id).where(
        ImportRow.batch_id == batch_id, ImportRow.result == ImportResult.NEW
    )


def _tables_about_clients() -> list[Table]:
    return [
        table
        for table in Base.metadata.sorted_tables
        if "client_id" in table.columns and table.name not in _SAY_NOTHING
    ]


def _points_differ(batch_id: int) -> Select[int]:
    """Who has more numbers than the file brought, or one that was judged or changed."""
    edited = func.sum(case((ContactPoint.version > 1, 1), else_=0))
    return (
        _of_batch(batch_id)
        .join(ContactPoint, ContactPoint.client_id == ImportRow.client_id)
        .group_by(ImportRow.client_id, ImportRow.old)
        .having((edited > 0) | (cast(func.count(), String) != ImportRow.old))
    )
