"""The same days of every year of birth, as conditions that an index on the date answers."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CTE, Date, Integer, func, literal_column, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class day_in_year(FunctionElement[date]):  # noqa: N801 - reads as a function in a query
    """A day from year, month and day; one past the end of the month is the first of the next."""

    type = Date()
    inherit_cache = True
    name = "day_in_year"

    def __init__(self, year: Any, month: int, day: int) -> None:
        super().__init__(year, f"-{month:02d}-{day:02d}", month, day)


@compiles(day_in_year, "sqlite")
def _sqlite(element: Any, compiler: Any, **options: Any) -> str:
    """Dates are text there: the 32nd sorts after the 31st, which is all that is asked of it."""
    year, written, _month, _day = element.clauses
    told = (compiler.process(part, **options) for part in (year, written))
    return f"({' || '.join(told)})"


@compiles(day_in_year, "postgresql")
def _postgresql(element: Any, compiler: Any, **options: Any) -> str:
    year, _written, month, day = element.clauses
    year, month, day = (compiler.process(part, **options) for part in (year, month, day))
    return f"(make_date({year}, {month}, 1) + ({day} - 1))"


class _year_of(FunctionElement[int]):  # noqa: N801 - as above
    type = Integer()
    inherit_cache = True
    name = "year_of"


@compiles(_year_of, "sqlite")
def _year_of_text(element: Any, compiler: Any, **options: Any) -> str:
    return f"CAST(substr({compiler.process(element.clauses, **options)}, 1, 4) AS INTEGER)"


@compiles(_year_of, "postgresql")
def _year_of_date(element: Any, compiler: Any, **options: Any) -> str:
    return f"CAST(extract(year FROM {compiler.process(element.clauses, **options)}) AS INTEGER)"


def years_of_birth(born: Any) -> CTE:
    """The years from the first to the last date in the column ``born`` as a table of ``year``."""
    first, last = (
        _year_of(select(bound(born)).scalar_subquery()) for bound in (func.min, func.max)
    )
    years = select(first.label("year")).cte("year_of_birth", recursive=True)
    following = select((years.c.year + literal_column("1")).label("year"))
    return years.union_all(following.where(years.c.year < last))
