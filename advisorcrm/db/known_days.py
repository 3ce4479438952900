"""Days that the program knows, as a table inside a query, on both databases.

They go as one value. A SELECT for each would be another statement with every other number of
days, compiled and kept anew.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Date, Integer, String, Subquery, cast, literal, select, type_coerce
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from advisorcrm.db.branch_clock import this_day


def known_days(name: str, rows: Sequence[tuple[date, date]]) -> Subquery:
    """A table of pairs of days: ``on``, ``period_on``, and ``number``, the second's ordinal."""
    told = [(f"{on}", f"{period}", period.toordinal()) for on, period in rows]
    each = _each_item(literal(json.dumps(told), String)).table_valued("value", name=f"{name}_item")
    return select(
        type_coerce(this_day(_item(each.c.value, 0)), Date).label("on"),
        type_coerce(this_day(_item(each.c.value, 1)), Date).label("period_on"),
        cast(_item(each.c.value, 2), Integer).label("number"),
    ).subquery(name)


class _each_item(FunctionElement[Any]):  # noqa: N801 - reads as a function in a query
    """The items of a list, one a row."""

    inherit_cache = True
    name = "each_item"


class _item_of(FunctionElement[str]):  # noqa: N801 - reads as a function in a query
    """One part of an item."""

    type = String()
    inherit_cache = True
    name = "item_of"


def _item(item: Any, place: int) -> _item_of:
    return _item_of(item, literal(place, Integer, literal_execute=True))


@compiles(_each_item)
def _each_here(element: _each_item, compiler: Any, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(_each_item, "postgresql")
def _each_on_server(element: _each_item, compiler: Any, **options: Any) -> str:
    return f"jsonb_array_elements(CAST({compiler.process(element.clauses, **options)} AS JSONB))"


@compiles(_item_of)
def _item_here(element: _item_of, compiler: Any, **options: Any) -> str:
    item, place = (compiler.process(clause, **options) for clause in element.clauses)
    return f"json_extract({item}, '$[' || {place} || ']')"


@compiles(_item_of, "postgresql")
def _item_on_server(element: _item_of, compiler: Any, **options: Any) -> str:
    item, place = (compiler.process(clause, **options) for clause in element.clauses)
    return f"({item} ->> CAST({place} AS INTEGER))"
