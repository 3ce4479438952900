"""A statement that is asked again and again: built and compiled once, then only sent.

To build, to look up and to bind a long UNION takes many times what the database needs to answer
it. Its values are written into it by SQLAlchemy's own literals: ids, codes and dates of the
program, nothing that somebody has typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Date
from sqlalchemy.orm import Session

from advisorcrm.db.database import AnySelect


class Prepared:
    """One statement with its values in it."""

    def __init__(self, statement: AnySelect) -> None:
        self._statement = statement
        self._texts: dict[str, str] = {}
        columns = statement.selected_columns
        self._dates = [at for at, column in enumerate(columns) if isinstance(column.type, Date)]

    def ask(self, session: Session) -> list[Sequence[Any]]:
        """The rows in the order of the columns; days are days on both databases."""
        connection = session.connection()
        dialect = connection.dialect
        if dialect.name not in self._texts:
            compiled = self._statement.compile(
                dialect=dialect, compile_kwargs={"literal_binds": True}
            )
            self._texts[dialect.name] = str(compiled)
        found = connection.exec_driver_sql(self._texts[dialect.name]).all()
        return [self._row(row) for row in found]

    def _row(self, found: Sequence[Any]) -> Sequence[Any]:
        row = list(found)
        for at in self._dates:
            if isinstance(row[at], str):  # SQLite keeps a day as a text
                row[at] = date.fromisoformat(row[at])
        return row
