"""A statement that is asked again and again: built and compiled once, then only sent.

To build, to look up and to bind a long statement takes many times what the database needs to
answer it. Its values are written into it by SQLAlchemy's own literals: ids, codes and dates of
the program. What differs from one asking to the next stands in a ``slot``; what somebody has typed
is ``told``, and never becomes part of the text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, Dialect, Integer, Select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from advisorcrm.db.direct import rows_of_file

_MARK = re.compile("\0([a-z_]+)\0")
_NOBODY = "(SELECT 0 WHERE 0 = 1)"


class slot(ColumnElement[Any]):  # noqa: N801 - written like ``bindparam`` in a query
    """The place of a value that is given when the statement is asked."""

    inherit_cache = False

    def __init__(self, name: str, kind: TypeEngine[Any]) -> None:
        self.name = name
        self.type = kind

    def __str__(self) -> str:
        return f"\0{self.name}\0"


@compiles(slot)
def _slot(element: slot, compiler: Any, **_options: Any) -> str:
    compiler.statement_slots = {**getattr(compiler, "statement_slots", {}), element.name: element}
    return str(element)


class told(BindParameter[Any]):  # noqa: N801 - written like ``bindparam`` in a query
    """A value that the driver is given beside the statement, prepared or not."""

    inherit_cache = True

    def __init__(self, name: str) -> None:
        super().__init__(name, required=True)


@compiles(told)
def _told(element: told, compiler: Any, **options: Any) -> str:
    return str(compiler.visit_bindparam(element, **{**options, "literal_binds": False}))


def among(column: Any, name: str) -> ColumnElement[bool]:
    """``column`` is one of the ids that are given under this name when the statement is asked."""
    found: ColumnElement[bool] = column.bool_op("IN")(slot(name, Integer()))
    return found


def not_among(column: Any, name: str) -> ColumnElement[bool]:
    """``column`` is none of the ids that are given under this name."""
    found: ColumnElement[bool] = column.bool_op("NOT IN")(slot(name, Integer()))
    return found


class Prepared:
    """One statement with its values in it, compiled for each database when first asked there."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self._statement = statement
        self._texts: dict[str, _Text] = {}

    def ask(self, session: Session, **values: Any) -> Sequence[Sequence[Any]]:
        """The rows in the order of the columns, each value as its column gives it."""
        session.flush()  # what was changed in this action is part of the answer
        connection = session.connection()
        name = connection.dialect.name
        if name not in self._texts:
            self._texts[name] = _Text(self._statement, connection.dialect)
        text = self._texts[name]
        rows = _rows(connection, text.with_values(values), text.beside(values))
        return [text.read(row) for row in rows] if text.has_readers else rows

    def ask_one(self, session: Session, **values: Any) -> Any:
        """The first value of the first row; None where there is no row."""
        rows = self.ask(session, **values)
        return rows[0][0] if rows else None


def _rows(connection: Connection, statement: str, beside: Any) -> Sequence[Sequence[Any]]:
    if connection.dialect.name == "sqlite":
        return rows_of_file(connection, statement, beside)
    return connection.exec_driver_sql(statement, beside).all()


class _Text:
    """A statement as one database reads it, cut at its slots."""

    def __init__(self, statement: Select[*tuple[Any, ...]], dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True})
        parts = _MARK.split(str(compiled))
        self._between, self._names = parts[::2], parts[1::2]
        slots: dict[str, slot] = getattr(compiled, "statement_slots", {})
        self._writers = {name: _writer(found.type, dialect) for name, found in slots.items()}
        self._told = (compiled.positiontup or ()) if dialect.positional else tuple(compiled.binds)
        self._is_positional = dialect.positional
        columns = enumerate(statement.selected_columns)
        readers = ((at, _reader(column.type, dialect)) for at, column in columns)
        self._readers = [(at, reader) for at, reader in readers if reader is not None]
        self.has_readers = bool(self._readers)

    def with_values(self, values: dict[str, Any]) -> str:
        """The text with a literal in each slot."""
        pieces = [self._between[0]]
        for name, between in zip(self._names, self._between[1:], strict=True):
            pieces += (_literal(values[name], self._writers[name]), between)
        return "".join(pieces)

    def beside(self, values: dict[str, Any]) -> Any:
        """What is told, as the driver wants it."""
        if self._is_positional:
            return tuple(values[name] for name in self._told)
        return {name: values[name] for name in self._told}

    def read(self, found: Sequence[Any]) -> Sequence[Any]:
        """A row as its columns give it: SQLite keeps a day as a text."""
        row = list(found)
        for at, reader in self._readers:
            row[at] = reader(row[at])
        return row


def _literal(value: Any, writer: Any) -> str:
    if isinstance(value, Collection) and not isinstance(value, str):
        return f"({', '.join(map(writer, value))})" if value else _NOBODY
    return str(writer(value))


def _writer(kind: TypeEngine[Any], dialect: Dialect) -> Any:
    return kind.dialect_impl(dialect).literal_processor(dialect) or str


def _reader(kind: TypeEngine[Any], dialect: Dialect) -> Any:
    return kind.dialect_impl(dialect).result_processor(dialect, None)
