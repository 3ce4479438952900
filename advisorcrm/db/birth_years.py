"""The same days of every year of birth, as conditions that an index on the date answers."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CTE, Date, Integer, literal, literal_column, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class day_in_year(FunctionElement[date]):  # noqa: N801 - reads as a function in a query
    """A day from year, month and day; one past the end of the month is the first of the next."""

    type = Date()
    inherit_cache = True
    name = "day_in_year"


@compiles(day_in_year, "sqlite")
def _sqlite(element: Any, compiler: Any, **options: Any) -> str:
    """Dates are text there: the 32nd sorts after the 31st, which is all that is asked of it."""
    year, month, day = (compiler.process(part, **options) for part in element.clauses)
    return f"printf('%04d-%02d-%02d', {year}, {month}, {day})"


@compiles(day_in_year, "postgresql")
def _postgresql(element: Any, compiler: Any, **options: Any) -> str:
    year, month, day = (compiler.process(part, **options) for part in element.clauses)
    return f"(make_date({year}, {month}, 1) + ({day} - 1))"


def years_of_birth(first: int, last: Any) -> CTE:
    """The years from ``first`` to ``last`` as a table with the column ``year``."""
    start = select(literal_column(str(int(first)), Integer).label("year"))
    years = start.cte("year_of_birth", recursive=True)
    following = select((years.c.year + literal_column("1")).label("year"))
    return years.union_all(following.where(years.c.year < literal(last, Integer)))
