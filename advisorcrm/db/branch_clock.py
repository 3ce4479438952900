"""Days and hours of the branch inside a query, on both databases.

An instant lies in UTC; which day it was at the branch is asked here, so that a query over dates
and one over instants can stand in one list. China has had one zone without summer time since
1991.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Date, Float, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

_HOURS_AHEAD = 8
_ZONE = "Asia/Shanghai"


class day_of(FunctionElement[date]):  # noqa: N801 - reads as a function in a query
    """The branch's day of an instant."""

    type = Date()
    inherit_cache = True
    name = "day_of"


class clock_of(FunctionElement[str]):  # noqa: N801 - reads as a function in a query
    """The branch's clock of an instant, ``14:30``."""

    type = String()
    inherit_cache = True
    name = "clock_of"


class clock_text(FunctionElement[str]):  # noqa: N801 - reads as a function in a query
    """A time of day as ``14:30``."""

    type = String()
    inherit_cache = True
    name = "clock_text"


class month_after(FunctionElement[date]):  # noqa: N801 - reads as a function in a query
    """The same day a month later; where that month is shorter its last day."""

    type = Date()
    inherit_cache = True
    name = "month_after"


class days_after(FunctionElement[date]):  # noqa: N801 - reads as a function in a query
    """So many days after a day, before it with a negative count."""

    type = Date()
    inherit_cache = True
    name = "days_after"


class month_day(FunctionElement[str]):  # noqa: N801 - reads as a function in a query
    """Month and day of a date, ``11-30``."""

    type = String()
    inherit_cache = True
    name = "month_day"


class seconds_apart(FunctionElement[float]):  # noqa: N801 - reads as a function in a query
    """How far two instants lie from each other, whichever is the earlier."""

    type = Float()
    inherit_cache = True
    name = "seconds_apart"


class this_day(FunctionElement[date]):  # noqa: N801 - reads as a function in a query
    """A day that is known, told to the server as a day and not as a text."""

    type = Date()
    inherit_cache = True
    name = "this_day"


@compiles(this_day)
def _this_day(element: this_day, compiler: Any, **options: Any) -> str:
    return _inside(element, compiler, options)


@compiles(this_day, "postgresql")
def _this_day_server(element: this_day, compiler: Any, **options: Any) -> str:
    return f"CAST({_inside(element, compiler, options)} AS DATE)"


@compiles(seconds_apart)
def _seconds_apart(element: seconds_apart, compiler: Any, **options: Any) -> str:
    one, other = (compiler.process(clause, **options) for clause in element.clauses)
    return f"abs(strftime('%s', {one}) - strftime('%s', {other}))"


@compiles(seconds_apart, "postgresql")
def _seconds_apart_server(element: seconds_apart, compiler: Any, **options: Any) -> str:
    one, other = (compiler.process(clause, **options) for clause in element.clauses)
    return f"abs(extract(epoch FROM {one} - {other}))"


@compiles(month_day)
def _month_day(element: month_day, compiler: Any, **options: Any) -> str:
    return f"strftime('%m-%d', {_inside(element, compiler, options)})"


@compiles(month_day, "postgresql")
def _month_day_server(element: month_day, compiler: Any, **options: Any) -> str:
    return f"to_char({_inside(element, compiler, options)}, 'MM-DD')"


@compiles(day_of)
def _day_of(element: day_of, compiler: Any, **options: Any) -> str:
    return f"date({_inside(element, compiler, options)}, '+{_HOURS_AHEAD} hours')"


@compiles(day_of, "postgresql")
def _day_of_server(element: day_of, compiler: Any, **options: Any) -> str:
    return f"CAST(({_inside(element, compiler, options)} AT TIME ZONE '{_ZONE}') AS DATE)"


@compiles(clock_of)
def _clock_of(element: clock_of, compiler: Any, **options: Any) -> str:
    text = _inside(element, compiler, options)
    return f"strftime('%H:%M', {text}, '+{_HOURS_AHEAD} hours')"


@compiles(clock_of, "postgresql")
def _clock_of_server(element: clock_of, compiler: Any, **options: Any) -> str:
    text = _inside(element, compiler, options)
    return f"to_char({text} AT TIME ZONE '{_ZONE}', 'HH24:MI')"


@compiles(clock_text)
def _clock_text(element: clock_text, compiler: Any, **options: Any) -> str:
    return f"coalesce(substr({_inside(element, compiler, options)}, 1, 5), '')"


@compiles(clock_text, "postgresql")
def _clock_text_server(element: clock_text, compiler: Any, **options: Any) -> str:
    return f"coalesce(to_char({_inside(element, compiler, options)}, 'HH24:MI'), '')"


@compiles(month_after)
def _month_after(element: month_after, compiler: Any, **options: Any) -> str:
    text = _inside(element, compiler, options)
    return f"min(date({text}, '+1 month'), date({text}, 'start of month', '+2 months', '-1 day'))"


@compiles(month_after, "postgresql")
def _month_after_server(element: month_after, compiler: Any, **options: Any) -> str:
    return f"CAST({_inside(element, compiler, options)} + INTERVAL '1 month' AS DATE)"


@compiles(days_after)
def _days_after(element: days_after, compiler: Any, **options: Any) -> str:
    start, count = (compiler.process(clause, **options) for clause in element.clauses)
    return f"date({start}, {count} || ' days')"


@compiles(days_after, "postgresql")
def _days_after_server(element: days_after, compiler: Any, **options: Any) -> str:
    start, count = (compiler.process(clause, **options) for clause in element.clauses)
    return f"({start} + CAST({count} AS INTEGER))"


def _inside(element: FunctionElement[Any], compiler: Any, options: dict[str, Any]) -> str:
    text: str = compiler.process(element.clauses, **options)
    return text
