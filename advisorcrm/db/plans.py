"""A word to the planner of SQLite, which knows no statistics of the branch's data.

It takes ``advisor_id = ?`` for the narrowest condition there is; an advisor has thousands of
clients, and a week has a handful of birthdays.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class looked_at_last(FunctionElement[Any]):  # noqa: N801 - reads as a function in a query
    """A column whose condition leads through no index: rows are found by the others."""

    inherit_cache = True
    name = "looked_at_last"

    def __init__(self, column: Any) -> None:
        super().__init__(column)
        self.type = column.type


@compiles(looked_at_last)
def _as_it_is(element: looked_at_last, compiler: Any, **options: Any) -> str:
    return str(compiler.process(element.clauses, **options))


@compiles(looked_at_last, "sqlite")
def _without_index(element: looked_at_last, compiler: Any, **options: Any) -> str:
    return f"+{compiler.process(element.clauses, **options)}"
