"""Whole days between two instants, as a column of a query: each database counts in its own way."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class whole_days(FunctionElement[int]):  # noqa: N801 - written like a function of SQL
    """``whole_days(later, earlier)``: how many full days lie between them."""

    type = Integer()
    name = "whole_days"
    inherit_cache = True


@compiles(whole_days, "sqlite")
def _for_sqlite(element: whole_days, compiler: SQLCompiler, **options: Any) -> str:
    later, earlier = (compiler.process(part, **options) for part in element.clauses)
    return f"CAST(julianday({later}) - julianday({earlier}) AS INTEGER)"


@compiles(whole_days, "postgresql")
def _for_postgresql(element: whole_days, compiler: SQLCompiler, **options: Any) -> str:
    later, earlier = (compiler.process(part, **options) for part in element.clauses)
    return f"CAST(floor(extract(epoch FROM ({later} - {earlier})) / 86400) AS INTEGER)"
